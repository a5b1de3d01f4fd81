// Test: where there are only limits, the compiler says that the journal was not granted
// Refused: Journal` was not granted to this sandbox
// Cause: the bound asks the sandbox (`Self: Grants<F::Needs>`) and not the capability (`F::Needs: GrantedTo<Self>`), or limits bring a journal along
use solution::{Limits, Note, Sandbox};

fn main() {
    let mut sandbox = Sandbox::bare().limited(Limits { turns: 9, calls: 9 });
    sandbox.register(Note);
}
