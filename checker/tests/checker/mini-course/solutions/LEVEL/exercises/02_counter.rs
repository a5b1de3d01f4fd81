//! 1.2 counter: a number that grows.

/// A counter.
pub struct Counter(i32);

impl Counter {
    /// A counter at zero.
    pub fn new() -> Self {
        Self(0)
    }

    /// Adds `n` and returns the sum so far.
    pub fn add(&mut self, n: i32) -> i32 {
        self.0 += n;
        self.0
    }
}

harness::serve! { type Counter { new(), add(i32) } }
