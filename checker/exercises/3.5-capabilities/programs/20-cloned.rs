// Test: who holds a clock can't double it
// Refused: clock.clone()
// Cause: `Clock` is `Clone`
fn main() {
    let clock: solution::Clock = solution::Host::new().clock();
    let _: solution::Clock = clock.clone();
}
