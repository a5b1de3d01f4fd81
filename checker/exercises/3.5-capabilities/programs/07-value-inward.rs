// Test: a value of an outer visit can't enter an inner one
// Refused: { inner }.call(&call, &secret)
// Cause: a value does not say whose it is, or its lifetime may be shortened to fit (a `PhantomData<&'id ()>` may)
use solution::{Limits, Sandbox};

fn main() {
    let limits = Limits { turns: 9, calls: 9 };
    let mut first = Sandbox::bare().limited(limits);
    let mut second = Sandbox::bare().limited(limits);
    first.enter(|mut outer| {
        let Ok(secret) = outer.run("() => 'a secret'") else { return };
        second.enter(|mut inner| {
            let Ok(call) = inner.run("(lent) => lent()") else { return };
            // A guest that is moved may be taken for one of a shorter lifetime.
            { inner }.call(&call, &secret).ok();
        });
    });
}
