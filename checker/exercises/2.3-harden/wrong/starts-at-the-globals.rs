// Caught by: built-ins that only syntax, a symbol or a getter leads to are frozen
//! Walks thoroughly, from the one object that has names.

use std::{collections::HashSet, rc::Rc};

use boa_engine::{
    Context, JsArgs, JsError, JsObject, JsResult, JsString, JsValue, NativeFunction,
    gc::{Gc, GcRefCell},
    js_error, js_string,
    module::IdleModuleLoader,
    object::{IntegrityLevel, ObjectInitializer},
    property::{Attribute, PropertyDescriptor},
};
use serde_json::{Value as Json, json};

/// One realm for many guests.
pub struct Shared {
    context: Context,
}

impl Shared {
    /// Makes the realm and hardens it, before any guest has run.
    pub fn new() -> Result<Self, String> {
        // Guests import no files: the default loader would read the working folder.
        let mut context = Context::builder()
            .module_loader(Rc::new(IdleModuleLoader))
            .build()
            .map_err(|error| error.to_string())?;
        shop(&mut context)
            .and_then(|shop| harden(shop, &mut context))
            .map_err(|thrown| text(thrown, &mut context))?;
        Ok(Self { context })
    }

    /// Runs one guest and gives its completion value.
    pub fn run(&mut self, source: &str) -> Result<Json, String> {
        self.evaluate(source)
            .map_err(|thrown| text(thrown, &mut self.context))
    }

    /// `eval`, called from outside, gives strict code scopes of its own: the names
    /// at its top level are no globals and are gone with it. `void 0` is the value
    /// of a program without one, which would otherwise be `'use strict'`.
    fn evaluate(&mut self, source: &str) -> JsResult<Json> {
        let context = &mut self.context;
        let program = JsString::from(format!("'use strict'; void 0; {source}"));
        let eval = context.intrinsics().objects().eval();
        let value = eval.call(&JsValue::undefined(), &[program.into()], context)?;
        // JSON has no `undefined`: it is told as null.
        Ok(value.to_json(context)?.unwrap_or(Json::Null))
    }
}

/// Makes the realm one that no guest can change, with `shop` as a global.
fn harden(shop: JsObject, context: &mut Context) -> JsResult<()> {
    let built_ins = reachable(vec![context.global_object()], context)?;
    // Before the freeze, which ends all redefining; not the shop, whose data stays data.
    for object in &built_ins {
        allow_overriding(object, context)?;
    }
    context.register_global_property(js_string!("shop"), shop, Attribute::all())?;
    // A second walk, for the shop and for the functions made above. It begins at
    // every built-in: what an accessor will give can't be seen from outside.
    for object in reachable(built_ins.into_iter().collect(), context)? {
        object.set_integrity_level(IntegrityLevel::Frozen, context)?;
    }
    Ok(())
}

/// The objects that one comes to from `queue`: by prototypes, by properties, and
/// by getters and setters, which are functions and so objects, too.
fn reachable(mut queue: Vec<JsObject>, context: &mut Context) -> JsResult<HashSet<JsObject>> {
    let mut found = HashSet::new();
    while let Some(object) = queue.pop() {
        if !found.insert(object.clone()) {
            continue;
        }
        queue.extend(object.prototype());
        for key in object.own_property_keys(context)? {
            let Some(property) = object.borrow().properties().get(&key) else {
                continue;
            };
            let parts = [property.value(), property.get(), property.set()];
            queue.extend(parts.into_iter().flatten().filter_map(JsValue::as_object));
        }
    }
    Ok(found)
}

/// Lets whatever inherits from `object` have a property of its own by assignment,
/// also when `object` is frozen. A read-only property would forbid it, so each
/// becomes an accessor that reads as before and writes to the one assigned to.
fn allow_overriding(object: &JsObject, context: &mut Context) -> JsResult<()> {
    let realm = context.realm().clone();
    for key in object.own_property_keys(context)? {
        let Some(property) = object.borrow().properties().get(&key) else {
            continue;
        };
        // What was read-only before forbids it in any realm; what is locked stays.
        let (Some(value), Some(true), Some(true)) = (
            property.value(),
            property.writable(),
            property.configurable(),
        ) else {
            continue;
        };
        let get = NativeFunction::from_copy_closure_with_captures(
            |_, _, value, _| Ok(value.clone()),
            value.clone(),
        );
        let set = NativeFunction::from_copy_closure_with_captures(
            |this, arguments, key, context| {
                let Some(receiver) = this.as_object() else {
                    return Err(js_error!(TypeError: "a plain value has no properties"));
                };
                let key = key.to_property_key(context)?;
                let value = arguments.get_or_undefined(0).clone();
                // Fails for `object` itself, which is frozen.
                receiver.create_data_property_or_throw(key, value, context)?;
                Ok(JsValue::undefined())
            },
            JsValue::from(key.clone()),
        );
        let accessor = PropertyDescriptor::builder()
            .get(get.to_js_function(&realm))
            .set(set.to_js_function(&realm));
        object.define_property_or_throw(key, accessor, context)?;
    }
    Ok(())
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
