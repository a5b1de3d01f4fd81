//! Arguments that can't be made from JSON: a type of one's own without
//! `Deserialize`, a borrowed slice, and a borrowed value.

use serde_json::Value;

struct Order {
    count: u32,
}

fn count(order: Order) -> u32 {
    order.count
}

fn join(words: &[String]) -> String {
    words.join(" ")
}

struct Playground;

impl Playground {
    fn new() -> Self {
        Self
    }

    fn run(&self, globals: &Value) -> Value {
        globals.clone()
    }
}

harness::serve! {
    fn count(Order)
    fn join(&[String])
    type Playground { new(), run(&Value) }
}
