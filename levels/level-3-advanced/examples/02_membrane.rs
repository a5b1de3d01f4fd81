//! A host's object behind a proxy of JavaScript, and behind one whose traps are in Rust.

use std::path::Path;
use std::rc::Rc;

use boa_engine::{
    Context, JsNativeError, JsObject, JsResult, JsValue, NativeFunction, Source, js_str, js_string,
    object::builtins::{JsArray, JsWeakMap},
    property::Attribute,
    realm::Realm,
};

/// The host's program. What it lends has no `key` in it. In sloppy code, a function that is
/// called without `this` would get the host's global object.
const HOST: &str = "
'use strict';
const key = 'k-4711';
const lamp = { on: false };
({
    max: 24,
    lamp,
    fixed: Object.freeze({ lamp }),
    turn(on) { lamp.on = on; return lamp },
    fahrenheit: (celsius) => celsius * 9 / 5 + 32,
})";

// ANCHOR: script
/// A function of the host's that wraps whatever guests get, and unwraps what they give.
const WRAP: &str = "
const proxies = new WeakMap(), reals = new WeakMap();
const real = (value) => reals.get(value) ?? value;
const wrap = (value) => {
    if (Object(value) !== value) return value;
    if (!proxies.has(value)) {
        const proxy = new Proxy(value, {
            get: (target, name) => wrap(target[name]),
            apply: (target, self, given) => wrap(target.apply(real(self), given.map(real))),
            set: () => false,
        });
        proxies.set(value, proxy);
        reals.set(proxy, value);
    }
    return proxies.get(value);
};
wrap";
// ANCHOR_END: script

// ANCHOR: guests
const GUESTS: &str = "
a value       house.max
a method      house.turn(true).on
the same?     house.turn(true) === house.lamp
a compiler    house.turn.constructor('return key')()
no trap       Object.getOwnPropertyDescriptor(house, 'turn')?.value.constructor('return key')()
an error      try { house.fahrenheit(20n) } catch (e) { e.valueOf.constructor('return key')() }
its own map   Array.prototype.map = (f) => [got = f]; house.turn(); globalThis.got?.constructor('return key')()
a frozen one  house.fixed.lamp.on
";
// ANCHOR_END: guests

fn main() -> JsResult<()> {
    for line in GUESTS.lines().skip(1) {
        let (name, program) = line.split_at(14);
        let behind_script = run(false, program)?;
        let behind_rust = run(true, program)?;
        println!("{}", name.trim_end());
        println!("  JavaScript  {behind_script}\n  Rust        {behind_rust}");
        assert!(!behind_rust.contains("k-4711"), "{name}");
    }
    Ok(())
}

/// What comes of a guest's program, in a context of its own.
fn run(in_rust: bool, program: &str) -> JsResult<String> {
    let mut context = Context::default();
    let guests = context.create_realm()?;
    let house = context.eval(Source::from_bytes(HOST))?;
    let lent = if in_rust {
        Lender::new(guests.clone(), &mut context)?.lend(house, &mut context)?
    } else {
        let wrap = context.eval(Source::from_bytes(WRAP))?;
        let wrap = wrap.to_object(&mut context)?;
        wrap.call(&JsValue::undefined(), &[house], &mut context)?
    };
    context.enter_realm(guests);
    context.register_global_property(js_str!("house"), lent, Attribute::all())?;
    let program = Source::from_bytes(program).with_path(Path::new("guest.js"));
    let told = context.eval(program);
    let told = told.or_else(|error| error.into_opaque(&mut context))?;
    Ok(told.display().to_string())
}

/// Lends a host's own properties, and calls with plain values. Nothing else.
struct Lender {
    guests: Realm,
    handler: JsObject,
    /// From a host's object to its proxy, and from a proxy's target to the host's object.
    proxies: JsWeakMap,
    reals: JsWeakMap,
}

impl Lender {
    fn new(guests: Realm, context: &mut Context) -> JsResult<Rc<Self>> {
        let lender = Rc::new(Self {
            handler: handler(&guests, context)?,
            guests,
            proxies: JsWeakMap::new(context),
            reals: JsWeakMap::new(context),
        });
        context.insert_data(Rc::clone(&lender));
        Ok(lender)
    }

    // ANCHOR: lend
    /// What guests get for a value of the host's: of an object a proxy, the same each time.
    fn lend(&self, value: JsValue, context: &mut Context) -> JsResult<JsValue> {
        let Some(real) = value.as_object() else {
            return Ok(value);
        };
        let known = self.proxies.get(&real, context)?;
        if !known.is_undefined() {
            return Ok(known);
        }
        let shadow = shadow(&real, &self.guests);
        let parts = [shadow.clone().into(), self.handler.clone().into()];
        let proxy = self.guests.intrinsics().constructors().proxy();
        let proxy = proxy.constructor().construct(&parts, None, context)?;
        self.reals.set(&shadow, value, context)?;
        self.proxies.set(&real, proxy.clone().into(), context)?;
        Ok(proxy.into())
    }
    // ANCHOR_END: lend

    // ANCHOR: answer
    /// Answers what a guest asked of a proxy.
    fn answer(
        &self,
        question: &str,
        real: &JsObject,
        given: &[JsValue],
        context: &mut Context,
    ) -> JsResult<JsValue> {
        let answer = match question {
            "get" => own(real, &given[0], context),
            "apply" => plain(&given[1], context)
                .and_then(|given| real.call(&JsValue::undefined(), &given, context)),
            _ => Ok(false.into()),
        };
        match answer {
            Ok(answer) => self.lend(answer, context),
            // The engine's limits are no values, and nobody catches them.
            Err(error) if error.as_engine().is_some() => Err(error),
            Err(_) => Err(JsNativeError::error().with_message("it failed").into()),
        }
    }
    // ANCHOR_END: answer
}

/// The host's own property of that name: not `constructor`, nor what else is inherited.
fn own(real: &JsObject, key: &JsValue, context: &mut Context) -> JsResult<JsValue> {
    let key = key.to_property_key(context)?;
    match real.has_own_property(key.clone(), context)? {
        true => real.get(key, context),
        false => Ok(JsValue::undefined()),
    }
}

/// The arguments of a call, if all are plain values: an object would be a guest's.
fn plain(list: &JsValue, context: &mut Context) -> JsResult<Vec<JsValue>> {
    let list = JsArray::from_object(list.to_object(context)?)?;
    let given: JsResult<Vec<_>> = (0..list.length(context)?)
        .map(|index| list.get(index, context))
        .collect();
    given.and_then(|given| match given.iter().any(JsValue::is_object) {
        true => Err(JsNativeError::typ().into()),
        false => Ok(given),
    })
}

// ANCHOR: shadow
/// An empty object of the guests' realm, to be the target of a proxy for `real`.
fn shadow(real: &JsObject, guests: &Realm) -> JsObject {
    if !real.is_callable() {
        return JsObject::with_object_proto(guests.intrinsics());
    }
    let nothing = NativeFunction::from_fn_ptr(|_, _, _| Ok(JsValue::undefined()));
    nothing.to_js_function(guests).into()
}
// ANCHOR_END: shadow

// ANCHOR: handler
/// The handler of all proxies. It inherits nothing, so nobody can give it more traps.
fn handler(guests: &Realm, context: &mut Context) -> JsResult<JsObject> {
    let handler = JsObject::with_null_proto();
    for question in ["get", "apply", "set", "defineProperty", "deleteProperty"] {
        let trap = NativeFunction::from_copy_closure(move |_, given, context| {
            let lender = context.get_data::<Rc<Lender>>().cloned();
            let lender = lender.expect("it is there before the first proxy");
            let shadow = given[0].to_object(context)?;
            let real = lender.reals.get(&shadow, context)?.to_object(context)?;
            lender.answer(question, &real, &given[1..], context)
        });
        let trap = trap.to_js_function(guests);
        handler.create_data_property_or_throw(js_string!(question), trap, context)?;
    }
    Ok(handler)
}
// ANCHOR_END: handler
