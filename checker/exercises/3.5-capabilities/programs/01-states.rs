// Test: a sandbox is limited, then entered
// Accepted
// Cause: `limited` does not turn a `Sandbox<NoLimits>` into a `Sandbox<Limited>`, or `enter` asks for more than limits
use solution::{Limited, Limits, NoLimits, Sandbox};

fn main() {
    let fresh: Sandbox<NoLimits> = Sandbox::bare();
    let mut sandbox: Sandbox<Limited> = fresh.limited(Limits { turns: 9, calls: 9 });
    let total = sandbox.enter(|mut guest| {
        let price = guest.run("350").ok()?;
        let double = guest.run("(cents) => cents * 2").ok()?;
        let total = guest.call(&double, &price).ok()?;
        guest.read(&total).ok()
    });
    let _: Option<serde_json::Value> = total;
}
