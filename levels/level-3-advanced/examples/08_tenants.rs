//! Many tenants, fair shares: whose turn it is, what a window gives back, and who
//! pays for memory and for the time inside a native. `--numbers` prints the exact
//! figures of this machine, too.

use std::alloc::System;
use std::collections::VecDeque;
use std::env;
use std::pin::Pin;
use std::sync::mpsc::sync_channel;
use std::task::{self, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

use boa_engine::gc::force_collect;
use boa_engine::{Context, Script, Source};
use cap::Cap;

/// Units of work in a slice.
const SLICE: u32 = 10_000;

// ANCHOR: job
/// A job owns its context, so it can wait for its next slice as long as it must.
type Job = Pin<Box<dyn Future<Output = String>>>;

fn job(source: &'static str) -> Job {
    Box::pin(async move {
        let mut context = Context::default();
        let ended = match Script::parse(Source::from_bytes(source), None, &mut context) {
            Ok(script) => script.evaluate_async_with_budget(&mut context, SLICE).await,
            Err(error) => Err(error),
        };
        ended.map_or_else(
            |error| error.to_string(),
            |value| value.display().to_string(),
        )
    })
}

/// The next slice of a job: how it ended, if it did.
fn slice(job: &mut Job) -> Option<String> {
    let mut nobody = task::Context::from_waker(Waker::noop());
    match job.as_mut().poll(&mut nobody) {
        Poll::Ready(ended) => Some(ended),
        Poll::Pending => None,
    }
}
// ANCHOR_END: job

// ANCHOR: round
/// Each queue has a slice in its turn, for its first job, and goes to the back of
/// the round. How the jobs ended, and after how many slices of all together.
fn turns(mut round: VecDeque<VecDeque<Job>>) -> Vec<(usize, String)> {
    let (mut slices, mut ended) = (0, Vec::new());
    while let Some(mut queue) = round.pop_front() {
        let Some(job) = queue.front_mut() else {
            continue;
        };
        slices += 1;
        if let Some(answer) = slice(job) {
            ended.push((slices, answer));
            queue.pop_front();
        }
        round.push_back(queue);
    }
    ended
}
// ANCHOR_END: round

// ANCHOR: window
/// What one tenant may spend in a window.
struct Window {
    length: u64,
    quota: u64,
    begin: u64,
    used: u64,
}

impl Window {
    /// Takes one unit at `now`, or tells when there will be one.
    fn take(&mut self, now: u64) -> Result<(), u64> {
        let begin = now - now % self.length;
        // Later, and not different: a clock may be set back.
        if begin > self.begin {
            (self.begin, self.used) = (begin, 0);
        }
        if self.used >= self.quota {
            return Err(self.begin + self.length);
        }
        self.used += 1;
        Ok(())
    }
}
// ANCHOR_END: window

// ANCHOR: meter
/// Counts every byte that this program asks for and gives back.
#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// By how many bytes the program grew while `work` was done.
fn grown(work: impl FnOnce()) -> i64 {
    let before = MEMORY.allocated() as i64;
    work();
    MEMORY.allocated() as i64 - before
}
// ANCHOR_END: meter

/// Leaves five objects behind that nobody can reach, each of 1 MiB.
const GARBAGE: &str = "for (let i = 0; i < 5; i++) new ArrayBuffer(2 ** 20)";

fn eval(context: &mut Context, source: &str) {
    context.eval(Source::from_bytes(source)).expect("it runs");
}

// ANCHOR: thread
/// A tenant with a thread of its own, and so with a heap of its own. It works
/// while the host waits, and at no other time. It runs a source, or collects, and
/// what it grew by is its own.
fn tenant() -> impl Fn(Option<&'static str>) -> i64 {
    let (ask, asked) = sync_channel(1);
    let (done, wait) = sync_channel(1);
    thread::spawn(move || {
        let mut context = Context::default();
        while let Ok(source) = asked.recv() {
            match source {
                Some(source) => eval(&mut context, source),
                None => force_collect(),
            }
            let _ = done.send(()); // fails if the host is gone
        }
    });
    move |source| {
        grown(|| {
            ask.send(source).expect("the thread waits for it");
            wait.recv().expect("the thread answers");
        })
    }
}
// ANCHOR_END: thread

fn main() {
    let numbers = env::args().any(|argument| argument == "--numbers");
    println!(
        "The light tenant has a job of 2 slices, the greedy one has more. The light one's is over"
    );
    for many in [2, 10, 40] {
        const LONG: &str = "for (let i = 0; i < 10_000; i++); 'greedy'";
        const SHORT: &str = "for (let i = 0; i < 1_200; i++); 'light'";
        // ANCHOR: grouped
        let greedy = || (0..many).map(|_| job(LONG));
        let light = || [job(SHORT)];
        let one_queue = turns([greedy().chain(light()).collect()].into());
        let by_jobs = turns(greedy().chain(light()).map(|job| [job].into()).collect());
        let by_tenants = turns([greedy().collect(), light().into()].into());
        // ANCHOR_END: grouped
        let [a, b, c] = [one_queue, by_jobs, by_tenants].map(|ended| {
            let (after, _) = ended
                .into_iter()
                .find(|(_, who)| who == "\"light\"")
                .expect("it ends");
            after
        });
        assert!(a >= b && b >= c && c == 4);
        println!(
            "  beside {many:>2} jobs: after {a:>3} slices in one queue, {b:>2} by jobs, {c} by tenants"
        );
    }

    println!("\nA quota of 3 in 1,000 ms:");
    let mut window = Window {
        length: 1_000,
        quota: 3,
        begin: 0,
        used: 0,
    };
    for now in [997, 998, 999, 999, 1_000, 1_001, 1_002, 1_003, 990] {
        match window.take(now) {
            Ok(()) => println!("  at {now:>4}: taken"),
            Err(again) => println!("  at {now:>4}: come again at {again}"),
        }
    }

    println!("\nThe greedy tenant leaves 5 MiB of garbage, the light one runs `1`:");
    let mib = |bytes: i64| match numbers {
        true => format!("{bytes} bytes"),
        false => format!("{} MiB", (bytes + (1 << 19)).div_euclid(1 << 20)),
    };
    let (mut greedy, mut light) = (Context::default(), Context::default());
    for context in [&mut greedy, &mut light] {
        eval(context, "1");
    }
    force_collect();
    let one_heap = [
        grown(|| eval(&mut greedy, GARBAGE)),
        grown(|| {
            eval(&mut light, "1");
            force_collect(); // the engine does so by itself, now and then
        }),
    ];
    let (greedy, light) = (tenant(), tenant());
    for tenant in [&greedy, &light] {
        tenant(Some("1"));
        tenant(None);
    }
    let own_heaps = [greedy(Some(GARBAGE)), light(Some("1")) + light(None)];
    for (heap, [greedy, light]) in [("one heap: ", one_heap), ("own heaps:", own_heaps)] {
        println!("  {heap} greedy pays {}, light {}", mib(greedy), mib(light));
    }

    println!("\nA callback of `sort` that works for 50 ms:");
    let begun = Instant::now();
    let mut native = job(
        "[2, 1].sort(() => { const end = Date.now() + 50; while (Date.now() < end); return 0 })",
    );
    let mut slices = 1;
    while slice(&mut native).is_none() {
        slices += 1;
    }
    let took = begun.elapsed();
    assert!(took >= Duration::from_millis(49));
    println!("  {slices} slice, and by the clock 50 ms or more");
    if numbers {
        println!("  {took:?}");
    }
}
