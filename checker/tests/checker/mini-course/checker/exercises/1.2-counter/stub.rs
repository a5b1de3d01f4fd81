//! 1.2 counter: a number that grows.

/// A counter.
pub struct Counter;

impl Counter {
    /// A counter at zero.
    pub fn new() -> Self {
        todo!("make a counter")
    }

    /// Adds `n` and returns the sum so far.
    pub fn add(&mut self, n: i32) -> i32 {
        todo!("add {n}")
    }
}

harness::serve! { type Counter { new(), add(i32) } }
