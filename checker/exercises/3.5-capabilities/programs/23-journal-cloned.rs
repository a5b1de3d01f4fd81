// Test: who holds a journal can't double it
// Refused: journal.clone()
// Cause: `Journal` is `Clone`
fn main() {
    let journal: solution::Journal = solution::Host::new().journal();
    let _: solution::Journal = journal.clone();
}
