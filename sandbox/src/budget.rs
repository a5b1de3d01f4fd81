//! The run loop: slices of instructions, and a look at the limits between them.

use std::future::Future;
use std::path::Path;
use std::pin::pin;
use std::task::{self, Poll, Waker};

use boa_engine::object::builtins::JsArray;
use boa_engine::realm::Realm;
use boa_engine::{Context, JsError, JsResult, JsValue, Script, Source, js_string};

use crate::state::State;
use crate::thrown;

/// The engine's own "clock cycles" in one slice, a fraction of a millisecond.
const SLICE: u32 = 10_000;

/// The path of the trampoline's source, which is left out of stacks.
pub(crate) const TRAMPOLINE: &str = "<call>";

/// Evaluates `script`, looking at `state`'s limits between slices.
///
/// Dropping the engine's future midway leaves its frames behind; the sandbox
/// allows for them in its later runs (`Sandbox::make_room`).
pub(crate) fn evaluate(script: &Script, state: &State, context: &mut Context) -> JsResult<JsValue> {
    let stop = {
        let mut future = pin!(script.evaluate_async_with_budget(context, SLICE));
        let mut task = task::Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(result) = future.as_mut().poll(&mut task) {
                return result;
            }
            if let Err(stop) = state.check() {
                break stop;
            }
        }
    };
    state.place(thrown::here(context));
    Err(stop)
}

/// A script in a realm of its own that calls what the host put there.
///
/// A function called from Rust runs to its end without slices; called from a
/// script it is sliced. The guest never sees this realm's global object, so it
/// can't tell, redefine or freeze anything of it.
pub(crate) struct Trampoline {
    realm: Realm,
    script: Script,
}

impl Trampoline {
    fn new(context: &mut Context) -> JsResult<Self> {
        let realm = context.create_realm()?;
        let guest = context.enter_realm(realm.clone());
        let source = Source::from_bytes("f(...a)").with_path(Path::new(TRAMPOLINE));
        let script = Script::parse(source, None, context);
        context.enter_realm(guest);
        Ok(Self {
            realm,
            script: script?,
        })
    }
}

/// Calls `function` in slices, with `this` undefined.
pub(crate) fn call(
    function: &JsValue,
    arguments: &[JsValue],
    state: &State,
    context: &mut Context,
) -> JsResult<JsValue> {
    let (realm, script) = {
        let mut slot = state.trampoline.borrow_mut();
        let trampoline = match slot.take() {
            Some(trampoline) => trampoline,
            None => Trampoline::new(context)?,
        };
        let trampoline = slot.insert(trampoline);
        (trampoline.realm.clone(), trampoline.script.clone())
    };
    let guest = context.enter_realm(realm.clone());
    let list = JsArray::from_iter(arguments.iter().cloned(), context);
    let result = set(function.clone(), list.into(), context)
        .and_then(|()| evaluate(&script, state, context));
    // A stopped run has left its frames, and one of them is the current one now.
    context.enter_realm(realm);
    let cleared = set(JsValue::undefined(), JsValue::undefined(), context);
    context.enter_realm(guest);
    cleared.and(result)
}

fn set(function: JsValue, arguments: JsValue, context: &mut Context) -> Result<(), JsError> {
    let global = context.global_object();
    global.set(js_string!("f"), function, true, context)?;
    global.set(js_string!("a"), arguments, true, context)?;
    Ok(())
}
