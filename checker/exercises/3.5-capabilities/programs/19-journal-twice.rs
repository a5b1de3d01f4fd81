// Test: a sandbox is granted one journal
// Refused: .grant_journal(other)
// Cause: `grant_journal` is there for every sandbox, whatever it was granted before
use solution::{Host, Limits, Sandbox};

fn main() {
    let (journal, other) = (Host::new().journal(), Host::new().journal());
    let sandbox = Sandbox::bare().grant_journal(journal);
    let sandbox = sandbox.limited(Limits { turns: 9, calls: 9 });
    let _ = sandbox.grant_journal(other);
}
