// Test: a value can't leave its visit
// Refused: guest.run("() => 'a secret'")
// Cause: a value has no lifetime, or `enter` takes a closure for one lifetime that the caller chooses, in place of `for<'id>`
use solution::{Limits, Sandbox};

fn main() {
    let mut sandbox = Sandbox::bare().limited(Limits { turns: 9, calls: 9 });
    let kept = sandbox.enter(|mut guest| guest.run("() => 'a secret'"));
    drop(kept);
}
