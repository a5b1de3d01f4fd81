// Test: there is no journal by default
// Refused: Default
// Cause: `Journal` is `Default`, which anybody can call
fn main() {
    let _: solution::Journal = Default::default();
}
