// Test: a sandbox without limits can't be entered, and the compiler says why
// Refused: this sandbox has no limits yet
// Cause: `enter` asks nothing of the state, or stands in an `impl` for one state, where the compiler finds no such method and can't say why
use solution::Sandbox;

fn main() {
    let mut sandbox = Sandbox::bare();
    sandbox.enter(|mut guest| guest.run("1 + 1").map(drop)).ok();
}
