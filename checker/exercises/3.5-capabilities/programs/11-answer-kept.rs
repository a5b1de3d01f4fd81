// Test: what a call answered can't leave its visit
// Refused: guest.call(&lend, &secret)
// Cause: the value that `call` returns has a lifetime that the caller chooses, in place of the guest's
use solution::{Limits, Sandbox};

fn main() {
    let mut sandbox = Sandbox::bare().limited(Limits { turns: 9, calls: 9 });
    let kept = sandbox.enter(|mut guest| {
        let lend = guest.run("(secret) => () => secret").ok()?;
        let secret = guest.run("'a secret'").ok()?;
        guest.call(&lend, &secret).ok()
    });
    drop(kept);
}
