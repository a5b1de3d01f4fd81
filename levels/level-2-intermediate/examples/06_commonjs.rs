//! CommonJS by hand: a wrapper function, a cache, and a list of what may be required.

use std::{path::Path, rc::Rc};

use boa_engine::{
    Context, JsArgs, JsNativeError, JsObject, JsResult, JsString, JsValue, NativeFunction, Source,
    js_string, module::IdleModuleLoader,
};

/// What may be required. There is nothing else.
const MODULES: [(&str, &str); 5] = [
    // ANCHOR: modules
    (
        "order",
        "exports.open = true;
         exports.customer = require('customer').name;
         exports.open = false",
    ),
    (
        "customer",
        "const order = require('order');
         const look = () => `open: ${order.open}, customer: ${order.customer}`;
         exports.early = look(); exports.name = 'Ada'; exports.look = look",
    ),
    (
        "rates",
        "attempts = (globalThis.attempts ?? 0) + 1;
         if (attempts === 1) throw new Error('no rates yet');
         module.exports = { attempts }",
    ),
    // ANCHOR_END: modules
    ("loose", "}); outside = typeof require; (function () {"),
    (
        "main",
        "const attempt = (name) => { try { return require(name).attempts } catch (error) { return error.message } };
         require('order');
         const { early, look } = require('customer');
         require('loose');
         module.exports = [
            'in the cycle:  ' + early, 'afterwards:    ' + look(),
            'rates:         ' + [1, 2, 3].map(() => attempt('rates')).join(', then '),
            'fs:            ' + attempt('fs'), 'constructor:   ' + attempt('constructor'),
            'loose:         require is ' + outside + ' outside',
         ].join('\\n')",
    ),
];

// ANCHOR: load
/// The exports of the module `name`, which runs when it is first required.
fn load(name: &str, cache: &JsObject, context: &mut Context) -> JsResult<JsValue> {
    let Some((_, text)) = MODULES.iter().find(|(listed, _)| *listed == name) else {
        let text = format!("'{name}' is not one of {}", MODULES.map(|m| m.0).join(", "));
        return Err(JsNativeError::error().with_message(text).into());
    };
    let key = JsString::from(name);
    if let Some(module) = cache.get(key.clone(), context)?.as_object() {
        return module.get(js_string!("exports"), context);
    }
    let module = JsObject::with_object_proto(context.intrinsics());
    let exports = JsObject::with_object_proto(context.intrinsics());
    module.set(js_string!("exports"), exports, true, context)?;
    // Before it runs: a module that requires it back gets what is there by then.
    cache.set(key.clone(), module.clone(), true, context)?;
    if let Err(error) = run(name, text, &module, cache, context) {
        // Or the next `require` would find one half and no error.
        cache.delete_property_or_throw(key, context)?;
        return Err(error);
    }
    module.get(js_string!("exports"), context)
}
// ANCHOR_END: load

// ANCHOR: run
/// Runs a module's text as the body of a function.
fn run(
    name: &str,
    text: &str,
    module: &JsObject,
    cache: &JsObject,
    context: &mut Context,
) -> JsResult<()> {
    // On one line with the text, so that its lines keep their numbers.
    let wrapped = format!("(function (exports, require, module) {{{text}\n}})");
    let wrapper = context.eval(Source::from_bytes(&wrapped).with_path(Path::new(name)))?;
    let Some(wrapper) = wrapper.as_callable() else {
        return Err(JsNativeError::syntax().with_message(name.to_owned()).into());
    };
    let require = NativeFunction::from_copy_closure_with_captures(
        |_, arguments, cache, context| {
            let name = arguments.get_or_undefined(0).to_string(context)?;
            load(&name.to_std_string_lossy(), cache, context)
        },
        cache.clone(),
    );
    let require = require.to_js_function(context.realm());
    let exports = module.get(js_string!("exports"), context)?;
    let arguments = [exports.clone(), require.into(), module.clone().into()];
    wrapper.call(&exports, &arguments, context)?;
    Ok(())
}
// ANCHOR_END: run

fn main() -> JsResult<()> {
    // Without it, `import()` in a module reads the working folder: see example 05.
    let idle = Rc::new(IdleModuleLoader);
    let mut context = Context::builder().module_loader(idle).build()?;
    // Without a prototype: `constructor` is not in it.
    let cache = JsObject::with_null_proto();
    let told = load("main", &cache, &mut context)?.to_string(&mut context)?;
    let told = told.to_std_string_escaped();
    println!("{told}");
    assert!(told.contains("no rates yet, then 2, then 2"));
    Ok(())
}
