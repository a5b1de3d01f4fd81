//! The engine's questions to its host.

use boa_engine::builtins::promise::{OperationType, Promise};
use boa_engine::context::HostHooks;
use boa_engine::job::JobCallback;
use boa_engine::realm::Realm;
use boa_engine::{Context, JsNativeError, JsObject, JsResult, JsString, JsValue};

use crate::budget;
use crate::limits::{Limit, LimitHit};
use crate::nesting;
use crate::state::State;

pub(crate) struct Hooks;

impl HostHooks for Hooks {
    /// `eval`, `Function` and their cousins: refused, or held to the nesting limit.
    fn ensure_can_compile_strings(
        &self,
        _realm: Realm,
        parameters: &[JsString],
        body: &JsString,
        _direct: bool,
        context: &mut Context,
    ) -> JsResult<()> {
        let state = State::of(context);
        state.check()?;
        if !state.eval {
            return Err(JsNativeError::eval()
                .with_message("code from strings is not allowed in this sandbox")
                .into());
        }
        for source in parameters.iter().chain([body]) {
            let source = source.to_std_string_lossy();
            if let Err(position) = nesting::check(&source, state.limits.nesting) {
                let mut hit = LimitHit::new(Limit::Nesting, &state.limits);
                hit.position = Some(position);
                return Err(state.stop(hit));
            }
        }
        Ok(())
    }

    /// A promise's reactions, run in slices, so that the wall limit reaches
    /// into `then` callbacks. (What follows an `await` is resumed by the engine
    /// itself and is not sliced.)
    fn call_job_callback(
        &self,
        job: &JobCallback,
        this: &JsValue,
        arguments: &[JsValue],
        context: &mut Context,
    ) -> JsResult<JsValue> {
        if !this.is_undefined() {
            return job.callback().call(this, arguments, context);
        }
        let state = State::of(context);
        let function = JsValue::from(job.callback().clone());
        budget::call(&function, arguments, &state, context)
    }

    fn promise_rejection_tracker(
        &self,
        promise: &JsObject<Promise>,
        operation: OperationType,
        context: &mut Context,
    ) {
        let state = State::of(context);
        let promise = promise.clone().upcast();
        let mut rejected = state.rejected.borrow_mut();
        match operation {
            OperationType::Reject => rejected.push(promise),
            OperationType::Handle => rejected.retain(|it| !JsObject::equals(it, &promise)),
        }
    }

    /// A buffer that alone exceeds the memory limit is refused before it is made.
    fn max_buffer_size(&self, context: &mut Context) -> u64 {
        const UNLIMITED: u64 = 1_610_612_736;
        State::of(context)
            .limits
            .memory_bytes
            .map_or(UNLIMITED, |limit| limit.min(UNLIMITED))
    }
}
