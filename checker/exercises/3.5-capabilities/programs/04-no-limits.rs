// Test: a sandbox without limits can't be entered, and the compiler says why
// Refused: this sandbox has no limits yet
// Cause: `enter` asks nothing of the state, or it is the `impl` that asks (one for `Limited`, or one with the bound): the compiler then tells of a method and not of a trait, so put the bound at the method; "type annotations needed" says that `bare` stands in an `impl` for more than `NoLimits`
use solution::Sandbox;

fn main() {
    let mut sandbox = Sandbox::bare();
    sandbox.enter(|mut guest| guest.run("1 + 1").map(drop)).ok();
}
