//! Serves the functions and types of an exercise to its checker.
//!
//! An exercise is an ordinary program. It ends with one line that names what is
//! judged, together with the types of the arguments:
//!
//! ```
//! pub fn evaluate(source: &str) -> Result<i64, String> {
//!     source.trim().parse().map_err(|error| format!("{source}: {error}"))
//! }
//!
//! harness::serve! { fn evaluate(&str) }
//! ```
//!
//! A type that keeps state is named with its constructor first, then its methods:
//!
//! ```
//! # use std::collections::HashMap;
//! #[derive(Default)]
//! pub struct Playground {
//!     notes: HashMap<String, String>,
//! }
//!
//! impl Playground {
//!     pub fn new() -> Self {
//!         Self::default()
//!     }
//!
//!     pub fn note(&mut self, name: &str, text: &str) -> Option<String> {
//!         self.notes.insert(name.to_owned(), text.to_owned())
//!     }
//!
//!     pub fn forget(&mut self, name: &str) {
//!         self.notes.remove(name);
//!     }
//! }
//!
//! harness::serve! { type Playground { new(), note(&str, &str), forget(&str) } }
//! ```
//!
//! [`serve!`] takes any number of both and makes `fn main`. Arguments are `&str`
//! or owned types that implement `serde::Deserialize`. Results are `T` or
//! `Result<T, E>`, of types that implement `serde::Serialize`.
//!
//! # By hand
//!
//! Run in a terminal, the program says what it serves, and answers calls typed
//! as JSON arrays:
//!
//! ```text
//! $ cargo run --bin 02_contexts
//! 02_contexts serves:
//!   Playground::new()
//!     .note(&str, &str)
//!     .forget(&str)
//!
//! Type calls as JSON, for example:
//!   ["new", "Playground"]
//!   [1, "note", "1 + 1", "1 + 1"]
//! Ctrl-D ends it.
//! > ["new", "Playground"]
//! object 1
//! > [1, "note", "tea", "two bags"]
//! ok null
//! > ["drop", 1]
//! ok null
//! ```
//!
//! | typed | does |
//! |---|---|
//! | `["evaluate", "1 + 1"]` | calls a function |
//! | `["new", "Playground"]` | makes an object: `object 1` |
//! | `[1, "note", "tea", "two bags"]` | calls a method of object 1 |
//! | `["drop", 1]` | drops object 1 |
//!
//! | answer | means |
//! |---|---|
//! | `ok 2` | it returned 2, or `Ok(2)` |
//! | `err "no such order"` | it returned `Err("no such order")` |
//! | `object 1` | the object was made |
//! | `panic at src/main.rs:3:5: …` | it panicked there |
//! | `not written yet: …` | it ran into a `todo!` or `unimplemented!` |
//! | `refused: …` | the call does not fit what is served, or the result does not fit JSON |
//!
//! It works in a pipe as well: `echo '["evaluate", "1 + 1"]' | cargo run --bin 01_evaluate`.
//! With `RUST_BACKTRACE=1`, a panic is also printed to stderr with its backtrace.
//!
//! # What the code can rely on
//!
//! - Calls run one after the other, on one thread with a stack of 256 MiB.
//!   Objects live and are dropped on that thread, so they need not be `Send`.
//! - A panic ends the call, not the program. The object whose method panicked
//!   stays usable, in the state in which the panic left it; it is not poisoned.
//!   A panic in a `Drop` is answered too. A panic in another thread is printed to
//!   stderr and ends that thread.
//! - What is printed stays in order with the answers and never breaks one apart.
//! - NaN and the infinities are no JSON numbers. A result with one in it is
//!   refused by name; it does not arrive as `null`. To find them, the `Serialize`
//!   of a result runs twice.
//! - A result nested more than 126 levels deep is refused: it could be written,
//!   but not read back.
//! - Objects that are left when the input ends are dropped, and the program
//!   exits with 0.
//!
//! # The wire
//!
//! A checker talks to the program over stdin and stdout, in frames of RFC 7464:
//! the byte RS (`0x1E`), a JSON text, a line feed. The first frame tells what is
//! served; [`wire`] has the shape of each.
//!
//! ```text
//! ← {"wire":1,"functions":{"evaluate":["&str"]},"types":{"Playground":{…}}}
//! → {"id":1,"call":"evaluate","arguments":["1 + 1"]}
//! ← {"id":1,"ok":2}
//! → {"id":2,"new":"Playground","arguments":[]}
//! ← {"id":2,"object":1}
//! → {"id":3,"object":1,"call":"note","arguments":["tea"]}
//! ← {"id":3,"refused":"Playground::note takes 2 arguments (&str, &str), got 1"}
//! → {"id":4,"drop":1}
//! ← {"id":4,"ok":null}
//! ```
//!
//! A frame that is no request is answered with the id `null` and `refused`.

mod argument;
mod by_hand;
mod panics;
mod process;
mod returned;
mod sendable;
mod serve;
mod service;
pub mod wire;
mod worker;

pub use crate::process::process;

/// What the expansion of [`serve!`] needs, and nobody else.
#[doc(hidden)]
pub mod __private {
    pub use crate::returned::{AnswerValue, Returned, construct};
    pub use crate::serve::object;
    pub use crate::service::{Methods, Served, Service, Type};
    pub use crate::worker::run;
}
