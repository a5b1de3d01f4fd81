//! A warm pool: contexts that were prepared before anybody waits, each of them
//! handed out once. `--numbers` measures what that saves on this machine.

use std::collections::VecDeque;
use std::env;
use std::hint::black_box;
use std::time::{Duration, Instant};

use boa_engine::gc::force_collect;
use boa_engine::{Context, JsResult, Script, Source};

/// What every guest finds. A shop's library would be longer.
const LIBRARY: &str = "
    const menu = { tea: 350, cake: 420, soup: 610 };
    const rebates = [[100, 20], [50, 10], [10, 5]];
    function price(item, cups) {
        const [, rebate] = rebates.find(([from]) => cups >= from) ?? [0, 0];
        return menu[item] * cups * (100 - rebate) / 100;
    }
    class Bill {
        #lines = [];
        add(item, cups) { this.#lines.push(price(item, cups)); return this }
        get total() { return this.#lines.reduce((sum, line) => sum + line, 0) }
    }";

/// A context with the library in it: all that a guest does not need to wait for.
fn prepared() -> JsResult<Context> {
    let mut context = Context::default();
    context.eval(Source::from_bytes(LIBRARY))?;
    Ok(context)
}

// ANCHOR: pool
/// Contexts that nobody has used. There is no way back in: what is taken is the
/// taker's, who drops it, with all that the guest has done to it.
struct WarmPool {
    ready: VecDeque<Context>,
    size: usize,
    cold: usize,
}

impl WarmPool {
    fn new(size: usize) -> JsResult<Self> {
        let ready = (0..size).map(|_| prepared()).collect::<JsResult<_>>()?;
        Ok(Self {
            ready,
            size,
            cold: 0,
        })
    }

    /// A context that is ready, or one made while the guest waits.
    fn take(&mut self) -> JsResult<Context> {
        if let Some(context) = self.ready.pop_front() {
            return Ok(context);
        }
        self.cold += 1; // worth a line in the log: the pool is too small
        prepared()
    }

    /// Makes one context if one is missing. Call it when nobody waits: a context
    /// can't leave its thread, so this thread makes it.
    fn refill(&mut self) -> JsResult<bool> {
        if self.ready.len() >= self.size {
            return Ok(false);
        }
        self.ready.push_back(prepared()?);
        Ok(true)
    }
}

/// Takes the context by value, so a used one is not there to be given away again.
fn run(mut context: Context, guest: &str) -> String {
    said(&mut context, guest)
}
// ANCHOR_END: pool

fn said(context: &mut Context, guest: &str) -> String {
    match context.eval(Source::from_bytes(guest)) {
        Ok(value) => value.display().to_string(),
        Err(error) => error.to_string(),
    }
}

const ORDERS: [&str; 5] = [
    "const bill = new Bill(); bill.add('tea', 2).add('soup', 1).total",
    "price('cake', 10)",
    "Bill.prototype.add = () => ({ total: 0 }); 'mine are free'",
    "new Bill().add('tea', 60).total",
    "const bill = new Bill(); bill.add('cake', 1).total",
];

fn main() -> JsResult<()> {
    if env::args().nth(1).as_deref() == Some("--numbers") {
        return numbers();
    }

    println!("One context, taken back after each order:");
    let mut used = prepared()?;
    for (number, order) in ORDERS.iter().enumerate() {
        println!("{number}  {}", said(&mut used, order));
    }

    println!("\nA warm pool of three, refilled after each order:");
    let mut pool = WarmPool::new(3)?;
    for (number, order) in ORDERS.iter().enumerate() {
        let answer = run(pool.take()?, order);
        println!("{number}  {answer}");
        assert_eq!(answer, run(prepared()?, order), "as if it were the first");
        pool.refill()?; // the answer is out, and nobody waits
    }
    assert_eq!((pool.ready.len(), pool.cold), (3, 0));
    println!("made while somebody waited: {}", pool.cold);

    println!("\nFive orders at once:");
    for order in ORDERS {
        run(pool.take()?, order);
    }
    println!("made while somebody waited: {}", pool.cold);
    assert_eq!(pool.cold, 2);
    while pool.refill()? {}
    println!("ready again: {}", pool.ready.len());
    Ok(())
}

/// The shortest of many rounds each, on a machine that does other things as well.
fn numbers() -> JsResult<()> {
    timed("a context", Context::default);
    timed("a context with the library", prepared);
    let mut pool = WarmPool::new(ROUNDS)?;
    timed("the same, taken from the pool", || pool.take());
    let mut pool = WarmPool::new(ROUNDS)?;
    timed("an order, in a context from the pool", || {
        pool.take().map(|context| run(context, ORDERS[1]))
    });
    timed("made with the library, dropped, collected", || {
        drop(prepared());
        force_collect();
    });
    let context = &mut Context::default();
    timed("another realm in a context", || context.create_realm());

    let block = format!("{{{LIBRARY}}}"); // a realm lends its names once
    timed("the library, parsed and run", || {
        context.eval(Source::from_bytes(&block))
    });
    let parsed = Script::parse(Source::from_bytes(&block), None, context)?;
    timed("the library, run again as a Script", || {
        parsed.evaluate(context)
    });
    Ok(())
}

const ROUNDS: usize = 50;

fn timed<T>(what: &str, mut work: impl FnMut() -> T) {
    let mut shortest = Duration::MAX;
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let made = black_box(work());
        shortest = shortest.min(begun.elapsed());
        drop(made);
    }
    println!("{what}: {shortest:.1?}");
}
