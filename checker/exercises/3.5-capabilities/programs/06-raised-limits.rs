// Test: limits can't be raised afterwards
// Refused: .limited(more)
// Cause: `limited` is there for every state
use solution::{Limits, Sandbox};

fn main() {
    let (few, more) = (
        Limits { turns: 9, calls: 9 },
        Limits { turns: 900, calls: 90 },
    );
    let sandbox = Sandbox::bare().limited(few);
    let _ = sandbox.limited(more);
}
