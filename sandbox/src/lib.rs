//! Runs JavaScript that somebody else wrote, on the [Boa](boa_engine) engine,
//! under limits that say their names.
//!
//! ```
//! use sandbox::{Limits, Sandbox, Value};
//!
//! # fn main() -> Result<(), sandbox::Failure> {
//! let mut sandbox = Sandbox::new(Limits::default())?;
//! assert_eq!(sandbox.run("[1, 2, 3].map(n => n * 2)")?.to_string(), "[ 2, 4, 6 ]");
//!
//! // The context stays: what one run declares, the next one sees.
//! sandbox.run("let total = 40")?;
//! assert_eq!(sandbox.run("total += 2")?, Value::from(42));
//! # Ok(())
//! # }
//! ```
//!
//! # Data, in and out
//!
//! Nothing but plain data crosses: a [`Value`] is copied in by
//! [`Sandbox::inject`] and copied out as the completion value of a run. On the
//! way out the guest's properties are read from where they are stored. No
//! getter, no proxy and no `toJSON` is run for it; what is not plain data is a
//! [`ValueError`] with the path to it.
//!
//! ```
//! use sandbox::{Limits, Sandbox, Value};
//! use serde_json::json;
//!
//! # fn main() -> Result<(), sandbox::Failure> {
//! let mut sandbox = Sandbox::new(Limits::default())?;
//! sandbox.inject("order", &Value::from(json!({ "items": [{ "name": "tea" }] })))?;
//! assert_eq!(sandbox.run("order.items[0].name")?, "tea".into());
//!
//! let failure = sandbox.run("order.items[0].price = () => 250; order").unwrap_err();
//! assert_eq!(failure.to_string(), "value.items[0].price is a function");
//! # Ok(())
//! # }
//! ```
//!
//! # Functions of the host
//!
//! A host function gets plain data and returns plain data. It can throw in the
//! guest, or stop the run in a way that the guest can't catch.
//!
//! ```
//! use sandbox::{Failure, HostError, Limits, Sandbox, Value};
//!
//! # fn main() -> Result<(), sandbox::Failure> {
//! let mut sandbox = Sandbox::new(Limits::default())?;
//! sandbox.function("price", |arguments| match arguments {
//!     [Value::String(name)] if name == "tea" => Ok(Value::from(250)),
//!     [_] => Err(HostError::Throw {
//!         name: "StockError".into(),
//!         message: "not on the list".into(),
//!         data: None,
//!     }),
//!     _ => Err(HostError::Stop("price takes one name".into())),
//! })?;
//! assert_eq!(sandbox.run("price('tea') * 2")?, Value::from(500));
//! assert_eq!(
//!     sandbox.run("try { price('gold') } catch (error) { error.name }")?,
//!     "StockError".into()
//! );
//! assert_eq!(
//!     sandbox.run("try { price() } catch { 'caught' }").unwrap_err(),
//!     Failure::Stopped("price takes one name".into())
//! );
//! # Ok(())
//! # }
//! ```
//!
//! # Errors and the console
//!
//! ```
//! use sandbox::{Failure, Limits, Phase, Sandbox};
//!
//! # fn main() -> Result<(), sandbox::Failure> {
//! let mut sandbox = Sandbox::new(Limits::default())?;
//! let source = "console.log('billing', { items: [] });\nnull.items";
//! let Err(Failure::Thrown(thrown)) = sandbox.run_file("bill.js", source) else {
//!     panic!("null has no items");
//! };
//! assert_eq!((thrown.phase, thrown.name.as_str()), (Phase::Run, "TypeError"));
//! assert_eq!(thrown.position.unwrap().to_string(), "bill.js:2:6");
//! assert_eq!(sandbox.take_console()[0].text, "billing { items: [] }");
//! # Ok(())
//! # }
//! ```
//!
//! # Limits
//!
//! ```
//! use std::time::Duration;
//! use sandbox::{Failure, Limit, Limits, Sandbox};
//!
//! # fn main() -> Result<(), sandbox::Failure> {
//! let mut sandbox = Sandbox::new(Limits {
//!     wall: Some(Duration::from_millis(50)),
//!     ..Limits::default()
//! })?;
//! let Err(Failure::Limit(hit)) = sandbox.run("try { for (;;); } finally { }") else {
//!     panic!("that loop has no end");
//! };
//! assert_eq!(hit.limit, Limit::Wall);
//! assert_eq!(hit.to_string(), "wall limit of 50 ms reached");
//! # Ok(())
//! # }
//! ```
//!
//! Guest code can't catch a limit, and its `finally` blocks do not run.
//!
//! | limit | ends | does not end |
//! |---|---|---|
//! | wall | loops, calls, `then` callbacks and chains of them, host functions and console calls wherever they come from | what a native calls (`sort` and `map` callbacks, getters, proxies' traps, iterators, generators, promise executors), code after an `await`, code from `eval`, and every native that works long by itself |
//! | loop iteration | loops everywhere, within one call of one function; `repeat` | many calls with a short loop each; other natives' own loops; code after an `await` ends, but **silently**: its promise stays pending |
//! | recursion, stack | calls within calls, natives that call back included | deep data, which natives walk by themselves (`JSON.stringify`, `flat`) |
//! | output | the console, wherever it is called | |
//! | memory | what slices of instructions add up to | one giant allocation; what is allocated where the wall limit does not look |
//! | nesting | deep sources, before they are parsed, and code from strings | patterns given to `RegExp` as strings |
//! | value depth, value size | values that cross | |
//!
//! # What is not a boundary
//!
//! **This crate keeps mistakes in bounds, not attacks.** The guest runs in the
//! host's own process and thread, and the engine has no interrupt, no memory
//! limit and no guard for its native stack. A guest that wants to can
//!
//! - hang the thread: `/^(a+)+$/.test('a'.repeat(40) + 'b')`, `Array(1e9).fill()`;
//! - end the process, for a native stack overflow and a failed allocation can't
//!   be caught: `JSON.stringify` of data 100,000 levels deep, strings that are
//!   doubled without end;
//! - make the engine panic. That is caught, the run is [`Failure::Engine`], and
//!   the sandbox refuses all further work.
//!
//! What a guest can't do from here is reach files, the network, the host's
//! memory or its functions that were not given to it: there is no such thing in
//! its context. For guests that may be hostile, put the sandbox into a process
//! that may die.
//!
//! The engine works by native recursion: run guests on a thread with a stack
//! of [`STACK_BYTES`], or lower the limits.

mod budget;
mod builder;
mod console;
mod error;
mod hooks;
mod host;
mod inspect;
mod inward;
mod jobs;
mod limits;
mod nesting;
mod path;
mod sandbox;
mod state;
mod thrown;
mod value;
mod walk;

pub use builder::Builder;
pub use console::{ConsoleEntry, Level};
pub use error::{Failure, Phase, Position, Thrown, Unfit, ValueError};
pub use host::HostError;
pub use limits::{Bounds, Limit, LimitHit, Limits, STACK_BYTES};
pub use sandbox::Sandbox;
pub use value::Value;
