// Test: a value can't be taken out of its wrapper
// Refused: secret.value.clone()
// Cause: the field of `Value` is public, and a `JsValue` enters every context
use solution::{Limits, Sandbox};

fn main() {
    let mut sandbox = Sandbox::bare().limited(Limits { turns: 9, calls: 9 });
    let kept = sandbox.enter(|mut guest| {
        let secret = guest.run("() => 'a secret'").ok()?;
        Some(secret.value.clone())
    });
    drop(kept);
}
