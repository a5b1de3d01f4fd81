//! Promise jobs, under the deadline of the run that made them.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{self, Poll, Waker};

use boa_engine::job::{Job, JobExecutor, NativeAsyncJob};
use boa_engine::{Context, JsResult};

use crate::state::State;

/// First in, first out. An endless `then` chain would never drain, so the
/// limits are looked at before every job.
#[derive(Default)]
pub(crate) struct Jobs {
    queue: RefCell<VecDeque<Job>>,
}

impl Jobs {
    /// Forgets what is left after a run was stopped.
    pub(crate) fn clear(&self) {
        self.queue.borrow_mut().clear();
    }
}

impl JobExecutor for Jobs {
    fn enqueue_job(self: Rc<Self>, job: Job, _context: &mut Context) {
        self.queue.borrow_mut().push_back(job);
    }

    fn run_jobs(self: Rc<Self>, context: &mut Context) -> JsResult<()> {
        let state = State::of(context);
        loop {
            let Some(job) = self.queue.borrow_mut().pop_front() else {
                return Ok(());
            };
            state.check()?;
            match job {
                Job::PromiseJob(job) => job.call(context)?,
                Job::GenericJob(job) => job.call(context)?,
                Job::AsyncJob(job) => match poll(job, context) {
                    Some(result) => result?,
                    None => continue,
                },
                // Timers are not there yet, and whether an object was collected
                // is not for guests to know.
                _ => continue,
            };
            context.clear_kept_objects();
        }
    }
}

/// Nothing wakes an asynchronous job here: one that is not ready at once
/// (dynamic import of what nobody serves, `Atomics.waitAsync`) is dropped.
fn poll(job: NativeAsyncJob, context: &mut Context) -> Option<JsResult<boa_engine::JsValue>> {
    let context = RefCell::new(context);
    let mut future = pin!(job.call(&context));
    let mut task = task::Context::from_waker(Waker::noop());
    match future.as_mut().poll(&mut task) {
        Poll::Ready(result) => Some(result),
        Poll::Pending => None,
    }
}
