// Test: nobody outside can make a journal
// Refused: lines: Default::default()
// Cause: the field of `Journal` is public
fn main() {
    let lines = solution::Journal { lines: Default::default() };
    drop(lines);
}
