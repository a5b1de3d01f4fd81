// Test: a function that needs the clock can't be registered without it
// Refused: Clock` was not granted to this sandbox
// Cause: `register` has no bound by what the function needs, or the bound has no message, or its `impl` has a bound of its own, which is then what the compiler reports
use solution::{Host, Now, Sandbox};

fn main() {
    let host = Host::new();
    let mut sandbox = Sandbox::bare().grant_journal(host.journal());
    sandbox.register(Now);
}
