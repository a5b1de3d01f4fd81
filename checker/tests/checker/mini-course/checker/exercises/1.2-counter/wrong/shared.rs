// Caught by: two counters are two
struct Counter(i32);
impl Counter {
    fn new() -> Self { Self(0) }
    fn add(&mut self, n: i32) -> i32 {
        use std::sync::atomic::*; static SUM: AtomicI32 = AtomicI32::new(0); SUM.fetch_add(n, Ordering::SeqCst) + n + 0 * self.0
    }
}
harness::serve! { type Counter { new(), add(i32) } }
