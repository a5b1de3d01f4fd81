//! Six ways out of a realm, shown working, and the line that closes each.

use std::path::Path;

use Place::{Guests, Host};
use boa_engine::{
    Context, JsArgs, JsNativeError, JsObject, JsResult, JsValue, NativeFunction, Source, js_string,
    property::Attribute, realm::Realm,
};

/// Opens the house's door. It is a global of the host's realm, and no guest is given it.
const KEY: &str = "k-4711";

/// A guest's stay, in a house as it was or mended, and what the guest got hold of.
type Stay = fn(&mut House, mended: bool) -> JsResult<JsValue>;

fn main() -> JsResult<()> {
    let stays: [(&str, Stay); 6] = [
        ("a lent object", lent_object),
        ("an error", thrown_error),
        ("a callback's this", callback_this),
        ("a species", species),
        ("a polluted check", polluted_check),
        ("a late job", late_job),
    ];
    for (name, stay) in stays {
        println!("{name}");
        for mended in [false, true] {
            let mut house = House::new()?;
            let told = stay(&mut house, mended)
                .or_else(|error| error.into_opaque(&mut house.context))?
                .display()
                .to_string();
            println!("  {:9} {told}", if mended { "mended" } else { "as it was" });
            assert_ne!(mended, told.contains(KEY), "{name}");
        }
    }
    Ok(())
}

// ANCHOR: lent
fn lent_object(house: &mut House, mended: bool) -> JsResult<JsValue> {
    let place = if mended { Guests } else { Host };
    let limits = house.eval(place, "({ max: 24 })")?;
    house.give("limits", limits)?;
    house.eval(Guests, "limits.toString.constructor('return key')()")
}
// ANCHOR_END: lent

// ANCHOR: error
fn thrown_error(house: &mut House, mended: bool) -> JsResult<JsValue> {
    let convert = house.eval(Host, "(celsius) => celsius * 9 / 5 + 32")?;
    house.lend("fahrenheit", convert, move |convert, given, context| {
        let degrees = convert.call(&JsValue::undefined(), given, context);
        degrees.map_err(|error| match mended {
            false => error,
            true => JsNativeError::typ().with_message("no number").into(),
        })
    })?;
    let program = "
        try { fahrenheit(20n) }
        catch (oops) { oops.valueOf.constructor('return key')() }";
    house.eval(Guests, program)
}
// ANCHOR_END: error

// ANCHOR: this
fn callback_this(house: &mut House, mended: bool) -> JsResult<JsValue> {
    let bell = house.eval(Host, "({ opens: key })")?;
    house.lend("onring", bell, move |bell, given, context| {
        let listener = given.get_or_undefined(0).to_object(context)?;
        let this = match mended {
            false => bell.clone().into(),
            true => JsValue::undefined(),
        };
        listener.call(&this, &[], context)
    })?;
    house.eval(Guests, "onring(function () { return this.opens })")
}
// ANCHOR_END: this

// ANCHOR: species
fn species(house: &mut House, mended: bool) -> JsResult<JsValue> {
    let count = match mended {
        false => "(names) => [].concat.call(names, 'hall', key).length",
        true => "(names) => [...names, 'hall', key].length",
    };
    let count = house.eval(Host, count)?;
    house.lend("count", count, |count, given, context| {
        count.call(&JsValue::undefined(), given, context)
    })?;
    let program = "
        const loot = [], mine = [];
        const species = function () { return loot };
        mine.constructor = { [Symbol.species]: species };
        count(mine);
        loot.join()";
    house.eval(Guests, program)
}
// ANCHOR_END: species

// ANCHOR: check
fn polluted_check(house: &mut House, mended: bool) -> JsResult<JsValue> {
    let intrinsics = house.at(Guests).intrinsics();
    let visitor = match mended {
        false => JsObject::with_object_proto(intrinsics),
        true => JsObject::with_null_proto(),
    };
    house.lend("door", visitor.into(), |visitor, _, context| {
        let is_owner = visitor.get(js_string!("isOwner"), context)?;
        let told = if is_owner.to_boolean() { KEY } else { "shut" };
        Ok(js_string!(told).into())
    })?;
    house.eval(Guests, "Object.prototype.isOwner = true; door()")
}
// ANCHOR_END: check

// ANCHOR: job
fn late_job(house: &mut House, mended: bool) -> JsResult<JsValue> {
    let program = "
        var loot = 'nothing';
        Promise.resolve().then(() => { loot = lock })";
    house.eval(Guests, program)?;
    // The run is over. Now the house locks up, by a script that waits.
    let place = if mended { Host } else { Guests };
    let closing = format!("var lock = '{KEY}'; (async () => await lock)()");
    house.eval(place, &closing)?;
    house.context.run_jobs()?;
    house.eval(Guests, "loot")
}
// ANCHOR_END: job

/// A context with a realm for the host and one for its guests.
struct House {
    context: Context,
    realms: [Realm; 2],
}

#[derive(Clone, Copy)]
enum Place {
    Host,
    Guests,
}

impl House {
    fn new() -> JsResult<Self> {
        let mut context = Context::default();
        context.register_global_property(js_string!("key"), js_string!(KEY), Attribute::all())?;
        let realms = [context.realm().clone(), context.create_realm()?];
        Ok(Self { context, realms })
    }

    // ANCHOR: at
    /// The context, in the realm of the host or of the guests.
    fn at(&mut self, place: Place) -> &mut Context {
        let realm = self.realms[place as usize].clone();
        self.context.enter_realm(realm);
        &mut self.context
    }
    // ANCHOR_END: at

    /// Makes `value` a global of the guests' realm.
    fn give(&mut self, name: &str, value: JsValue) -> JsResult<()> {
        let guests = self.at(Guests);
        guests.register_global_property(js_string!(name), value, Attribute::all())
    }

    fn eval(&mut self, place: Place, source: &str) -> JsResult<JsValue> {
        let path = ["host.js", "guest.js"][place as usize];
        let source = Source::from_bytes(source).with_path(Path::new(path));
        self.at(place).eval(source)
    }

    /// Lends guests a function. It is made in their realm, and knows something of the host's.
    fn lend<F>(&mut self, name: &str, known: JsValue, call: F) -> JsResult<()>
    where
        F: Fn(&JsObject, &[JsValue], &mut Context) -> JsResult<JsValue> + Copy + 'static,
    {
        let guests = self.at(Guests);
        let known = known.to_object(guests)?;
        let call = NativeFunction::from_copy_closure_with_captures(
            move |_, given, known, context| call(known, given, context),
            known,
        );
        guests.register_global_callable(js_string!(name), 0, call)
    }
}
