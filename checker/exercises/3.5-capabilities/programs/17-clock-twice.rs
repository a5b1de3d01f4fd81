// Test: a sandbox is granted one clock
// Refused: .grant_clock(other)
// Cause: `grant_clock` is there for every sandbox, whatever it was granted before
use solution::{Host, Sandbox};

fn main() {
    let (clock, other) = (Host::new().clock(), Host::new().clock());
    let sandbox = Sandbox::bare().grant_clock(clock);
    let _ = sandbox.grant_clock(other);
}
