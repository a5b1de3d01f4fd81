// Test: limits don't make room for another clock
// Refused: .grant_clock(other)
// Cause: `grant_clock` is there for every sandbox with limits, whatever it was granted before
use solution::{Host, Limits, Sandbox};

fn main() {
    let (clock, other) = (Host::new().clock(), Host::new().clock());
    let sandbox = Sandbox::bare().grant_clock(clock);
    let sandbox = sandbox.limited(Limits { turns: 9, calls: 9 });
    let _ = sandbox.grant_clock(other);
}
