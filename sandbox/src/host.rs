//! Functions of the host.

use std::rc::Rc;

use boa_engine::property::PropertyDescriptor;
use boa_engine::{Context, JsError, JsNativeError, JsResult, JsValue, js_string};

use crate::error::Failure;
use crate::inward;
use crate::state::State;
use crate::value::Value;
use crate::walk;

/// A function of the host, as it is kept.
pub(crate) type HostFunction = dyn Fn(&[Value]) -> Result<Value, HostError>;

/// How a host function can fail.
#[derive(Debug, Clone, PartialEq)]
pub enum HostError {
    /// Thrown in the guest, as an `Error` of the guest's realm.
    Throw {
        /// The error's `name`.
        name: String,
        /// The error's `message`.
        message: String,
        /// The error's `data` property, if it is to have one.
        data: Option<Value>,
    },
    /// Ends the run: no guest code can catch it, no `finally` runs, and the run
    /// returns [`Failure::Stopped`] with this text.
    Stop(String),
}

/// The native behind every host function.
pub(crate) fn call(
    index: usize,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let state = State::of(context);
    state.check()?;
    let bounds = state.limits.value;
    let mut values = Vec::with_capacity(arguments.len());
    for (index, argument) in arguments.iter().enumerate() {
        let root = format!("arguments[{index}]");
        let value = walk::outward(argument, &root, bounds, context);
        values.push(value.map_err(|failure| refused(&failure))?);
    }
    let function = Rc::clone(&state.functions.borrow()[index]);
    match function(&values) {
        Ok(value) => {
            inward::inward(&value, "result", bounds, context).map_err(|failure| refused(&failure))
        }
        Err(HostError::Stop(reason)) => Err(state.stop(Failure::Stopped(reason))),
        Err(HostError::Throw {
            name,
            message,
            data,
        }) => {
            let error = JsNativeError::error().with_message(message);
            let error = error.into_opaque(context);
            if name != "Error" {
                let property = PropertyDescriptor::builder()
                    .value(js_string!(name))
                    .writable(true)
                    .enumerable(false)
                    .configurable(true);
                error.define_property_or_throw(js_string!("name"), property, context)?;
            }
            if let Some(data) = data {
                let data = inward::inward(&data, "data", bounds, context)
                    .map_err(|failure| refused(&failure))?;
                error.create_data_property_or_throw(js_string!("data"), data, context)?;
            }
            Err(JsError::from_opaque(error.into()))
        }
    }
}

/// A value that can't cross in the middle of a run is an error of the guest's,
/// which it may catch.
fn refused(failure: &Failure) -> JsError {
    match failure {
        Failure::Limit(_) => JsNativeError::range(),
        _ => JsNativeError::typ(),
    }
    .with_message(failure.to_string())
    .into()
}
