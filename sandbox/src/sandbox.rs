//! The sandbox itself: a context and everything that holds it in bounds.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::rc::Rc;

use boa_engine::builtins::promise::PromiseState;
use boa_engine::error::{EngineError, RuntimeLimitError};
use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsPromise;
use boa_engine::property::PropertyDescriptor;
use boa_engine::realm::Realm;
use boa_engine::{Context, JsError, JsResult, JsValue, NativeFunction, Script, Source, js_string};

use crate::budget;
use crate::builder::Builder;
use crate::console::ConsoleEntry;
use crate::error::{Failure, Phase, Thrown, Unfit, ValueError};
use crate::host::{self, HostError};
use crate::inspect;
use crate::inward;
use crate::jobs::Jobs;
use crate::limits::{Limit, LimitHit, Limits};
use crate::nesting;
use crate::state::State;
use crate::thrown::{self, Reader};
use crate::value::Value;
use crate::walk;

/// A JavaScript context under limits. See the crate page for what it is not.
pub struct Sandbox {
    context: Context,
    state: Rc<State>,
    jobs: Rc<Jobs>,
    realm: Realm,
    reader: Reader,
    /// Frames that stopped runs have left in the engine.
    frames: usize,
    /// How many runs have left frames.
    stops: usize,
    /// Why the engine can't be trusted any more.
    poison: Option<String>,
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the context: to print one is to print all that the guest made.
        f.debug_struct("Sandbox")
            .field("limits", &self.state.limits)
            .field("poison", &self.poison)
            .finish_non_exhaustive()
    }
}

impl Sandbox {
    /// A sandbox with the system's clock, without `eval`.
    ///
    /// # Errors
    ///
    /// As [`Builder::build`].
    pub fn new(limits: Limits) -> Result<Self, Failure> {
        Self::builder().limits(limits).build()
    }

    /// For another clock, a memory gauge, or `eval`.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn from_parts(
        context: Context,
        state: Rc<State>,
        jobs: Rc<Jobs>,
        reader: Reader,
    ) -> Self {
        Self {
            realm: context.realm().clone(),
            context,
            state,
            jobs,
            reader,
            frames: 0,
            stops: 0,
            poison: None,
        }
    }

    /// Gives the guest a copy of `value` as the global `name`.
    ///
    /// # Errors
    ///
    /// [`Failure::Limit`] if `value` exceeds [`Limits::value`],
    /// [`Failure::Thrown`] if the guest has made that global unchangeable.
    pub fn inject(&mut self, name: &str, value: &Value) -> Result<(), Failure> {
        self.guarded(|sandbox| {
            let bounds = sandbox.state.limits.value;
            let value = inward::inward(value, name, bounds, &mut sandbox.context)?;
            sandbox.define(name, value)
        })
    }

    /// Gives the guest `function` as the global `name`.
    ///
    /// Its arguments are walked out as plain data; arguments that are not
    /// plain data are thrown in the guest as a `TypeError`, too large ones as a
    /// `RangeError`, and the host does not see that call.
    ///
    /// # Errors
    ///
    /// [`Failure::Thrown`] if the guest has made that global unchangeable.
    pub fn function(
        &mut self,
        name: &str,
        function: impl Fn(&[Value]) -> Result<Value, HostError> + 'static,
    ) -> Result<(), Failure> {
        self.guarded(|sandbox| {
            let index = {
                let mut functions = sandbox.state.functions.borrow_mut();
                functions.push(Rc::new(function));
                functions.len() - 1
            };
            // The engine takes only closures that can be copied, so this one
            // remembers where the function is.
            let native = NativeFunction::from_copy_closure(move |_this, arguments, context| {
                host::call(index, arguments, context)
            });
            let function = FunctionObjectBuilder::new(&sandbox.realm, native)
                .name(js_string!(name))
                .build();
            sandbox.define(name, function.into())
        })
    }

    /// Runs `source` and then its promise jobs, and walks its completion value
    /// out. A promise that is settled by then is its value, or its error.
    ///
    /// # Errors
    ///
    /// Every [`Failure`]. A promise that was rejected and that nothing handled
    /// is [`Failure::Thrown`]. After a thrown error the promise jobs still run;
    /// after a limit or a stop those that were left are forgotten. The sandbox
    /// stays usable after all but [`Failure::Engine`], though not for ever: an
    /// error that comes out of a function leaves values on the engine's stack,
    /// and after some thousand such runs every run ends at the stack limit. One
    /// that reached its memory limit may hold on to what it held. Make another
    /// in both cases.
    pub fn run(&mut self, source: &str) -> Result<Value, Failure> {
        self.run_source(None, source)
    }

    /// As [`run`](Self::run), with a name for `source` that shows in positions
    /// and stacks.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    pub fn run_file(&mut self, name: &str, source: &str) -> Result<Value, Failure> {
        self.run_source(Some(name), source)
    }

    /// Calls the guest's global function `name`, under the same limits as `run`.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    pub fn call(&mut self, name: &str, arguments: &[Value]) -> Result<Value, Failure> {
        if !inspect::is_identifier(name) {
            return Err(type_error(format!("`{name}` is not the name of a global")).into());
        }
        self.guarded(|sandbox| {
            sandbox.state.start();
            let bounds = sandbox.state.limits.value;
            let mut values = Vec::with_capacity(arguments.len());
            for (index, argument) in arguments.iter().enumerate() {
                let root = format!("arguments[{index}]");
                values.push(inward::inward(
                    argument,
                    &root,
                    bounds,
                    &mut sandbox.context,
                )?);
            }
            // A script finds a global `let` or `const` too.
            let function = match sandbox.evaluate(None, name)? {
                Ok(function) if function.is_callable() => function,
                Ok(_) => return Err(type_error(format!("{name} is not a function")).into()),
                Err(error) => return sandbox.finish(Err(error)),
            };
            let state = Rc::clone(&sandbox.state);
            let result = budget::call(&function, &values, &state, &mut sandbox.context);
            sandbox.finish(result)
        })
    }

    /// What the guest wrote to its console since this was asked last.
    pub fn take_console(&mut self) -> Vec<ConsoleEntry> {
        std::mem::take(&mut *self.state.console.borrow_mut()).entries
    }

    fn run_source(&mut self, name: Option<&str>, source: &str) -> Result<Value, Failure> {
        self.guarded(|sandbox| {
            sandbox.state.start();
            if let Err(mut position) = nesting::check(source, sandbox.state.limits.nesting) {
                position.file = name.map(str::to_owned);
                let mut hit = LimitHit::new(Limit::Nesting, &sandbox.state.limits);
                hit.position = Some(position);
                return Err(hit.into());
            }
            let result = sandbox.evaluate(name, source)?;
            sandbox.finish(result)
        })
    }

    /// Parses and evaluates; the outer error is the parser's.
    fn evaluate(&mut self, name: Option<&str>, source: &str) -> Result<JsResult<JsValue>, Failure> {
        let bytes = Source::from_bytes(source);
        let script = match name {
            Some(name) => Script::parse(bytes.with_path(Path::new(name)), None, &mut self.context),
            None => Script::parse(bytes, None, &mut self.context),
        };
        match script {
            Ok(script) => Ok(budget::evaluate(&script, &self.state, &mut self.context)),
            Err(error) => {
                let mut failure = self.failure(error, Phase::Parse);
                if let Failure::Thrown(thrown) = &mut failure
                    && let Some(position) = &mut thrown.position
                {
                    position.file = name.map(str::to_owned);
                }
                Err(failure)
            }
        }
    }

    /// Runs the promise jobs after a script and turns its `result` into data.
    fn finish(&mut self, result: JsResult<JsValue>) -> Result<Value, Failure> {
        let result = self.unless_ended(result)?;
        let jobs = self.context.run_jobs();
        let jobs = self.unless_ended(jobs)?;
        let value = result.map_err(|error| self.failure(error, Phase::Run))?;
        jobs.map_err(|error| self.failure(error, Phase::Run))?;
        let value = self.settled(value)?;
        let rejected = self.state.rejected.take();
        if let Some(promise) = rejected.into_iter().next() {
            self.settled(promise.into())?;
        }
        walk::outward(&value, "value", self.state.limits.value, &mut self.context)
    }

    /// A thrown value ends the script but not its promise jobs; a limit or a
    /// stop ends all.
    fn unless_ended<T>(&mut self, result: JsResult<T>) -> Result<JsResult<T>, Failure> {
        if let Some(stop) = self.state.stopped() {
            return Err(stop);
        }
        match result {
            Err(error) if error.as_engine().is_some() => Err(self.failure(error, Phase::Run)),
            result => Ok(result),
        }
    }

    /// The value of a promise, or any other value as it is.
    fn settled(&mut self, value: JsValue) -> Result<JsValue, Failure> {
        let Some(promise) = value
            .as_object()
            .and_then(|object| JsPromise::from_object(object).ok())
        else {
            return Ok(value);
        };
        match promise.state() {
            PromiseState::Fulfilled(value) => Ok(value),
            PromiseState::Rejected(reason) => {
                Err(self.failure(JsError::from_opaque(reason), Phase::Run))
            }
            PromiseState::Pending => Err(ValueError {
                path: "value".to_owned(),
                reason: Unfit::Pending,
            }
            .into()),
        }
    }

    fn failure(&mut self, error: JsError, phase: Phase) -> Failure {
        let bounds = self.state.limits.value;
        match self
            .reader
            .read(error, phase, self.frames, bounds, &mut self.context)
        {
            Ok(thrown) => thrown.into(),
            Err(error) => self.engine_failure(&error),
        }
    }

    /// What an error that is the engine's own and can't be caught stands for.
    fn engine_failure(&self, error: &JsError) -> Failure {
        let limit = match error.as_engine() {
            Some(EngineError::RuntimeLimit(RuntimeLimitError::LoopIteration)) => {
                Limit::LoopIterations
            }
            Some(EngineError::RuntimeLimit(RuntimeLimitError::Recursion)) => Limit::Recursion,
            Some(EngineError::RuntimeLimit(RuntimeLimitError::StackSize)) => Limit::Stack,
            _ => return Failure::Engine(error.to_string()),
        };
        let mut hit = LimitHit::new(limit, &self.state.limits);
        hit.position = thrown::position_of_engine_error(error);
        hit.into()
    }

    fn define(&mut self, name: &str, value: JsValue) -> Result<(), Failure> {
        let property = PropertyDescriptor::builder()
            .value(value)
            .writable(true)
            .enumerable(true)
            .configurable(true);
        let global = self.context.global_object();
        global
            .define_property_or_throw(js_string!(name), property, &mut self.context)
            .map(|_| ())
            .map_err(|error| self.failure(error, Phase::Run))
    }

    /// Does `work` with the engine, unless it has failed before.
    fn guarded<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        if let Some(reason) = &self.poison {
            return Err(Failure::Engine(reason.clone()));
        }
        self.make_room();
        // Some programs make the engine panic, and a host function may: what a
        // panic leaves behind in the engine is not to be used again.
        let result = catch_unwind(AssertUnwindSafe(|| work(self)))
            .unwrap_or_else(|panic| Err(Failure::Engine(panic_text(panic.as_ref()))));
        if let Err(failure) = &result {
            match failure {
                Failure::Engine(reason) => self.poison = Some(reason.clone()),
                Failure::Limit(_) | Failure::Stopped(_) => self.jobs.clear(),
                Failure::Thrown(_) | Failure::Value(_) => {}
            }
        }
        result
    }

    /// Sets the engine's limits for the next run.
    ///
    /// A run that was stopped between two slices has left its frames in the
    /// engine, one of them the current one. They can't be taken off from
    /// outside, so every later run starts on top of them and gets that much more.
    fn make_room(&mut self) {
        let frames = self.context.stack_trace().count();
        if frames > self.frames {
            self.stops += 1;
            self.frames = frames;
        }
        self.context.enter_realm(self.realm.clone());
        let set = &self.state.limits;
        let limits = self.context.runtime_limits_mut();
        limits.set_recursion_limit(set.recursion.saturating_add(self.frames));
        limits.set_stack_size_limit(set.stack.saturating_mul(self.stops + 1));
        limits.set_backtrace_limit(BACKTRACE + self.frames);
        match set.loop_iterations {
            // The engine allows one turn more than it is told.
            Some(turns) => limits.set_loop_iteration_limit(turns.saturating_sub(1)),
            None => limits.disable_loop_iteration_limit(),
        }
    }
}

/// The entries of a stack that are kept.
const BACKTRACE: usize = 50;

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned());
    format!("a panic: {text}")
}

fn type_error(message: String) -> Thrown {
    Thrown {
        phase: Phase::Run,
        name: "TypeError".to_owned(),
        message,
        position: None,
        stack: Vec::new(),
        value: None,
        cause: None,
    }
}
