//! A cache of parsed rules, with a bound, for one context. Hits and misses counted.

use std::collections::HashMap;

use boa_engine::{Context, JsResult, JsValue, Script, Source, js_string, property::Attribute};

// ANCHOR: cache
/// Parsed scripts of one context; when it is full, the one unused for longest goes.
#[derive(Default)]
struct ScriptCache {
    /// A `Script` is of use in the context that parsed it and nowhere else, so
    /// cache and context are one value, and nobody can bring the wrong one.
    context: Context,
    /// By the whole text (two texts may share a hash), with the last use.
    scripts: HashMap<String, (Script, u64)>,
    bound: usize,
    /// Lookups so far. They are also the cache's clock.
    lookups: u64,
    misses: u64,
}
// ANCHOR_END: cache

impl ScriptCache {
    // ANCHOR: script
    /// The parsed script, from the cache if it is there. A text that does not
    /// parse is kept out: it would take the place of one that runs.
    fn script(&mut self, source: &str) -> JsResult<Script> {
        self.lookups += 1;
        if let Some((script, last_use)) = self.scripts.get_mut(source) {
            *last_use = self.lookups;
            return Ok(script.clone()); // another pointer to the same script
        }
        self.misses += 1;
        let block = in_a_block(source);
        let script = Script::parse(Source::from_bytes(&block), None, &mut self.context)?;
        if self.scripts.len() >= self.bound {
            let oldest = self
                .scripts
                .iter()
                .min_by_key(|(_, (_, last_use))| *last_use);
            if let Some(source) = oldest.map(|(source, _)| source.clone()) {
                self.scripts.remove(&source);
            }
        }
        let entry = (script.clone(), self.lookups);
        self.scripts.insert(source.to_owned(), entry);
        Ok(script)
    }
    // ANCHOR_END: script

    fn price(&mut self, rule: &str, cups: i32) -> JsResult<JsValue> {
        let script = self.script(rule)?;
        self.context
            .register_global_property(js_string!("cups"), cups, Attribute::all())?;
        script.evaluate(&mut self.context)
    }
}

// ANCHOR: block
/// Parsing takes a script's top-level `let` names, and dropping the script does not
/// give them back. In a block they are the script's own. The line break ends a
/// comment on the last line.
fn in_a_block(source: &str) -> String {
    format!("{{{source}\n}}")
}
// ANCHOR_END: block

const TEA: &str = "let cents = 350; cents * cups";
const BULK: &str = "let cents = cups < 10 ? 350 : 300; cents * cups // from ten on";
const FREE: &str = "0";

fn main() -> JsResult<()> {
    let mut cache = ScriptCache {
        bound: 2,
        ..ScriptCache::default()
    };
    let orders = [
        ("tea", TEA, 2),
        ("tea", TEA, 3),
        ("bulk", BULK, 12),
        ("tea", TEA, 1),
        ("free", FREE, 1),  // a third rule: bulk goes, unused for longest
        ("bulk", BULK, 10), // parsed again, and its `let cents` does not clash
    ];
    for (name, rule, cups) in orders {
        let misses = cache.misses;
        let cents = cache.price(rule, cups)?;
        let found = if cache.misses > misses { "miss" } else { "hit" };
        println!(
            "{found:<4} {name:<4} {cups:>2} cups: {:>4} cents",
            cents.display()
        );
    }
    assert!(cache.price("let cents = ", 1).is_err(), "does not parse");
    assert_eq!(
        (cache.lookups, cache.misses, cache.scripts.len()),
        (7, 5, 2)
    );
    println!("7 lookups, 5 misses, 2 scripts kept");

    // ANCHOR: names
    let mut bare = Context::default();
    for (name, rule) in [("tea", TEA), ("bulk", BULK)] {
        let parsed = Script::parse(Source::from_bytes(rule), None, &mut bare);
        let said = parsed.map_or_else(|error| error.to_string(), |_| "parsed".to_owned());
        println!("{name} without a block: {said}");
    }
    // ANCHOR_END: names
    Ok(())
}
