// Test: nobody outside can make a clock
// Refused: minutes: Default::default()
// Cause: the field of `Clock` is public
fn main() {
    let minutes = solution::Clock { minutes: Default::default() };
    drop(minutes);
}
