// Test: a value of one sandbox can't be read in another
// Refused: { inner }.read(&secret)
// Cause: `read` takes values of any visit
use solution::{Limits, Sandbox};

fn main() {
    let limits = Limits { turns: 9, calls: 9 };
    let mut first = Sandbox::bare().limited(limits);
    let mut second = Sandbox::bare().limited(limits);
    first.enter(|mut outer| {
        let Ok(secret) = outer.run("'a secret'") else { return };
        second.enter(|inner| {
            { inner }.read(&secret).ok();
        });
    });
}
