//! Exercise 3.1 · A membrane
//!
//! A host lends an object to guests who run in a realm of their own. Everything that
//! crosses between the two realms goes through one membrane, in both directions. What a
//! proxy is made of stands below a line; write each `todo!`, with as many functions of
//! your own as you like:
//!
//! - `cross`: what stands on one side for a value of the other, the same for the same;
//! - `answer`: what comes of each question that can be put to a proxy, or is thrown;
//! - `revoke`: from then on there is one answer to all of them.
//!
//! Judge it: `cargo checker 3.1` · the whole task: `cargo checker show 3.1` ·
//! a hint: `cargo checker hint 3.1`

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use Side::{Guest, Host};
use boa_engine::{
    Context, JsError, JsNativeError, JsObject, JsResult, JsValue, NativeFunction, Source,
    builtins::{error::Error, promise::PromiseState},
    js_str, js_string,
    module::IdleModuleLoader,
    object::{
        FunctionObjectBuilder,
        builtins::{JsArray, JsPromise, JsWeakMap},
    },
    property::{Attribute, PropertyDescriptor},
    realm::Realm,
};
use serde_json::Value as Json;

/// A host's object, lent to guests who run in a realm of their own.
pub struct Guarded {
    context: Context,
    membrane: Rc<Membrane>,
}

impl Guarded {
    /// Runs the host's program, as strict code, in the host's realm and lends its value to
    /// the guests, as their global `host`. They may assign those properties that `writable`
    /// names.
    pub fn new(host: &str, writable: Vec<String>) -> Result<Self, String> {
        let mut context = context()?;
        match lend(host, writable, &mut context) {
            Ok(membrane) => Ok(Self { context, membrane }),
            Err(thrown) => Err(text(thrown, &mut context)),
        }
    }

    /// Runs a guest's program in the guests' realm.
    pub fn run(&mut self, source: &str) -> Result<Json, String> {
        let Self { context, membrane } = self;
        membrane.within(Guest, context, |context| {
            let told = membrane.evaluate(source, context);
            told.map_err(|thrown| text(thrown, context))
        })
    }

    /// From now on nothing passes the membrane, in either direction, whatever anybody
    /// holds.
    pub fn revoke(&mut self) {
        let _ = &self.membrane.open;
        todo!("close the membrane")
    }
}

impl Membrane {
    /// What stands on side `to` for a value of the other side: always the same for the
    /// same object, and for something that came from `to`, that thing itself.
    fn cross(&self, value: &JsValue, to: Side, context: &mut Context) -> JsResult<JsValue> {
        let Some(object) = value.as_object() else {
            return Ok(value.clone());
        };
        let _ = (&self.known, self.stand_in(&object, to, context)?);
        todo!("look up what stands for it on side `to`, and make that only if nothing does")
    }

    /// Answers a question, one of `QUESTIONS`, that was put on side `near` to the proxy of
    /// `real`. `given` is what a trap is given behind its target.
    fn answer(
        &self,
        question: &str,
        near: Side,
        real: &JsObject,
        given: &[JsValue],
        context: &mut Context,
    ) -> JsResult<JsValue> {
        let (reflect, writable) = (&self.reflect[near.other() as usize], &self.writable);
        let _ = (reflect, writable, question, real, given, context);
        todo!("refuse what is to be refused, and ask the other side's `Reflect` the rest")
    }
}

// ---- Given: the two sides, shadows, errors, built-ins -----------------------------------

/// Makes the membrane, runs the host's program, and lends its value.
fn lend(host: &str, writable: Vec<String>, context: &mut Context) -> JsResult<Rc<Membrane>> {
    let membrane = Rc::new(Membrane::new(writable, context)?);
    context.insert_data(Rc::clone(&membrane));
    // Guests are given their own built-ins for the host's. What the host's program adds to
    // its realm comes later and is none of them.
    for (hosts, guests) in natives(&membrane, context)? {
        membrane.known[Guest as usize].set(&hosts, guests.into(), context)?;
    }
    // Strict code: a sloppy function that guests hand back as a callback would get the
    // host's global object for its `this`, from the engine itself.
    context.strict(true);
    let lent = context.eval(Source::from_bytes(host));
    context.strict(false);
    let lent = membrane.cross(&lent?, Guest, context)?;
    membrane.within(Guest, context, |context| {
        context.register_global_property(js_str!("host"), lent, Attribute::all())
    })?;
    Ok(membrane)
}

/// The two sides of a membrane.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Side {
    Host,
    Guest,
}

impl Side {
    fn other(self) -> Self {
        match self {
            Host => Guest,
            Guest => Host,
        }
    }
}

/// What a membrane knows. There is one in a context.
struct Membrane {
    realms: [Realm; 2],
    /// For each side, what stands there for objects of the other.
    known: [JsWeakMap; 2],
    /// The real object that a shadow, the target of a proxy, stands for.
    reals: JsWeakMap,
    /// The handler of all proxies on a side.
    handlers: [JsObject; 2],
    /// The functions of each realm's `Reflect`, taken before anybody's program ran.
    reflect: [HashMap<&'static str, JsObject>; 2],
    stringify: JsObject,
    writable: Vec<String>,
    open: Cell<bool>,
}

/// What can be asked of an object. Proxies have traps of these names, and `Reflect` has
/// functions. One is missing, `isExtensible`: the engine wants the shadow's answer.
const QUESTIONS: [&str; 12] = [
    "get",
    "set",
    "has",
    "ownKeys",
    "getOwnPropertyDescriptor",
    "defineProperty",
    "deleteProperty",
    "getPrototypeOf",
    "setPrototypeOf",
    "preventExtensions",
    "apply",
    "construct",
];

impl Membrane {
    fn new(mut writable: Vec<String>, context: &mut Context) -> JsResult<Self> {
        // Guests set no prototypes, whatever the host lists.
        writable.retain(|name| name != "__proto__");
        let realms = [context.realm().clone(), context.create_realm()?];
        let mut reflect = [HashMap::new(), HashMap::new()];
        for (realm, functions) in realms.iter().zip(&mut reflect) {
            for question in QUESTIONS {
                let function = realm.intrinsics().objects().reflect();
                let function = function.get(js_string!(question), context)?;
                functions.insert(question, function.to_object(context)?);
            }
        }
        let json = realms[Guest as usize].intrinsics().objects().json();
        let stringify = json.get(js_str!("stringify"), context)?;
        Ok(Self {
            known: [JsWeakMap::new(context), JsWeakMap::new(context)],
            reals: JsWeakMap::new(context),
            handlers: [
                handler(Host, &realms[Host as usize], context)?,
                handler(Guest, &realms[Guest as usize], context)?,
            ],
            realms,
            reflect,
            stringify: stringify.to_object(context)?,
            writable,
            open: Cell::new(true),
        })
    }

    /// Does something in a side's realm, and goes back to the realm before.
    fn within<T>(
        &self,
        side: Side,
        context: &mut Context,
        act: impl FnOnce(&mut Context) -> T,
    ) -> T {
        let left = context.enter_realm(self.realms[side as usize].clone());
        let outcome = act(context);
        context.enter_realm(left);
        outcome
    }

    /// Something new on side `to` for an object of the other side: a proxy, and for an
    /// error of the host's a new error.
    fn stand_in(&self, real: &JsObject, to: Side, context: &mut Context) -> JsResult<JsObject> {
        if to == Guest && real.is::<Error>() {
            return self.renewed(real, context);
        }
        self.within(to, context, |context| {
            let shadow = shadow(real, context);
            self.reals.set(&shadow, real.clone().into(), context)?;
            let parts = [shadow.into(), self.handlers[to as usize].clone().into()];
            let proxy = context.intrinsics().constructors().proxy().constructor();
            proxy.construct(&parts, None, context)
        })
    }

    /// A new error of the guests' realm, with the name and the message of a host's error
    /// and nothing else of it.
    fn renewed(&self, error: &JsObject, context: &mut Context) -> JsResult<JsObject> {
        // Its getters may be a guest's, who must not have it renewed again and again. Until
        // it is made, this one stands for it.
        let bare = self.within(Guest, context, |context| {
            JsNativeError::error().into_opaque(context)
        });
        self.known[Guest as usize].set(error, bare.into(), context)?;
        let told = self.within(Host, context, |context| {
            let mut told = |part| {
                let part = error.get(part, context);
                match part.and_then(|part| part.to_string(context)) {
                    Ok(part) => Ok(part.to_std_string_lossy()),
                    Err(limit) if limit.as_engine().is_some() => Err(limit),
                    Err(_) => Ok("Error".to_owned()),
                }
            };
            Ok::<_, JsError>((told(js_string!("name"))?, told(js_string!("message"))?))
        });
        self.known[Guest as usize].delete(error, context)?;
        let (name, message) = told?;
        let kind = match name.as_str() {
            "TypeError" => JsNativeError::typ(),
            "RangeError" => JsNativeError::range(),
            "ReferenceError" => JsNativeError::reference(),
            "SyntaxError" => JsNativeError::syntax(),
            _ => JsNativeError::error(),
        };
        self.within(Guest, context, |context| {
            let error = kind.with_message(message).into_opaque(context);
            let name = js_string!(name.as_str());
            error.create_data_property_or_throw(js_str!("name"), name, context)?;
            Ok(error)
        })
    }

    /// Runs a program and its jobs. Tells its value as `JSON.stringify` does, and null for
    /// what that leaves out; of a promise, what it was fulfilled with.
    fn evaluate(&self, source: &str, context: &mut Context) -> JsResult<Json> {
        let value = context.eval(Source::from_bytes(source))?;
        let promise = JsPromise::resolve(value, context)?;
        context.run_jobs()?;
        let value = match promise.state() {
            PromiseState::Fulfilled(value) => value,
            PromiseState::Rejected(reason) => return Err(JsError::from_opaque(reason)),
            PromiseState::Pending => JsValue::undefined(),
        };
        let none = JsValue::undefined();
        let text = self.stringify.call(&none, &[value], context)?;
        let text = text.as_string().map(|text| text.to_std_string_lossy());
        let json = text.and_then(|text| serde_json::from_str(&text).ok());
        Ok(json.unwrap_or(Json::Null))
    }
}

/// The handler of all proxies on one side. It inherits nothing, so nobody can add a trap.
fn handler(near: Side, realm: &Realm, context: &mut Context) -> JsResult<JsObject> {
    let handler = JsObject::with_null_proto();
    for question in QUESTIONS {
        // For the host, a guest's list is an `Array`, and so on: the shadow tells.
        if near == Host && question == "getPrototypeOf" {
            continue;
        }
        let trap = NativeFunction::from_copy_closure(move |_, given, context| {
            let membrane = context.get_data::<Rc<Membrane>>().cloned();
            let membrane = membrane.expect("a membrane is made before its proxies");
            let (shadow, given) = given.split_first().expect("a trap is given its target");
            let shadow = shadow.to_object(context)?;
            let real = membrane.reals.get(&shadow, context)?.to_object(context)?;
            membrane.answer(question, near, &real, given, context)
        });
        let trap = trap.to_js_function(realm);
        handler.create_data_property_or_throw(js_string!(question), trap, context)?;
    }
    Ok(handler)
}

/// A context whose programs import no files: the default loader would read the
/// working folder.
fn context() -> Result<Context, String> {
    Context::builder()
        .module_loader(Rc::new(IdleModuleLoader))
        .build()
        .map_err(|error| error.to_string())
}

/// An empty object of the current realm, of `real`'s kind: a function, a class, a list, an
/// error, or none of these. A proxy has its kind from its target.
fn shadow(real: &JsObject, context: &mut Context) -> JsObject {
    if real.is_callable() {
        let nothing = NativeFunction::from_fn_ptr(|_, _, _| Ok(JsValue::undefined()));
        let realm = context.realm().clone();
        let function = FunctionObjectBuilder::new(&realm, nothing);
        function.constructor(real.is_constructor()).build().into()
    } else if real.is_array() {
        JsArray::from_iter([], context).into()
    } else if real.is::<Error>() {
        JsNativeError::error().into_opaque(context)
    } else {
        JsObject::with_object_proto(context.intrinsics())
    }
}

/// Objects that no global name leads to.
const SAMPLES: &str = "[
    function* () {}, async () => {}, async function* () {},
    [].values(), ''[Symbol.iterator](), ''.matchAll(/a/g), new Map().keys(), new Set().keys(),
    [].values().map(String), Iterator.from({ next() {} }),
]";

/// Each built-in object of the host's realm, with its like of the guests' realm. Call it
/// before any program has run.
fn natives(membrane: &Membrane, context: &mut Context) -> JsResult<Vec<(JsObject, JsObject)>> {
    let mut roots = |side| {
        membrane.within(side, context, |context| {
            let samples = context.eval(Source::from_bytes(SAMPLES))?;
            Ok::<_, JsError>([context.global_object(), samples.to_object(context)?])
        })
    };
    let (hosts, guests) = (roots(Host)?, roots(Guest)?);
    let mut queue: Vec<_> = hosts.into_iter().zip(guests).collect();
    let (mut found, mut pairs) = (HashSet::new(), Vec::new());
    while let Some((one, other)) = queue.pop() {
        if !found.insert(one.clone()) {
            continue;
        }
        queue.extend(one.prototype().zip(other.prototype()));
        for key in one.own_property_keys(context)? {
            // `await` and `for of` ask for these, and only the promise or the iterator
            // itself has an answer. So they cross like functions of the host's own.
            let protocol = ["then", "next", "return", "throw"];
            if protocol.map(|name| js_string!(name).into()).contains(&key) {
                continue;
            }
            let properties = [&one, &other].map(|object| object.borrow().properties().get(&key));
            let [Some(hosts), Some(guests)] = properties else {
                continue;
            };
            let parts = |of: &PropertyDescriptor| {
                [of.value(), of.get(), of.set()].map(|part| part.and_then(JsValue::as_object))
            };
            let both = parts(&hosts).into_iter().zip(parts(&guests));
            queue.extend(both.filter_map(|(one, other)| one.zip(other)));
        }
        pairs.push((one, other));
    }
    Ok(pairs)
}

/// What was thrown, as JavaScript's `String` tells it.
fn text(thrown: JsError, context: &mut Context) -> String {
    let shown = thrown.to_string();
    thrown
        .into_opaque(context)
        .and_then(|value| value.to_string(context))
        .map_or(shown, |text| text.to_std_string_lossy())
}

harness::serve! { type Guarded { new(&str, Vec<String>), run(&str), revoke() } }
