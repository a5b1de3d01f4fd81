// Test: there is no clock by default
// Refused: Default
// Cause: `Clock` is `Default`, which anybody can call
fn main() {
    let _: solution::Clock = Default::default();
}
