//! A tea shop with plugins: versions, order, copies, budgets, isolated failures.

use boa_engine::{Context, JsObject, JsString, JsValue, Source, property::PropertyKey};
use serde_json::{Value as Json, json};

// ANCHOR: plugins
const LOYALTY: &str = "
let seen = 0;
({ name: 'loyalty', api: 3, order: 20, on: {
    price: order => ++seen === 3 ? order.cents / 2 : order.cents,
    receipt: () => `your order ${seen} of 3`,
} })";
const BULK: &str = "
({ name: 'bulk', api: 2, order: 10, on: {
    price: order => order.cents - (order.cups < 10 ? 0 : 500),
} })";
// ANCHOR_END: plugins

// ANCHOR: bad
const BAD: [&str; 6] = [
    "({ name: 'vandal', api: 3, order: 5, on: { price(order) {
        const cents = order.cents;
        order.cents = 0; Math.max = null;
        return cents;
    } } })",
    "({ name: 'fragile', api: 3, order: 10, on: { price(order) {
        if (order.cups > 9) throw new RangeError('no such pot');
        return order.cents;
    } } })",
    "({ name: 'generous', api: 3, order: 30,
        on: { price: order => order.cents - 5000 } })",
    "({ name: 'endless', api: 3, order: 1,
        on: { receipt() { for (;;) {} } } })",
    "({ name: 'coupons', api: 1, order: 1,
        on: { price: cents => cents } })",
    "({ name: 'gift', api: 3, order: 1,
        on: { reciept: () => 'with a scone' } })",
];
// ANCHOR_END: bad

// ANCHOR: load
/// All that can be hooked into. Another name is refused, since it is a mistake.
const HOOKS: [&str; 2] = ["price", "receipt"];

struct Plugin {
    name: String,
    order: i32,
    on: JsObject,
    context: Context, // its own: what it breaks in there, it breaks for itself
}

fn load(source: &str) -> Result<Plugin, String> {
    let mut context = Context::default();
    // For this run and for every call of a hook.
    context.runtime_limits_mut().set_loop_iteration_limit(1_000);
    let declared = context.eval(Source::from_bytes(source)).map_err(cut)?;
    let declared = declared.as_object().ok_or("a plugin declares nothing")?;
    let name = slot(&declared, "name").and_then(|name| name.as_string());
    let name = cut(name.ok_or("a plugin has no name")?.to_std_string_lossy());
    let number = |key| slot(&declared, key).and_then(|value| value.as_i32());
    let api = number("api").ok_or(format!("{name} names no API"))?;
    if !(2..=3).contains(&api) {
        return Err(format!("{name} speaks API {api}, this shop 2 and 3"));
    }
    let on = slot(&declared, "on").and_then(|on| on.as_object());
    let on = on.ok_or(format!("{name} has no hooks"))?;
    for key in on.own_property_keys(&mut context).map_err(cut)? {
        if !HOOKS.contains(&&*key.to_string()) {
            return Err(format!("{name}: {} is none of {HOOKS:?}", cut(key)));
        }
    }
    let order = number("order").unwrap_or(0);
    Ok(Plugin {
        name,
        order,
        on,
        context,
    })
}
// ANCHOR_END: load

// ANCHOR: slot
/// What is stored under a name. No getter of the plugin's runs for it.
fn slot(object: &JsObject, name: &str) -> Option<JsValue> {
    let key = PropertyKey::from(JsString::from(name));
    object.borrow().properties().get(&key)?.value().cloned()
}
// ANCHOR_END: slot

// ANCHOR: cut
/// A guest's words, fit for a log: one line, no escape sequences, and not too long.
fn cut(words: impl ToString) -> String {
    let words = words.to_string();
    let line = words.lines().next().unwrap_or_default();
    line.chars().filter(|c| !c.is_control()).take(80).collect()
}
// ANCHOR_END: cut

// ANCHOR: call
/// Lets each plugin in turn have a say about `order`. Who throws, passes a limit or
/// answers nonsense is switched off, and the order stays as it was before.
fn each(plugins: &mut Vec<Plugin>, hook: &str, order: &mut Json) {
    plugins.retain_mut(|plugin| {
        let Some(function) = slot(&plugin.on, hook).and_then(|hook| hook.as_callable()) else {
            return true;
        };
        let context = &mut plugin.context;
        let answer = JsValue::from_json(order, context) // a copy
            .and_then(|copy| function.call(&JsValue::undefined(), &[copy], context));
        let done = answer
            .map_err(cut)
            .and_then(|answer| accept(hook, order, &answer));
        if let Err(why) = &done {
            println!("  {} is off: {hook}: {why}", plugin.name);
        }
        done.is_ok()
    });
}
// ANCHOR_END: call

// ANCHOR: accept
/// A number or a text, and no walk over what else a plugin may have built.
fn accept(hook: &str, order: &mut Json, answer: &JsValue) -> Result<(), String> {
    match (hook, answer.as_number(), answer.as_string()) {
        ("price", Some(cents), _) if (0.0..=1e6).contains(&cents) => {
            order["cents"] = json!(cents.round() as u32);
        }
        ("receipt", _, Some(line)) => println!("  {}", cut(line.to_std_string_lossy())),
        _ => return Err(format!("answered {}", cut(answer.display()))),
    }
    Ok(())
}
// ANCHOR_END: accept

fn main() {
    // ANCHOR: order
    let mut plugins = Vec::new();
    for source in [LOYALTY, BULK].iter().chain(&BAD) {
        match load(source) {
            Ok(plugin) => plugins.push(plugin),
            Err(why) => println!("refused: {why}"),
        }
    }
    // By number, equals by name: the same on each start, whatever was loaded first.
    plugins.sort_by_key(|plugin| (plugin.order, plugin.name.clone()));
    // ANCHOR_END: order
    for (cups, to_pay) in [(2, 700), (12, 3700), (4, 700)] {
        println!("{} plugins on, {cups} cups", plugins.len());
        let mut order = json!({ "cups": cups, "cents": cups * 350 });
        each(&mut plugins, "price", &mut order);
        each(&mut plugins, "receipt", &mut order);
        println!("  to pay: {}", order["cents"]);
        assert_eq!(order["cents"], to_pay);
    }
    let on: Vec<_> = plugins.iter().map(|plugin| &*plugin.name).collect();
    assert_eq!(on, ["vandal", "bulk", "loyalty"]);
}
