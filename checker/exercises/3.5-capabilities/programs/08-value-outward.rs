// Test: a function of an inner visit can't be called in an outer one
// Refused: { outer }.call(&secret, &mine)
// Cause: a value does not say whose it is, or `call` takes functions of any visit
use solution::{Limits, Sandbox};

fn main() {
    let limits = Limits { turns: 9, calls: 9 };
    let mut first = Sandbox::bare().limited(limits);
    let mut second = Sandbox::bare().limited(limits);
    first.enter(|mut outer| {
        let Ok(mine) = outer.run("'mine'") else { return };
        second.enter(|mut inner| {
            let Ok(secret) = inner.run("() => 'a secret'") else { return };
            { outer }.call(&secret, &mine).ok();
        });
    });
}
