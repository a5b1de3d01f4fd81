// Test: where nothing was granted, the compiler says that the clock was not
// Refused: Clock` was not granted to this sandbox
// Cause: the bound asks the sandbox (`Self: Grants<F::Needs>`). One to which nothing was granted fits only for `()`, and the compiler takes `F::Needs` for that. Ask the capability: `F::Needs: GrantedTo<Self>`
use solution::{Now, Sandbox};

fn main() {
    let mut sandbox = Sandbox::bare();
    sandbox.register(Now);
}
