// Test: what was granted can be used, by functions of anybody's
// Accepted
// Cause: `register` knows the three functions by name, or a grant is possible on one side of the limits only; "type annotations needed" says that `bare` stands in an `impl` for more than `NoLimits`
use serde_json::Value as Json;
use solution::{Celsius, Clock, Host, HostFunction, Journal, Limits, Note, Now, Sandbox};

const LIMITS: Limits = Limits {
    turns: 10,
    calls: 10,
};

struct IsNight;

impl HostFunction for IsNight {
    type Needs = Clock;
    const NAME: &'static str = "isNight";

    fn call(clock: &Clock, _: &Json) -> Result<Json, String> {
        Ok((clock.minutes() < 360).into())
    }
}

struct Alarm;

impl HostFunction for Alarm {
    type Needs = Journal;
    const NAME: &'static str = "alarm";

    fn call(journal: &Journal, _: &Json) -> Result<Json, String> {
        journal.note("alarm");
        Ok(Json::Null)
    }
}

struct Yes;

impl HostFunction for Yes {
    type Needs = ();
    const NAME: &'static str = "yes";

    fn call(_: &(), _: &Json) -> Result<Json, String> {
        Ok(true.into())
    }
}

fn main() {
    let host = Host::new();
    let mut bare = Sandbox::bare();
    bare.register(Yes);
    bare.register(Celsius);
    let mut bare = bare.limited(LIMITS);
    bare.register(Yes);
    let mut timed = Sandbox::bare().grant_clock(host.clock());
    timed.register(Now);
    timed.register(IsNight);
    timed.register(Yes);
    let mut both = timed.limited(LIMITS).grant_journal(host.journal());
    both.register(Alarm);
    both.register(Note);
    both.enter(|mut guest| guest.run("isNight() && yes()").map(drop))
        .ok();
    let mut other = Sandbox::bare()
        .grant_journal(host.journal())
        .grant_clock(host.clock());
    other.register(Alarm);
    other.register(IsNight);
    let mut other = other.limited(LIMITS);
    other.register(Now);
    other.enter(|mut guest| guest.run("isNight()").map(drop)).ok();
}
