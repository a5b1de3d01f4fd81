//! Jobs for child processes that may die: a thread keeps each child, hands it one
//! job after the other, and starts another when it is gone. `--numbers` measures
//! what a child costs on this machine.

use std::collections::VecDeque;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};
use std::{env, thread};

use boa_engine::{Context, Source};

const DEADLINE: Duration = Duration::from_secs(1);

// ANCHOR: queue
/// Jobs that wait for a thread, and threads that wait for a job.
#[derive(Default)]
struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<(usize, String)>,
    closed: bool,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no thread panics with the lock")
    }

    fn put(&self, number: usize, source: &str) {
        self.lock().waiting.push_back((number, source.to_owned()));
        self.changed.notify_all();
    }

    fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    /// The next job, when there is one; `None` when there will be none.
    fn next(&self) -> Option<(usize, String)> {
        let nothing_yet = |state: &mut State| state.waiting.is_empty() && !state.closed;
        // Gives the lock away while it waits, and looks again at each notice.
        let mut state = self
            .changed
            .wait_while(self.lock(), nothing_yet)
            .expect("no thread panics with the lock");
        state.waiting.pop_front()
    }
}
// ANCHOR_END: queue

// ANCHOR: start
/// A child that runs jobs, as its thread sees it.
struct Worker {
    process: Child,
    stdin: ChildStdin,
    /// Disconnected when the child has closed its stdout: when it is dead.
    answers: Receiver<String>,
}

fn start() -> io::Result<Worker> {
    let mut process = Command::new(env::current_exe()?)
        .arg("guest")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let pipes = process.stdin.take().zip(process.stdout.take());
    let (stdin, stdout) = pipes.expect("both were asked for");
    let (send, answers) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            let _ = send.send(line); // fails if nobody waits
        }
    });
    Ok(Worker {
        process,
        stdin,
        answers,
    })
}
// ANCHOR_END: start

// ANCHOR: run
/// Runs one job. The worker comes back if it can run another.
fn run(mut worker: Worker, source: &str) -> io::Result<(String, Option<Worker>)> {
    let _ = writeln!(worker.stdin, "{source}"); // fails if it is dead: no answer comes
    let ended = match worker.answers.recv_timeout(DEADLINE) {
        Ok(answer) => return Ok((answer, Some(worker))),
        Err(RecvTimeoutError::Timeout) => "killed at its deadline",
        Err(RecvTimeoutError::Disconnected) => "crashed",
    };
    end(worker)?;
    Ok((ended.to_owned(), None))
}

fn end(mut worker: Worker) -> io::Result<ExitStatus> {
    worker.process.kill()?;
    worker.process.wait()
}
// ANCHOR_END: run

// ANCHOR: keep
/// What a thread does: it keeps one worker until there are no more jobs, and says
/// how many it has started.
fn keep(queue: &Queue, answers: &Mutex<Vec<Option<String>>>) -> io::Result<usize> {
    let mut worker = start()?;
    let mut started = 1;
    while let Some((number, source)) = queue.next() {
        let (answer, left) = run(worker, &source)?;
        answers.lock().expect("no thread panics with the lock")[number] = Some(answer);
        worker = match left {
            Some(worker) => worker,
            // Now, and not when the next job has come.
            None => {
                started += 1;
                start()?
            }
        };
    }
    end(worker)?;
    Ok(started)
}
// ANCHOR_END: keep

// ANCHOR: guest
/// What a child does: a line is a job, and each has a context of its own. The
/// parent's end closes stdin, so that no child outlives it for long.
fn guest() {
    for source in io::stdin().lines().map_while(Result::ok) {
        let mut context = Context::default();
        let answer = match context.eval(Source::from_bytes(&source)) {
            Ok(value) => value.display().to_string(),
            Err(error) => error.to_string(),
        };
        drop(context); // now, and not in the time of the next job
        println!("{}", answer.lines().next().unwrap_or_default());
    }
}
// ANCHOR_END: guest

fn main() -> io::Result<()> {
    match env::args().nth(1).as_deref() {
        Some("guest") => guest(),
        Some("--numbers") => numbers()?,
        _ => show()?,
    }
    Ok(())
}

fn show() -> io::Result<()> {
    let deep = "[".repeat(100_000);
    let jobs = [
        "total = 12 * 350",
        "for (;;) {}",
        "typeof total",
        deep.as_str(),
        "order.cups",
        "async function* more() { yield* more() } more().next()",
        "/^(a+)+$/.test('a'.repeat(50) + '!')",
        "'still here'",
    ];
    let queue = Queue::default();
    let answers = Mutex::new(vec![None; jobs.len()]);
    let started = thread::scope(|threads| {
        let keepers = [(); 2].map(|()| threads.spawn(|| keep(&queue, &answers)));
        for (number, source) in jobs.iter().enumerate() {
            queue.put(number, source);
        }
        queue.close();
        let started = keepers.map(|keeper| keeper.join().expect("a keeper does not panic"));
        started.into_iter().sum::<io::Result<usize>>()
    })?;

    println!("Two children at a time, a thread for each:");
    let answers = answers.into_inner().expect("no thread panics");
    for (number, (source, answer)) in jobs.iter().zip(&answers).enumerate() {
        let answer = answer.as_deref().expect("each job is answered once");
        println!("{number}  {source:.40}\n   {answer}");
    }
    println!("\nchildren started: {started}, of which 4 took the place of another");
    assert_eq!(started, 2 + 4);
    Ok(())
}

/// The shortest of some rounds each, on a machine that does other things as well.
fn numbers() -> io::Result<()> {
    let here = shortest(|| {
        let _ = Context::default().eval(Source::from_bytes("6 * 7"));
        Ok(())
    })?;
    println!("a job in this process, in a fresh context: {here:.1?}");
    let mut kept = Some(start()?);
    let warm = shortest(|| {
        kept = run(kept.take().expect("it lives"), "6 * 7")?.1;
        Ok(())
    })?;
    kept.map(end).transpose()?;
    println!("in a child that is there: {warm:.1?}");
    let cold = shortest(|| {
        let left = run(start()?, "6 * 7")?.1;
        left.map(end).transpose().map(drop)
    })?;
    println!("in a child of its own: {cold:.1?}");
    Ok(())
}

fn shortest(mut work: impl FnMut() -> io::Result<()>) -> io::Result<Duration> {
    (0..20).try_fold(Duration::MAX, |shortest, _| {
        let begun = Instant::now();
        work().map(|()| begun.elapsed().min(shortest))
    })
}
