//! Exercise 3.5 · Rights as types: the reference solution.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::marker::PhantomData;
use std::rc::Rc;

use boa_engine::error::{EngineError, RuntimeLimitError};
use boa_engine::{
    Context, JsArgs, JsError, JsNativeError, JsResult, JsString, JsValue, NativeFunction, Source,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// The state of a sandbox that nobody has limited.
pub struct NoLimits;

/// The state of a sandbox with limits.
pub struct Limited;

/// A state in which a guest may be run.
#[diagnostic::on_unimplemented(
    message = "this sandbox has no limits yet",
    label = "its guests could run for ever",
    note = "call `.limited(…)` before `.enter(…)`"
)]
pub trait MayRun {}

impl MayRun for Limited {}

/// In place of a capability that was not granted.
pub struct Withheld;

/// A capability that was granted. Functions share it.
pub struct Granted<C>(Rc<C>);

/// Outside of this file nobody can name what is in here, nor call it. As a bound of a
/// public method it serves everybody.
mod sealed {
    use std::rc::Rc;

    /// A capability that the sandbox `B` has.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` was not granted to this sandbox",
        label = "works with `{Self}`, and the sandbox has none",
        note = "call `.grant_clock(…)` or `.grant_journal(…)` before `.register(…)`"
    )]
    pub trait GrantedTo<B> {
        /// What was granted.
        fn lend(sandbox: &B) -> Rc<Self>;
    }
}
use sealed::GrantedTo;

impl<S, J> GrantedTo<Sandbox<S, Granted<Clock>, J>> for Clock {
    fn lend(sandbox: &Sandbox<S, Granted<Clock>, J>) -> Rc<Self> {
        Rc::clone(&sandbox.clock.0)
    }
}

impl<S, C> GrantedTo<Sandbox<S, C, Granted<Journal>>> for Journal {
    fn lend(sandbox: &Sandbox<S, C, Granted<Journal>>) -> Rc<Self> {
        Rc::clone(&sandbox.journal.0)
    }
}

/// Who needs nothing is served by every sandbox.
impl<S, C, J> GrantedTo<Sandbox<S, C, J>> for () {
    fn lend(_: &Sandbox<S, C, J>) -> Rc<Self> {
        Rc::new(())
    }
}

/// An engine, in state `S`, with a place for each capability.
pub struct Sandbox<S, C = Withheld, J = Withheld> {
    engine: Engine,
    clock: C,
    journal: J,
    state: PhantomData<S>,
}

impl Sandbox<NoLimits> {
    /// A sandbox without limits and without capabilities.
    pub fn bare() -> Self {
        Self {
            engine: Engine::new(),
            clock: Withheld,
            journal: Withheld,
            state: PhantomData,
        }
    }
}

impl<C, J> Sandbox<NoLimits, C, J> {
    /// Sets the limits, which stay.
    pub fn limited(mut self, limits: Limits) -> Sandbox<Limited, C, J> {
        self.engine.limit(&limits);
        Sandbox {
            engine: self.engine,
            clock: self.clock,
            journal: self.journal,
            state: PhantomData,
        }
    }
}

impl<S, J> Sandbox<S, Withheld, J> {
    /// Gives the clock away to this sandbox.
    pub fn grant_clock(self, clock: Clock) -> Sandbox<S, Granted<Clock>, J> {
        Sandbox {
            engine: self.engine,
            clock: Granted(Rc::new(clock)),
            journal: self.journal,
            state: PhantomData,
        }
    }
}

impl<S, C> Sandbox<S, C, Withheld> {
    /// Gives the journal away to this sandbox.
    pub fn grant_journal(self, journal: Journal) -> Sandbox<S, C, Granted<Journal>> {
        Sandbox {
            engine: self.engine,
            clock: self.clock,
            journal: Granted(Rc::new(journal)),
            state: PhantomData,
        }
    }
}

impl<S, C, J> Sandbox<S, C, J> {
    /// Makes a host function a global of the guest. It gets what it needs, and no more.
    pub fn register<F: HostFunction>(&mut self, _: F)
    where
        F::Needs: GrantedTo<Self>,
    {
        let needs = F::Needs::lend(self);
        let answer = move |argument: &Json| F::call(&needs, argument);
        self.engine.define(F::NAME, answer);
    }

    /// Lets `visit` run guests. Their values stay in there: `'id` is another one in
    /// every call, and known to nobody outside.
    pub fn enter<R>(&mut self, visit: impl for<'id> FnOnce(Guest<'id>) -> R) -> R
    where
        S: MayRun,
    {
        visit(Guest {
            engine: &mut self.engine,
            brand: PhantomData,
        })
    }
}

/// Equal for things of the same visit. A function that takes and returns a lifetime
/// accepts neither a longer nor a shorter one in its place.
type Brand<'id> = PhantomData<fn(&'id ()) -> &'id ()>;

/// A visit to a sandbox.
pub struct Guest<'id> {
    engine: &'id mut Engine,
    brand: Brand<'id>,
}

/// A value of one visit.
pub struct Value<'id> {
    value: JsValue,
    brand: Brand<'id>,
}

impl<'id> Guest<'id> {
    /// The completion value of a script.
    pub fn run(&mut self, source: &str) -> Result<Value<'id>, Failure> {
        let value = self.engine.run(source)?;
        Ok(self.branded(value))
    }

    /// Calls a function of the guest's with one argument.
    pub fn call(
        &mut self,
        function: &Value<'id>,
        argument: &Value<'id>,
    ) -> Result<Value<'id>, Failure> {
        let value = self.engine.call(&function.value, &argument.value)?;
        Ok(self.branded(value))
    }

    /// What a value is as data.
    pub fn read(&mut self, value: &Value<'id>) -> Result<Json, Failure> {
        self.engine.read(&value.value)
    }

    fn branded(&self, value: JsValue) -> Value<'id> {
        Value {
            value,
            brand: self.brand,
        }
    }
}

/// The right to know the time.
pub struct Clock {
    minutes: Rc<Cell<u64>>,
}

impl Clock {
    /// Minutes since midnight.
    pub fn minutes(&self) -> u64 {
        self.minutes.get()
    }
}

/// The right to write into the house's journal.
pub struct Journal {
    lines: Rc<RefCell<Vec<String>>>,
}

impl Journal {
    /// Adds a line.
    pub fn note(&self, line: &str) {
        self.lines.borrow_mut().push(line.to_owned());
    }
}

/// A function of the host's that guests call.
pub trait HostFunction {
    /// The capability without which it can't work, or `()`.
    type Needs: 'static;
    /// Its name in the guest.
    const NAME: &'static str;
    /// Answers a call with the first argument. `Err` is thrown as an `Error`.
    fn call(needs: &Self::Needs, argument: &Json) -> Result<Json, String>;
}

/// `now()`: minutes since midnight.
pub struct Now;

impl HostFunction for Now {
    type Needs = Clock;
    const NAME: &'static str = "now";

    fn call(clock: &Clock, _: &Json) -> Result<Json, String> {
        Ok(clock.minutes().into())
    }
}

/// `note(line)`: writes into the journal.
pub struct Note;

impl HostFunction for Note {
    type Needs = Journal;
    const NAME: &'static str = "note";

    fn call(journal: &Journal, argument: &Json) -> Result<Json, String> {
        let line = argument.as_str().ok_or("note wants a text")?;
        journal.note(line);
        Ok(Json::Null)
    }
}

/// `celsius(fahrenheit)`: computes, and needs nothing.
pub struct Celsius;

impl HostFunction for Celsius {
    type Needs = ();
    const NAME: &'static str = "celsius";

    fn call((): &(), argument: &Json) -> Result<Json, String> {
        let fahrenheit = argument.as_f64().ok_or("celsius wants a number")?;
        Ok(((fahrenheit - 32.0) / 1.8).into())
    }
}

// ---- Given: the host, the engine, and what the tests call. ----

/// The house, which has everything. `main` makes it; whoever is shown it can do all
/// that it can.
#[derive(Default)]
pub struct Host {
    minutes: Rc<Cell<u64>>,
    lines: Rc<RefCell<Vec<String>>>,
}

impl Host {
    /// A house at midnight, with an empty journal.
    pub fn new() -> Self {
        Self::default()
    }

    /// A clock to give away.
    pub fn clock(&self) -> Clock {
        Clock {
            minutes: Rc::clone(&self.minutes),
        }
    }

    /// A journal to give away.
    pub fn journal(&self) -> Journal {
        Journal {
            lines: Rc::clone(&self.lines),
        }
    }
}

/// What a guest may use, for each call of a function.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Limits {
    /// Turns of loops.
    pub turns: u64,
    /// Calls inside one another.
    pub calls: usize,
}

/// Why there is no answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// What was thrown.
    Error(String),
    /// The limit that ended it: "turns", "calls" or "stack".
    Limit(&'static str),
}

/// Answers calls from the guest.
type Answer = Box<dyn Fn(&Json) -> Result<Json, String>>;
type Answers = Rc<RefCell<Vec<Answer>>>;

/// A context of Boa. It knows nothing of what the types above promise.
struct Engine {
    context: Context,
    answers: Answers,
}

impl Engine {
    fn new() -> Self {
        let mut context = Context::default();
        let answers = Answers::default();
        context.insert_data(Rc::clone(&answers));
        Self { context, answers }
    }

    fn limit(&mut self, limits: &Limits) {
        let set = self.context.runtime_limits_mut();
        set.set_loop_iteration_limit(limits.turns);
        set.set_recursion_limit(limits.calls);
    }

    /// Makes `answer` a global function of the guest.
    fn define(&mut self, name: &str, answer: impl Fn(&Json) -> Result<Json, String> + 'static) {
        let mut answers = self.answers.borrow_mut();
        let index = answers.len();
        answers.push(Box::new(answer));
        let call = NativeFunction::from_copy_closure(move |_, arguments, context| {
            let argument = data(arguments.get_or_undefined(0), context)?;
            // Asks the context that runs. Were this a function of another one, it would
            // get an answer of the wrong sandbox's: the types above keep that away.
            let answers = context.get_data::<Answers>().expect("every engine has it");
            let answered = answers.borrow()[index](&argument);
            match answered {
                Ok(json) => JsValue::from_json(&json, context),
                Err(text) => Err(JsNativeError::error().with_message(text).into()),
            }
        });
        // A guest that ran before may have locked the name. It keeps what it has there.
        let _ = self
            .context
            .register_global_builtin_callable(JsString::from(name), 1, call);
    }

    fn run(&mut self, source: &str) -> Result<JsValue, Failure> {
        let value = self.context.eval(Source::from_bytes(source));
        value.map_err(|error| failure(&error))
    }

    fn call(&mut self, function: &JsValue, argument: &JsValue) -> Result<JsValue, Failure> {
        let Some(function) = function.as_callable() else {
            return Err(Failure::Error("TypeError: this is no function".to_owned()));
        };
        let arguments = [argument.clone()];
        let value = function.call(&JsValue::undefined(), &arguments, &mut self.context);
        value.map_err(|error| failure(&error))
    }

    fn read(&mut self, value: &JsValue) -> Result<Json, Failure> {
        data(value, &mut self.context).map_err(|error| failure(&error))
    }
}

/// A text, a number, a boolean or null. Objects stay in the guest.
fn data(value: &JsValue, context: &mut Context) -> JsResult<Json> {
    if value.is_object() {
        return Err(JsNativeError::typ()
            .with_message("only data crosses")
            .into());
    }
    // JSON has no `undefined`: it is told as null.
    Ok(value.to_json(context)?.unwrap_or(Json::Null))
}

fn failure(error: &JsError) -> Failure {
    match error.as_engine() {
        Some(EngineError::RuntimeLimit(limit)) => Failure::Limit(match limit {
            RuntimeLimitError::LoopIteration => "turns",
            RuntimeLimitError::Recursion => "calls",
            RuntimeLimitError::StackSize => "stack",
        }),
        _ => Failure::Error(error.to_string()),
    }
}

/// What the tests have done in a visit.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Runs a source and reads its value.
    Run(String),
    /// Runs the second, and keeps its value under the first.
    Keep(String, String),
    /// Calls what is kept under the first with what is kept under the second.
    Call(String, String),
}

/// What a step came to.
type Outcome = Result<Json, Failure>;

/// Takes a step in a visit. A macro, because what a visit keeps has a type of yours.
macro_rules! step {
    ($guest:ident, $kept:ident, $step:expr) => {
        match $step {
            Step::Run(source) => match $guest.run(&source) {
                Ok(value) => $guest.read(&value),
                Err(failure) => Err(failure),
            },
            Step::Keep(name, source) => $guest.run(&source).map(|value| {
                $kept.insert(name, value);
                Json::Null
            }),
            Step::Call(function, argument) => {
                match $guest.call(&$kept[&function], &$kept[&argument]) {
                    Ok(value) => $guest.read(&value),
                    Err(failure) => Err(failure),
                }
            }
        }
    };
}

/// A sandbox with functions, ready to be visited.
macro_rules! visits {
    ($sandbox:expr $(, $function:ident)*) => {{
        let mut sandbox = $sandbox;
        $(sandbox.register($function);)*
        Box::new(move |steps| {
            sandbox.enter(|mut guest| {
                let mut kept = HashMap::new();
                let outcomes = steps.into_iter().map(|step| told(step!(guest, kept, step)));
                outcomes.collect()
            })
        })
    }};
}

/// An outcome as the tests see it: `{ value }`, `{ error }` or `{ limit }`.
fn told(outcome: Outcome) -> Json {
    match outcome {
        Ok(value) => serde_json::json!({ "value": value }),
        Err(failure) => serde_json::json!(failure),
    }
}

/// Takes steps in a visit of its own.
type Visit = Box<dyn FnMut(Vec<Step>) -> Vec<Json>>;

/// A house with one sandbox.
pub struct House {
    host: Host,
    visit: Visit,
}

impl House {
    /// A sandbox to which is granted what is named, of "clock" and "journal". It has
    /// the functions that can work there.
    pub fn new(limits: Limits, grants: Vec<String>) -> Self {
        let host = Host::new();
        let mut bare = Sandbox::bare();
        bare.register(Celsius);
        let [clock, journal] = ["clock", "journal"].map(|name| grants.iter().any(|g| g == name));
        // Each arm makes a sandbox of another type.
        let visit: Visit = match (clock, journal) {
            (false, false) => visits!(bare.limited(limits)),
            (true, false) => visits!(bare.limited(limits).grant_clock(host.clock()), Now),
            (false, true) => visits!(bare.grant_journal(host.journal()).limited(limits), Note),
            (true, true) => {
                let timed = bare.grant_clock(host.clock()).limited(limits);
                visits!(timed.grant_journal(host.journal()), Now, Note)
            }
        };
        Self { host, visit }
    }

    /// Takes steps in one visit.
    pub fn visit(&mut self, steps: Vec<Step>) -> Vec<Json> {
        (self.visit)(steps)
    }

    /// Time passes.
    pub fn wait(&mut self, minutes: u64) {
        self.host.minutes.set(self.host.minutes.get() + minutes);
    }

    /// The journal's lines.
    pub fn journal(&self) -> Vec<String> {
        self.host.lines.borrow().clone()
    }
}

/// Takes steps in two sandboxes by turns, in a visit within a visit. The first of
/// them tells the time, and it is half past six. The second one's clock is at midnight
/// and was lent to nobody.
pub fn side_by_side(limits: Limits, steps: Vec<(Step, Step)>) -> Vec<(Json, Json)> {
    let [host, other] = [Host::new(), Host::new()];
    host.minutes.set(390);
    let mut first = Sandbox::bare().grant_clock(host.clock()).limited(limits);
    let mut second = Sandbox::bare().grant_clock(other.clock()).limited(limits);
    first.register(Now);
    first.enter(|mut outer| {
        let mut kept = HashMap::new();
        second.enter(|mut inner| {
            let mut kept_inside = HashMap::new();
            let both = steps.into_iter().map(|(first, second)| {
                let first = told(step!(outer, kept, first));
                (first, told(step!(inner, kept_inside, second)))
            });
            both.collect()
        })
    })
}

harness::serve! {
    type House { new(Limits, Vec<String>), visit(Vec<Step>), wait(u64), journal() },
    fn side_by_side(Limits, Vec<(Step, Step)>),
}
