// Test: what was granted is lent to nobody outside
// Accepted
// Cause: your `lend` is a public method, or its trait can be named outside of your file (put that into a private `mod`): the compiler then finds two of that name here
use solution::*;

/// What others get, in place of a clock.
struct Nothing;

fn main() {
    let sandbox: Sandbox<NoLimits, _> = Sandbox::bare().grant_clock(Host::new().clock());
    // Each `lend` below is this program's own. Were one of yours within reach, it would
    // be called in its place, or the compiler would not know which is meant.
    {
        trait Outside {
            fn lend(&self) -> Nothing;
        }
        impl<T> Outside for T {
            fn lend(&self) -> Nothing {
                Nothing
            }
        }
        let Nothing = sandbox.lend();
    }
    {
        trait Outside<B> {
            fn lend(_: &B) -> Nothing;
        }
        impl<B> Outside<B> for Clock {
            fn lend(_: &B) -> Nothing {
                Nothing
            }
        }
        let Nothing = Clock::lend(&sandbox);
    }
}
