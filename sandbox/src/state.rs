//! What the host's side of a context remembers during a run.
//!
//! The engine hands natives and hooks nothing but the context, so this is kept
//! in the context's data, shared with the sandbox. The true reason of an
//! uncatchable stop stays here too: the engine can only carry an error of its own.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use boa_engine::context::time::{Clock, JsInstant};
use boa_engine::error::RuntimeLimitError;
use boa_engine::{Context, JsError, JsObject};

use crate::budget::Trampoline;
use crate::console::Console;
use crate::error::{Failure, Position};
use crate::host::HostFunction;
use crate::limits::{Limit, LimitHit, Limits};

pub(crate) struct State {
    pub(crate) limits: Limits,
    pub(crate) eval: bool,
    pub(crate) console: RefCell<Console>,
    pub(crate) functions: RefCell<Vec<Rc<HostFunction>>>,
    /// Promises that were rejected and that nothing has handled yet.
    pub(crate) rejected: RefCell<Vec<JsObject>>,
    pub(crate) trampoline: RefCell<Option<Trampoline>>,
    clock: Rc<dyn Clock>,
    deadline: Cell<Option<JsInstant>>,
    gauge: Option<Gauge>,
    stop: RefCell<Option<Failure>>,
}

/// The builder's memory gauge and what it showed at first.
pub(crate) struct Gauge {
    pub(crate) read: fn() -> u64,
    pub(crate) base: u64,
}

impl State {
    pub(crate) fn new(
        limits: Limits,
        eval: bool,
        clock: Rc<dyn Clock>,
        gauge: Option<Gauge>,
    ) -> Self {
        Self {
            limits,
            eval,
            console: RefCell::default(),
            functions: RefCell::default(),
            rejected: RefCell::default(),
            trampoline: RefCell::default(),
            clock,
            deadline: Cell::default(),
            gauge,
            stop: RefCell::default(),
        }
    }

    /// The state of `context`, which every context of this crate has.
    pub(crate) fn of(context: &Context) -> Rc<Self> {
        Rc::clone(
            context
                .get_data::<Rc<Self>>()
                .expect("a context of this crate has its state"),
        )
    }

    /// Starts the clock for one run.
    pub(crate) fn start(&self) {
        self.stop.take();
        self.rejected.borrow_mut().clear();
        self.deadline
            .set(self.limits.wall.map(|wall| self.clock.now() + wall.into()));
    }

    /// Ends the run for `failure`; the first reason stays.
    ///
    /// The error is one that no guest code can catch.
    pub(crate) fn stop(&self, failure: impl Into<Failure>) -> JsError {
        self.stop.borrow_mut().get_or_insert_with(|| failure.into());
        RuntimeLimitError::LoopIteration.into()
    }

    /// Looks at the clock and at the memory gauge.
    ///
    /// Once a run is to stop, every later look says so again: should the
    /// engine lose the error on its way, the guest does not get far.
    pub(crate) fn check(&self) -> Result<(), JsError> {
        if self.stop.borrow().is_some() {
            return Err(RuntimeLimitError::LoopIteration.into());
        }
        if let Some(deadline) = self.deadline.get()
            && self.clock.now() >= deadline
        {
            return Err(self.stop(LimitHit::new(Limit::Wall, &self.limits)));
        }
        if self.over_memory() {
            // What is garbage does not count, and only now is it worth finding out.
            boa_gc::force_collect();
            if self.over_memory() {
                return Err(self.stop(LimitHit::new(Limit::Memory, &self.limits)));
            }
        }
        Ok(())
    }

    fn over_memory(&self) -> bool {
        match (&self.gauge, self.limits.memory_bytes) {
            (Some(gauge), Some(limit)) => (gauge.read)().saturating_sub(gauge.base) > limit,
            _ => false,
        }
    }

    /// Adds to a stop where the guest was.
    pub(crate) fn place(&self, position: Option<Position>) {
        if let Some(Failure::Limit(hit)) = &mut *self.stop.borrow_mut() {
            hit.position = hit.position.take().or(position);
        }
    }

    /// Why the run was stopped, if it was.
    pub(crate) fn stopped(&self) -> Option<Failure> {
        self.stop.borrow().clone()
    }
}
