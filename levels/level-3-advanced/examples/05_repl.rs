//! What a session needs beyond a context: an input that is not finished, a name that
//! is declared twice, a line that waits, jobs that never end, errors by the thousand.
//! `--numbers` prints what was counted and measured.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::env;
use std::process::{Command, Stdio, exit};
use std::rc::Rc;
use std::thread;
use std::time::Instant;

use boa_engine::ast::scope::Scope;
use boa_engine::builtins::promise::PromiseState;
use boa_engine::interner::Interner;
use boa_engine::job::{Job, JobExecutor, PromiseJob};
use boa_engine::object::builtins::JsPromise;
use boa_engine::parser::{Error, Parser};
use boa_engine::{Context, JsError, JsResult, JsValue, Source};

fn main() -> JsResult<()> {
    if let [_, ask, brackets, mib] = &env::args().collect::<Vec<_>>()[..] {
        assert_eq!(ask, "--brackets");
        let input = "(".repeat(brackets.parse().expect("a number"));
        exit(i32::from(!on_a_stack(mib, move || parse(&input).is_err())));
    }

    println!("What the parser says:");
    for (input, goes_on) in [
        ("total * 2", false),
        ("const order = { count: 2,", true),
        ("total *", true),
        ("total +* 2", false),
        ("total)", false),
        ("`tea", false),   // it does go on: the lexer has other words for it
        ("/* tea", false), // this as well
        ("'tea\\", false), // and this: its text goes on in the next line
        ("'tea", false),
    ] {
        let says = match parse(input) {
            Ok(()) => "parses".to_owned(),
            Err(error) => error.to_string(),
        };
        assert_eq!(parse(input).is_err_and(|it| wants_more(&it)), goes_on);
        println!("  {input:<26}{says}");
    }

    println!("\nA name, declared twice:");
    let (mut context, jobs) = session(10_240)?;
    for line in [
        "const stock = missing.count",
        "const stock = 3",
        "stock",
        "var price = missing.price",
        "var price = 3",
        "price",
    ] {
        shows(line, &mut context, &jobs);
    }

    println!("\nA line that waits:");
    // ANCHOR: rewritten
    let line = "const total = await Promise.resolve(42)";
    let rewritten = "var total; \
        (async () => { with (this) { var total = await Promise.resolve(42) } })()";
    // ANCHOR_END: rewritten
    println!("  {line}");
    let promise = context.eval(Source::from_bytes(rewritten))?;
    println!("    before its jobs: {}", told(settled(&promise)));
    jobs.drain(100, &mut context);
    println!("    after its jobs: {}", told(settled(&promise)));
    shows("total", &mut context, &jobs);

    println!("\nJobs that never end, with 100 jobs for a line:");
    for line in [
        "ran = 0; (function again() { ran++; Promise.resolve().then(again) })()",
        "ran",
    ] {
        shows(line, &mut context, &jobs);
    }

    println!("\nErrors, until a call is refused:");
    let few = errors(10_240, 5_000)?;
    let many = errors(1_000_000, 5_000)?;
    for (values, count) in [("10,240", few), ("1,000,000", many)] {
        let told = match count {
            5_000 => "not one after 5,000",
            1_000..2_000 => "after more than a thousand",
            _ => "earlier",
        };
        println!("  {values} values: {told}");
    }
    assert!((1_000..2_000).contains(&few) && many == 5_000);
    if env::args().nth(1).as_deref() == Some("--numbers") {
        numbers(few)?;
    }
    Ok(())
}

// ANCHOR: parse
/// Parses and does not run.
fn parse(input: &str) -> Result<(), Error> {
    let mut parser = Parser::new(Source::from_bytes(input));
    parser.parse_script(&Scope::new_global(), &mut Interner::default())?;
    Ok(())
}

/// The text was fine, and ended where another token was wanted.
fn wants_more(error: &Error) -> bool {
    matches!(error, Error::AbruptEnd)
}
// ANCHOR_END: parse

// ANCHOR: jobs
/// A queue that nobody runs but the session.
#[derive(Default)]
struct Jobs(RefCell<VecDeque<PromiseJob>>);

impl JobExecutor for Jobs {
    fn enqueue_job(self: Rc<Self>, job: Job, _: &mut Context) {
        // A session runs no others, such as those of `import()`.
        if let Job::PromiseJob(job) = job {
            self.0.borrow_mut().push_back(job);
        }
    }

    fn run_jobs(self: Rc<Self>, _: &mut Context) -> JsResult<()> {
        Ok(()) // `drain` does it, with an end
    }
}

impl Jobs {
    /// Runs `most` jobs. Returns whether there were more: they are dropped.
    fn drain(&self, most: usize, context: &mut Context) -> bool {
        for _ in 0..most {
            // The queue is free again before the job runs: it may add others.
            let next = self.0.borrow_mut().pop_front();
            let Some(job) = next else { return false };
            // What a guest throws rejects a promise; an `Err` here is a limit.
            drop(job.call(context));
        }
        !self.0.take().is_empty()
    }
}
// ANCHOR_END: jobs

// ANCHOR: session
fn session(values: usize) -> JsResult<(Context, Rc<Jobs>)> {
    let jobs = Rc::new(Jobs::default());
    let mut context = Context::builder().job_executor(Rc::clone(&jobs)).build()?;
    let limits = context.runtime_limits_mut();
    limits.set_loop_iteration_limit(100_000);
    limits.set_stack_size_limit(values);
    Ok((context, jobs))
}
// ANCHOR_END: session

// ANCHOR: line
/// A line and its jobs, which run also if the line failed.
fn line(line: &str, context: &mut Context, jobs: &Jobs) -> Result<JsValue, String> {
    let value = context.eval(Source::from_bytes(line));
    let endless = jobs.drain(100, context);
    // Without the positions that a `JsError` prints: into what was thrown.
    let value = value.map_err(|error| match error.into_opaque(context) {
        Ok(thrown) => thrown.display().to_string(),
        Err(limit) => limit.to_string(),
    })?;
    if endless {
        return Err("100 jobs".to_owned());
    }
    Ok(value)
}
// ANCHOR_END: line

// ANCHOR: settled
/// What a promise came to.
fn settled(value: &JsValue) -> Result<JsValue, String> {
    let promise = value.as_object().map(JsPromise::from_object);
    match promise.and_then(Result::ok).map(|promise| promise.state()) {
        Some(PromiseState::Fulfilled(value)) => Ok(value),
        Some(PromiseState::Rejected(reason)) => Err(JsError::from_opaque(reason).to_string()),
        Some(PromiseState::Pending) => Err("pending".to_owned()),
        None => Err("no promise".to_owned()),
    }
}
// ANCHOR_END: settled

fn told(result: Result<JsValue, String>) -> String {
    match result {
        Ok(value) => value.display().to_string(),
        Err(error) => error.lines().next().unwrap_or_default().to_owned(),
    }
}

fn shows(source: &str, context: &mut Context, jobs: &Jobs) {
    let result = line(source, context, jobs);
    println!("  {source}\n    {}", told(result));
}

/// How many errors leave functions before a call is refused, at most `most`.
fn errors(values: usize, most: usize) -> JsResult<usize> {
    let (mut context, jobs) = session(values)?;
    let mut count = 0;
    while count < most && line("(() => 0)()", &mut context, &jobs).is_ok() {
        let _ = line("(() => { throw 1 })()", &mut context, &jobs);
        count += 1;
    }
    Ok(count)
}

fn numbers(few: usize) -> JsResult<()> {
    println!("\nCounted and measured:");
    println!("  10,240 values: refused after {few} errors");
    println!(
        "  1,000,000 values: refused after {} errors",
        errors(1_000_000, usize::MAX)?
    );
    for (what, chain) in [("a=>", "a=>"), ("1+", "1+")] {
        for kib in [16, 64] {
            let input = chain.repeat(kib * 1024 / chain.len()) + "1";
            let begun = Instant::now();
            // The parser recurses: it wants a large stack.
            assert!(on_a_stack("256", move || parse(&input).is_ok()));
            println!("  {kib} KiB of {what} parse in {:.1?}", begun.elapsed());
        }
    }
    for mib in ["2", "8", "256"] {
        // A stack that is full ends the process, so another one is asked.
        let ends = |brackets: &usize| {
            let mut other = Command::new(env::current_exe().expect("this program"));
            other.args(["--brackets", &brackets.to_string(), mib]);
            let status = other.stderr(Stdio::null()).status();
            !status.expect("it can be started").success()
        };
        let (mut fine, mut many) = (0, 20_000);
        while many - fine > 1 {
            let middle = (fine + many) / 2;
            *if ends(&middle) { &mut many } else { &mut fine } = middle;
        }
        println!("  {mib} MiB of stack: {many} open brackets end the process");
    }
    Ok(())
}

fn on_a_stack(mib: &str, body: impl FnOnce() -> bool + Send + 'static) -> bool {
    let mib: usize = mib.parse().expect("a number");
    let thread = thread::Builder::new().stack_size(mib << 20).spawn(body);
    thread.is_ok_and(|it| it.join().unwrap_or(false))
}
