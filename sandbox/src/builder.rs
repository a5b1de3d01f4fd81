//! How a sandbox is made.

use std::fmt;
use std::rc::Rc;

use boa_engine::context::time::{Clock, JsInstant, StdClock};
use boa_engine::module::IdleModuleLoader;
use boa_engine::{Context, JsResult};

use crate::console;
use crate::error::Failure;
use crate::hooks::Hooks;
use crate::jobs::Jobs;
use crate::limits::Limits;
use crate::sandbox::Sandbox;
use crate::state::{Gauge, State};
use crate::thrown::Reader;

/// Makes a [`Sandbox`] that differs from the default one.
pub struct Builder {
    limits: Limits,
    clock: Rc<dyn Clock>,
    gauge: Option<fn() -> u64>,
    eval: bool,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            // The one place where the system's clock is chosen.
            clock: Rc::new(StdClock::new()),
            gauge: None,
            eval: false,
        }
    }
}

impl Builder {
    /// What a run may use.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The clock of the wall limit and of the guest's `Date`.
    #[must_use]
    pub fn clock(mut self, clock: Rc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// How many bytes are live on this thread (or in this process), for
    /// [`Limits::memory_bytes`]; usually read from a counting allocator.
    #[must_use]
    pub fn memory_gauge(mut self, gauge: fn() -> u64) -> Self {
        self.gauge = Some(gauge);
        self
    }

    /// Whether `eval`, `Function` and their cousins may make code from strings.
    /// Default: no.
    #[must_use]
    pub fn eval(mut self, allowed: bool) -> Self {
        self.eval = allowed;
        self
    }

    /// Makes the sandbox.
    ///
    /// # Errors
    ///
    /// [`Failure::Engine`] if the engine can't make a context, or if there is a
    /// memory limit without a gauge to hold it.
    pub fn build(self) -> Result<Sandbox, Failure> {
        if self.limits.memory_bytes.is_some() && self.gauge.is_none() {
            return Err(Failure::Engine(
                "a memory limit needs a memory gauge: Sandbox::builder().memory_gauge(…)".into(),
            ));
        }
        let gauge = self.gauge.map(|read| Gauge { read, base: read() });
        let jobs = Rc::new(Jobs::default());
        let state = Rc::new(State::new(
            self.limits,
            self.eval,
            Rc::clone(&self.clock),
            gauge,
        ));
        let build = || -> JsResult<(Context, Reader)> {
            let mut context = Context::builder()
                .clock(Rc::new(SharedClock(self.clock)))
                .host_hooks(Rc::new(Hooks))
                .job_executor(Rc::clone(&jobs))
                // The engine's default loader reads files of the working folder.
                .module_loader(Rc::new(IdleModuleLoader))
                .build()?;
            context.insert_data(Rc::clone(&state));
            console::install(&mut context)?;
            let reader = Reader::new(&mut context)?;
            Ok((context, reader))
        };
        let (context, reader) = build().map_err(|error| Failure::Engine(error.to_string()))?;
        Ok(Sandbox::from_parts(context, state, jobs, reader))
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("limits", &self.limits)
            .field("eval", &self.eval)
            .finish_non_exhaustive()
    }
}

/// The context wants a clock of a known type.
struct SharedClock(Rc<dyn Clock>);

impl Clock for SharedClock {
    fn now(&self) -> JsInstant {
        self.0.now()
    }

    fn system_time_millis(&self) -> i64 {
        self.0.system_time_millis()
    }
}
