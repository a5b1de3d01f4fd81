//! A context for each thread: jobs go in by a channel, results come out as data.
//! Then what a thread does not give: a panic is seen when it is joined, a runaway
//! can't be ended, and an abort ends the whole program.

use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Barrier, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use std::{env, io};

use boa_engine::property::Attribute;
use boa_engine::{Context, JsNativeError, JsResult, JsValue, NativeFunction, Source, js_string};
use serde_json::{Value, json};

// ANCHOR: threads
/// Only data goes in and out. A `Context` and its values are not `Send`: the
/// compiler refuses to let one of them cross.
struct Job {
    number: usize,
    rule: String,
    order: Value,
}

struct Done {
    number: usize,
    answer: Result<String, String>,
}

/// A thread that takes jobs until there is nobody who could send one.
fn worker(jobs: Arc<Mutex<Receiver<Job>>>, done: Sender<Done>) -> io::Result<JoinHandle<()>> {
    // Nested source needs stack; a thread has 2 MiB unless one asks for more.
    thread::Builder::new().stack_size(64 << 20).spawn(move || {
        loop {
            // Locked while it waits for a job, free while it works.
            let next = jobs.lock().map(|jobs| jobs.recv());
            let Ok(Ok(job)) = next else { break };
            // A `JsError` holds the context's values, so its text goes out.
            let answer = run(&job.rule, &job.order).map_err(|error| error.to_string());
            let number = job.number;
            if done.send(Done { number, answer }).is_err() {
                break; // nobody waits for answers
            }
        }
    })
}

/// One job, in a context that is made in this thread and never leaves it.
fn run(rule: &str, order: &Value) -> JsResult<String> {
    let context = &mut Context::default();
    let order = JsValue::from_json(order, context)?;
    context.register_global_property(js_string!("order"), order, Attribute::all())?;
    context.register_global_callable(js_string!("meet"), 0, NativeFunction::from_fn_ptr(meet))?;
    let value = context.eval(Source::from_bytes(rule))?;
    if value.is_object() {
        let error = JsNativeError::typ().with_message("not a plain value");
        return Err(error.into());
    }
    Ok(value.display().to_string())
}
// ANCHOR_END: threads

/// Lets nobody go on before three have come.
static MEETING: Barrier = Barrier::new(3);

fn meet(_: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    MEETING.wait();
    Ok(JsValue::undefined())
}

/// The engine panics at this one (Boa 0.22).
const PANICS: &str = "async function* more() { yield* more() } more().next()";

fn main() -> io::Result<()> {
    if env::args().nth(1).as_deref() == Some("abort") {
        return abort();
    }

    // ANCHOR: numbered
    let rules = [
        "meet(); order.cups * 350",
        "meet(); order.cups * 300",
        "meet(); order.cups > 9 ? 'large' : 'small'",
        "order.cups = 0",
        PANICS,
        "order.cups + ' cups of ' + (order.tea ?? 'tea')",
        "order",
    ];
    let (send, jobs) = mpsc::channel();
    let (done, answers) = mpsc::channel();
    let jobs = Arc::new(Mutex::new(jobs));
    let threads: Vec<_> = (0..3)
        .map(|_| worker(Arc::clone(&jobs), done.clone()))
        .collect::<io::Result<_>>()?;
    drop(done); // now the answers end when the last thread does

    for (number, rule) in rules.iter().enumerate() {
        let job = Job {
            number,
            rule: rule.to_string(),
            order: json!({ "cups": 12 }),
        };
        send.send(job).expect("a thread is there");
    }
    drop(send); // no more jobs: the threads end when these are done

    // Answers come in any order; the number says where each belongs.
    let mut in_order: Vec<Option<Result<String, String>>> = vec![None; rules.len()];
    for Done { number, answer } in answers {
        in_order[number] = Some(answer);
    }
    let panicked = threads.into_iter().filter_map(|thread| thread.join().err());
    let panicked = panicked.count();
    // ANCHOR_END: numbered

    println!("Three threads at once, a context for each job:");
    for (number, answer) in in_order.iter().enumerate() {
        match answer {
            Some(Ok(answer)) => println!("{number}  {answer}"),
            Some(Err(error)) => println!("{number}  {error}"),
            None => println!("{number}  lost: its thread panicked"),
        }
    }
    assert_eq!(panicked, 1);
    println!("threads that panicked, by join: {panicked}");

    println!("\nA thread that does not end:");
    let (done, answers) = mpsc::channel();
    let runaway = thread::spawn(move || done.send(run("for (;;) {}", &Value::Null).is_ok()));
    let answer = answers.recv_timeout(Duration::from_millis(200));
    assert!(matches!(answer, Err(RecvTimeoutError::Timeout)));
    println!("an answer within 200 ms: no");
    assert!(!runaway.is_finished());
    println!("it runs on, and nothing ends it: yes");

    println!("\nA thread that overflows its stack, in a program of its own:");
    let status = Command::new(env::current_exe()?)
        .arg("abort")
        .stderr(Stdio::null())
        .status()?;
    assert!(!status.success());
    println!("the program lived on: no");
    Ok(()) // the end of `main` ends the runaway as well
}

/// A thread gets a text that nests deeper than its stack reaches.
fn abort() -> io::Result<()> {
    let deep = thread::spawn(|| run(&"[".repeat(100_000), &Value::Null).is_ok());
    let joined = deep.join();
    println!("joined: {joined:?}"); // never printed
    Ok(())
}
