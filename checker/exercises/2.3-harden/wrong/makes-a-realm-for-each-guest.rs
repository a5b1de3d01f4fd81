// Caught by: all guests run in the realm that new made
//! The safest kind of shared: nothing is shared, and nothing needs to be frozen.

use std::rc::Rc;

use boa_engine::{
    Context, JsArgs, JsError, JsObject, JsResult, JsString, JsValue, NativeFunction,
    gc::{Gc, GcRefCell},
    js_error, js_string,
    module::IdleModuleLoader,
    object::ObjectInitializer,
    property::Attribute,
};
use serde_json::{Value as Json, json};

/// One realm for each guest.
pub struct Shared;

impl Shared {
    /// There is nothing to prepare.
    pub fn new() -> Self {
        Self
    }

    /// Runs one guest and gives its completion value.
    pub fn run(&mut self, source: &str) -> Result<Json, String> {
        let mut context = Context::builder()
            .module_loader(Rc::new(IdleModuleLoader))
            .build()
            .map_err(|error| error.to_string())?;
        evaluate(source, &mut context).map_err(|thrown| text(thrown, &mut context))
    }
}

fn evaluate(source: &str, context: &mut Context) -> JsResult<Json> {
    let shop = shop(context)?;
    context.register_global_property(js_string!("shop"), shop, Attribute::all())?;
    let program = JsString::from(format!("'use strict'; void 0; {source}"));
    let eval = context.intrinsics().objects().eval();
    let value = eval.call(&JsValue::undefined(), &[program.into()], context)?;
    Ok(value.to_json(context)?.unwrap_or(Json::Null))
}

/// What guests are given: data, a function, and a notice board, which is the one
/// thing that they share on purpose.
fn shop(context: &mut Context) -> JsResult<JsObject> {
    let prices = json!({ "tea": 4, "coffee": 6, "sizes": ["small", "large"] });
    let prices = JsValue::from_json(&prices, context)?;
    let total = NativeFunction::from_fn_ptr(|_, arguments, context| {
        let item = arguments.get_or_undefined(0).to_string(context)?;
        let price = match item.to_std_string_escaped().as_str() {
            "tea" => 4.0,
            "coffee" => 6.0,
            _ => return Err(js_error!(RangeError: "not for sale here")),
        };
        let count = arguments.get_or_undefined(1).to_number(context)?;
        Ok(JsValue::from(price * count))
    });
    let board = Gc::new(GcRefCell::new(JsValue::undefined()));
    let read = NativeFunction::from_copy_closure_with_captures(
        |_, _, board, _| Ok(board.borrow().clone()),
        board.clone(),
    );
    let write = NativeFunction::from_copy_closure_with_captures(
        |_, arguments, board, _| {
            *board.borrow_mut() = arguments.get_or_undefined(0).clone();
            Ok(JsValue::undefined())
        },
        board,
    );
    let realm = context.realm().clone();
    let (read, write) = (read.to_js_function(&realm), write.to_js_function(&realm));
    Ok(ObjectInitializer::new(context)
        .property(js_string!("prices"), prices, Attribute::all())
        .function(total, js_string!("total"), 2)
        .accessor(
            js_string!("notice"),
            Some(read),
            Some(write),
            Attribute::all(),
        )
        .build())
}

/// What was thrown, as JavaScript's `String` tells it.
fn text(thrown: JsError, context: &mut Context) -> String {
    let shown = thrown.to_string();
    thrown
        .into_opaque(context)
        .and_then(|value| value.to_string(context))
        .map_or(shown, |text| text.to_std_string_escaped())
}

harness::serve! { type Shared { new(), run(&str) } }
