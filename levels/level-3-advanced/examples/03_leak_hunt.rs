//! Hunting a leak: run a suspect thousands of times, then drop one part after the
//! other, and see which of them gives the bytes back. The output has classes, which
//! are the same everywhere; `--numbers` prints the bytes of this machine, and
//! `--limit` shows what a limit of the allocator does: it ends the program.

use std::alloc::System;
use std::{env, fs};

use boa_engine::gc::{Gc, GcRefCell, force_collect};
use boa_engine::{Context, JsResult, JsValue, NativeFunction, Script, Source, js_string};
use cap::Cap;

// ANCHOR: live
/// Counts every byte that this program asks for and gives back.
#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// Bytes in use when the garbage is gone.
fn live() -> usize {
    force_collect();
    MEMORY.allocated()
}
// ANCHOR_END: live

// ANCHOR: hunt
/// What each run of `suspect` keeps: first of everything, then without the host's
/// part (what the closure owns), then without the context as well.
fn hunt(
    runs: usize,
    mut suspect: impl FnMut(&mut Context, usize) -> JsResult<()>,
) -> JsResult<[usize; 3]> {
    let mut context = Context::default();
    for run in 0..runs / 10 {
        suspect(&mut context, run)?; // these fill what is filled once
    }
    let before = live();
    for run in 0..runs {
        suspect(&mut context, runs + run)?;
    }
    let kept = || live().saturating_sub(before) / runs;
    let all = kept();
    drop(suspect);
    let without_host = kept();
    drop(context);
    Ok([all, without_host, kept()])
}
// ANCHOR_END: hunt

fn main() -> JsResult<()> {
    let asked = env::args().nth(1).unwrap_or_default();
    if asked == "--limit" {
        return limited();
    }
    let numbers = asked == "--numbers";
    let size = |bytes: usize| match bytes {
        _ if numbers => bytes.to_string(),
        0..16 => "nothing".to_owned(),
        16..1_000 => "under 1 KB".to_owned(),
        1_000..100_000 => "1 to 100 KB".to_owned(),
        100_000..1_000_000 => "100 KB to 1 MB".to_owned(),
        _ => "over 1 MB".to_owned(),
    };

    println!("A context"); // the first line printed makes a buffer, which stays
    // ANCHOR: context
    drop(Context::default()); // the first context fills tables, which stay
    let before = live();
    let more = |now: usize| now.saturating_sub(before);
    let context = Context::default();
    println!("made:       {}", size(more(live())));
    drop(context);
    println!("dropped:    {}", size(more(MEMORY.allocated())));
    println!("collected:  {}", size(more(live())));
    // ANCHOR_END: context

    let mut most = 0;
    for _ in 0..1_000 {
        drop(Context::default());
        most = most.max(more(MEMORY.allocated()));
    }
    println!("the most, while 1,000 are made and dropped: {}", size(most));
    assert!(more(live()) < 1_000, "all of them are given back");

    println!("\n10,000 runs, without asking for a collection");
    // ANCHOR: peak
    let mut context = Context::default();
    let before = live();
    let mut most = 0;
    for _ in 0..10_000 {
        eval(&mut context, "({ note: 'x'.repeat(1_000) }).note.length")?;
        most = most.max(MEMORY.allocated().saturating_sub(before));
    }
    println!("the most:       {}", size(most));
    let kept = live().saturating_sub(before) / 10_000;
    println!("kept, for each: {}", size(kept));
    // ANCHOR_END: peak
    drop(context);

    let row = |suspect: &str, cells: [String; 3]| {
        let [all, without_host, end] = cells;
        println!("{suspect:<32}{all:<18}{without_host:<20}{end}");
    };
    let head = || ["in all", "without the host's", "nor the context"].map(str::to_owned);
    let found = |suspect: &str, kept: [usize; 3]| row(suspect, kept.map(size));

    println!();
    row("10,000 runs keep, each", head());
    let kept = hunt(10_000, |context, _| eval(context, "6 * 350"))?;
    found("the same text", kept);

    let kept = hunt(10_000, |context, run| {
        eval(context, &format!("'order {run}'"))
    })?;
    found("another text each time", kept);

    let fills = "(globalThis.seen ??= []).push({ cups: 2 })";
    let kept = hunt(10_000, |context, _| eval(context, fills))?;
    found("a guest that fills a list", kept);

    let mut answers = Vec::new();
    let kept = hunt(10_000, move |context, _| {
        answers.push(context.eval(Source::from_bytes("({ cups: 2 })"))?);
        Ok(())
    })?;
    found("a host that keeps answers", kept);

    // ANCHOR: cache
    let mut scripts = Vec::new();
    let kept = hunt(10_000, move |context, run| {
        let rule = format!("{{ let cups = {run}; cups * 350 }}");
        scripts.push(Script::parse(Source::from_bytes(&rule), None, context)?);
        Ok(())
    })?;
    found("a cache without a bound", kept);
    // ANCHOR_END: cache

    let kept = hunt(10_000, |context, run| {
        eval(context, &format!("Symbol.for('order {run}')"))
    })?;
    found("Symbol.for, another name each", kept);
    assert!(kept[2] > 16, "the process keeps them");

    println!();
    row("100 runs keep, each", head());
    let kept = hunt(100, |context, _| {
        let thrown = eval(context, "(() => null.cups)()");
        assert!(thrown.is_err());
        Ok(())
    })?;
    found("an error out of a function", kept);

    let kept = hunt(100, |context, _| context.create_realm().map(drop))?;
    found("a realm for a guest", kept);

    // ANCHOR: listener
    let mut listeners = Vec::new();
    let kept = hunt(100, move |_, _| {
        let mut guest = Context::default(); // dropped at the end of this run
        listeners.push(guest.eval(Source::from_bytes("() => 350"))?);
        Ok(())
    })?;
    found("a listener in the host's list", kept);
    // ANCHOR_END: listener
    assert!(kept[0] > 100_000, "each keeps its whole context");

    // ANCHOR: captures
    let kept = hunt(100, |_, _| {
        let mut guest = Context::default();
        let list = Gc::new(GcRefCell::new(Vec::<JsValue>::new()));
        let on = NativeFunction::from_copy_closure_with_captures(
            |_, given, list, _| {
                list.borrow_mut().extend_from_slice(given);
                Ok(JsValue::undefined())
            },
            list,
        );
        guest.register_global_callable(js_string!("on"), 1, on)?;
        eval(&mut guest, "on(() => 350)")
    })?;
    found("a listener in a function's list", kept);
    // ANCHOR_END: captures
    assert_eq!(kept, [0; 3]);

    // All is dropped. What the system says of this process (on Linux only):
    if numbers && let Ok(status) = fs::read_to_string("/proc/self/status") {
        println!("\ncounted: {}", live());
        let resident = status.lines().filter(|line| line.starts_with("VmRSS"));
        resident.for_each(|line| println!("{line}"));
    }
    Ok(())
}

/// A guest that wants more than the allocator may give.
fn limited() -> JsResult<()> {
    let mut context = Context::default();
    let limit = MEMORY.allocated() + 10_000_000;
    MEMORY.set_limit(limit).expect("more than is in use");
    eval(
        &mut context,
        "const all = []; for (;;) all.push('x'.repeat(100_000))",
    )
}

fn eval(context: &mut Context, source: &str) -> JsResult<()> {
    context.eval(Source::from_bytes(source)).map(drop)
}
