// Test: a function of somebody else's that needs the journal can't be registered without it
// Refused: Journal` was not granted to this sandbox
// Cause: `register` has no bound by what the function needs, or the message is about the clock alone
use serde_json::Value as Json;
use solution::{Host, HostFunction, Journal, Limits, Sandbox};

struct Alarm;

impl HostFunction for Alarm {
    type Needs = Journal;
    const NAME: &'static str = "alarm";

    fn call(journal: &Journal, _: &Json) -> Result<Json, String> {
        journal.note("alarm");
        Ok(Json::Null)
    }
}

fn main() {
    let host = Host::new();
    let mut sandbox = Sandbox::bare()
        .limited(Limits {
            turns: 10,
            calls: 10,
        })
        .grant_clock(host.clock());
    sandbox.register(Alarm);
}
