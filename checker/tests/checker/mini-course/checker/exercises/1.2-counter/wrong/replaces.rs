// Caught by: a counter remembers
struct Counter(i32);
impl Counter {
    fn new() -> Self { Self(0) }
    fn add(&mut self, n: i32) -> i32 {
        self.0 = n; self.0
    }
}
harness::serve! { type Counter { new(), add(i32) } }
