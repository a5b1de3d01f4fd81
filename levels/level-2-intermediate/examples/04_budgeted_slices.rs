//! A deadline by slices, what it can't interrupt, and a child that is killed.
//! `--time` measures what each costs.

use std::io::{self, Write as _};
use std::pin::pin;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::task::{self, Poll, Waker};
use std::time::{Duration, Instant};
use std::{env, thread};

use boa_engine::{Context, JsResult, JsValue, Script, Source};

/// Ends, after some tenths of a second.
const TURNS: &str = "for (let turn = 0; turn < 8_000_000; turn++) {}";

fn main() -> io::Result<()> {
    match env::args().nth(1).as_deref() {
        Some("guest") => return guest(),
        Some("--time") => {
            measure();
            return Ok(());
        }
        _ => {}
    }
    println!("By slices, with 100 ms:");
    for source in [
        "for (;;) {}",
        &format!("[2, 1].sort(() => {{ {TURNS} }})"),
        &format!("Promise.resolve().then(() => {{ {TURNS} }})"),
        "/^(a+)+$/.test('a'.repeat(22) + '!')",
    ] {
        let context = &mut Context::default();
        let script = Script::parse(Source::from_bytes(source), None, context).expect("it parses");
        let by = Instant::now() + Duration::from_millis(100);
        let ended = sliced(&script, context, by).is_some();
        context.run_jobs().expect("no limit is set");
        assert!(!ended || Instant::now() > by + Duration::from_millis(100));
        println!(
            "{source}\n    {}",
            if ended { "ended, too late" } else { "stopped" }
        );
    }

    println!("\nIn a child:");
    for (source, millis) in [
        ("6 * 7", 5_000),
        ("[2, 1].sort(() => { for (;;) {} })", 100),
        ("/^(a+)+$/.test('a'.repeat(40) + '!')", 100),
        ("Array(2 ** 32 - 1).fill(0)", 100),
        (&"[".repeat(100_000), 5_000),
    ] {
        let ended = match in_child(source, Instant::now() + Duration::from_millis(millis))? {
            None => format!("killed at {millis} ms"),
            Some(text) if text.is_empty() => "died".to_owned(),
            Some(text) => text,
        };
        println!("{source:.40}\n    {ended}");
    }
    Ok(())
}

// ANCHOR: sliced
/// Evaluates `script`, with a look at the clock every 10,000 units of work.
/// `None`: it was still running at the deadline, and runs no more.
fn sliced(script: &Script, context: &mut Context, by: Instant) -> Option<JsResult<JsValue>> {
    let mut run = pin!(script.evaluate_async_with_budget(context, 10_000));
    let mut nobody = task::Context::from_waker(Waker::noop());
    loop {
        match run.as_mut().poll(&mut nobody) {
            Poll::Ready(result) => return Some(result),
            Poll::Pending if Instant::now() >= by => return None,
            Poll::Pending => {}
        }
    }
}
// ANCHOR_END: sliced

// ANCHOR: in_child
/// What a child has written when it closes its stdout, or `None` if it does not
/// do so by the deadline. The child does not outlive this call.
fn in_child(source: &str, by: Instant) -> io::Result<Option<String>> {
    let mut child = Command::new(env::current_exe()?)
        .arg("guest")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let pipes = child.stdin.take().zip(child.stdout.take());
    let source = source.to_owned();
    let (send, receive) = mpsc::channel();
    // A read from a pipe has no deadline; a receive from a channel has one.
    thread::spawn(move || {
        let Some((mut stdin, stdout)) = pipes else {
            return;
        };
        let _ = stdin.write_all(source.as_bytes()); // fails if the child is dead
        drop(stdin); // tells the child that this was all
        let _ = send.send(io::read_to_string(stdout)); // fails if nobody waits
    });
    let answer = receive.recv_timeout(by.saturating_duration_since(Instant::now()));
    child.kill()?; // no error if it has ended by itself
    child.wait()?; // without this, it stays in the process table
    answer.ok().transpose()
}
// ANCHOR_END: in_child

// ANCHOR: guest
/// What the child does: source in, answer out.
fn guest() -> io::Result<()> {
    let source = io::read_to_string(io::stdin())?;
    match Context::default().eval(Source::from_bytes(&source)) {
        Ok(value) => print!("{}", value.display()),
        Err(error) => print!("{error}"),
    }
    Ok(())
}
// ANCHOR_END: guest

/// What each choice costs on this machine.
fn measure() {
    let far = Instant::now() + Duration::from_secs(3600);
    let fresh = |source: &str| drop(Context::default().eval(Source::from_bytes(source)));
    timed("a long loop", 1, || fresh(TURNS));
    let context = &mut Context::default();
    let script = Script::parse(Source::from_bytes(TURNS), None, context).expect("it parses");
    timed("in slices", 1, || drop(sliced(&script, context, far)));
    timed("6 * 7, in a fresh context", 100, || fresh("6 * 7"));
    timed("in a child", 100, || drop(in_child("6 * 7", far)));
    for _ in 0..4 {
        thread::spawn(move || fresh("for (;;) {}"));
    }
    timed("a long loop, beside 4 abandoned threads", 1, || {
        fresh(TURNS)
    });
}

fn timed(what: &str, times: u32, mut work: impl FnMut()) {
    let begun = Instant::now();
    (0..times).for_each(|_| work());
    println!("{what}: {:.1?}", begun.elapsed() / times);
}
