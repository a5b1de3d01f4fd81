// Test: a grant does not stand in for limits
// Refused: this sandbox has no limits yet
// Cause: `enter` is there for a sandbox to which something was granted, whatever its state
use solution::{Host, Sandbox};

fn main() {
    let host = Host::new();
    let timed = Sandbox::bare().grant_clock(host.clock());
    let mut sandbox = timed.grant_journal(host.journal());
    sandbox.enter(|mut guest| guest.run("1 + 1").map(drop)).ok();
}
