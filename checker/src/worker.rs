//! A worker: the child process in which the learner's code answers calls.
//!
//! Nothing it does can hold the checker up: every wait has a deadline, every
//! buffer a bound, and at the end its whole process group is killed. Nothing it
//! says is a verdict: it answers calls, and the tests judge the answers.

mod ending;
mod limits;
mod output;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::exercise::Limits;
use crate::group::Group;
use crate::interrupt;
use crate::message;
use crate::report::Verdict;
use crate::wire::{self, Hello, Reply, Request};

pub use self::ending::Ending;
use self::output::{Event, Output, lock, read_stderr, read_stdout};

/// How long a worker may take until it says what it serves: the first start
/// after a build reads some 20 MB from a disk that may be slow.
const START: Duration = Duration::from_secs(10);

/// How long a worker must use no processor time to be at rest. One that loops
/// uses ten clock ticks in it, or five where it has half a core.
const REST: Duration = Duration::from_millis(100);

/// How long a dying worker may take to be gone after its pipe closed.
const DEATH: Duration = Duration::from_millis(500);

/// What a call gave.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The value that was returned.
    Ok(Value),
    /// The `Err` that was returned.
    Err(Value),
    /// The object that was made.
    Object(u64),
}

/// A worker that lives. Dropping it kills it and whatever it started.
pub struct Worker {
    child: Group,
    requests: Option<SyncSender<Vec<u8>>>,
    events: Receiver<Event>,
    output: Arc<Mutex<Output>>,
    limits: Limits,
    hello: Hello,
    started: Instant,
    /// The numbers of the calls so far.
    asked: Vec<u64>,
}

impl Worker {
    /// Starts `program` and waits until it says what it serves.
    ///
    /// # Errors
    /// Outside: it could not be started (not the learner's doing). Inside: it
    /// was started and ended before it said anything.
    pub fn start(program: &Path, limits: Limits) -> std::io::Result<Result<Self, Ending>> {
        let mut command = Command::new(program);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // A panic is told over the wire with its place; a backtrace in
            // every test would bury the learner's own prints.
            .env_remove("RUST_BACKTRACE")
            .env_remove("RUST_LIB_BACKTRACE");
        let mut child = Group::spawn(command)?;
        let (stdin, stdout, stderr) = child.pipes();
        limits::limit(child.id(), &limits);

        let (events_in, events) = sync_channel(64);
        let output = Arc::new(Mutex::new(Output::default()));
        let flood = limits.output_kib.saturating_mul(1024);
        if let Some(stdout) = stdout {
            let (events, output) = (events_in.clone(), Arc::clone(&output));
            thread::spawn(move || read_stdout(stdout, &events, &output, flood));
        }
        if let Some(stderr) = stderr {
            let output = Arc::clone(&output);
            thread::spawn(move || read_stderr(stderr, &events_in, &output, flood));
        }
        // Writing has a thread of its own: a worker that never reads would
        // otherwise hold the checker up as soon as the pipe is full.
        let (requests, requests_out) = sync_channel::<Vec<u8>>(4);
        if let Some(mut stdin) = stdin {
            thread::spawn(move || {
                while let Ok(frame) = requests_out.recv() {
                    if stdin
                        .write_all(&frame)
                        .and_then(|()| stdin.flush())
                        .is_err()
                    {
                        break;
                    }
                }
            });
        }

        let mut worker = Self {
            child,
            requests: Some(requests),
            events,
            output,
            limits,
            hello: Hello::default(),
            started: Instant::now(),
            asked: Vec::new(),
        };
        Ok(match worker.greet() {
            Ok(()) => Ok(worker),
            Err(ending) => Err(ending),
        })
    }

    fn greet(&mut self) -> Result<(), Ending> {
        let doing = "while it started";
        let frame = self.frame(START, doing, || {
            Ending::new(Verdict::TimeLimit, message::no_hello(START))
        })?;
        self.hello = serde_json::from_slice(&frame)
            .map_err(|error| Ending::new(Verdict::Crashed, message::bad_hello(&error)))?;
        if self.hello.wire != 1 {
            return Err(Ending::new(
                Verdict::Crashed,
                message::other_wire(self.hello.wire),
            ));
        }
        self.started = Instant::now();
        Ok(())
    }

    /// What it serves.
    pub fn hello(&self) -> &Hello {
        &self.hello
    }

    /// Sends `request` (its id is set here) and waits for the answer. `shown`
    /// is the call as a person would write it.
    pub fn ask(&mut self, mut request: Request<'_>, shown: &str) -> Result<Answer, Ending> {
        // By chance: an answer that was sent before its question can't bear it,
        // and even a right one is a guess (`an_answer_before_its_question_is_a_guess`).
        request.id = fastrand::u64(1..1 << 53);
        let mut frame = vec![wire::RS];
        serde_json::to_writer(&mut frame, &request)
            .map_err(|error| Ending::new(Verdict::Failed, error.to_string()))?;
        frame.push(b'\n');
        if let Some(requests) = &self.requests {
            // Full or closed: the worker does not read; the wait below tells.
            let _ = requests.try_send(frame);
        }

        let doing = format!("during {shown}");
        let left = self.limits.test().saturating_sub(self.started.elapsed());
        let limits = self.limits;
        let answer = if left < limits.wall() {
            self.frame(left, &doing, || {
                Ending::new(Verdict::TimeLimit, message::test_limit(&limits, shown))
            })?
        } else {
            self.frame(limits.wall(), &doing, || {
                Ending::new(Verdict::TimeLimit, message::wall_limit(&limits, shown))
            })?
        };
        let reply = wire::reply(&answer, request.id, &self.asked);
        self.asked.push(request.id);
        match reply {
            Ok(Reply::Ok(value)) => Ok(Answer::Ok(value)),
            Ok(Reply::Err(value)) => Ok(Answer::Err(value)),
            Ok(Reply::Object(object)) => Ok(Answer::Object(object)),
            Ok(Reply::Panic(panic)) => Err(Ending::new(
                Verdict::Panicked,
                message::panicked(&panic, shown),
            )),
            Ok(Reply::Unwritten(text)) => {
                Err(Ending::new(Verdict::NotWritten, message::unwritten(&text)))
            }
            Ok(Reply::Refused(text)) => Err(Ending::new(Verdict::Failed, message::refused(&text))),
            Err(wrong) => Err(Ending::new(
                Verdict::Failed,
                message::bad_answer(shown, &wrong),
            )),
        }
    }

    /// Whether it comes to rest within `limit`: a tenth of a second in which it
    /// and whatever it started use (almost) no processor time, and after which none
    /// of their threads wants any; on a busy machine one that spins gets none for a
    /// while. True where the system does not tell.
    pub fn rests(&self, limit: Duration) -> bool {
        let deadline = Instant::now() + limit;
        loop {
            let Some(before) = self.child.usage() else {
                return true;
            };
            thread::sleep(REST);
            match self.child.usage() {
                Some(after)
                    if after.ticks.saturating_sub(before.ticks) > 1 || after.runnable > 0 => {}
                _ => return true,
            }
            if Instant::now() >= deadline || interrupt::requested() {
                return false;
            }
        }
    }

    /// How many processes there are that it started and that are not gone; one
    /// that has ended is gone when it was waited for. 0 where the system does
    /// not tell.
    pub fn children(&self) -> usize {
        let usage = self.child.usage().unwrap_or_default();
        usage.processes.saturating_sub(1)
    }

    /// Ends it when the test is over, and reads what it had written until then.
    ///
    /// # Errors
    /// It had answered something that nobody had asked.
    pub fn close(&mut self) -> Result<(), Ending> {
        self.kill();
        if self.drain() {
            return Err(Ending::new(Verdict::Failed, message::stray_answer()));
        }
        Ok(())
    }

    /// Reads until both pipes have ended (a process that escaped from the group
    /// may hold them open, so not forever); says whether a frame was among it.
    fn drain(&self) -> bool {
        let deadline = Instant::now() + DEATH;
        let mut stray = false;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.events.recv_timeout(left) {
                Ok(event) => stray |= matches!(event, Event::Frame(_) | Event::TooLarge),
                Err(_) => return stray,
            }
        }
    }

    /// What it printed so far.
    pub fn output(&self) -> Option<String> {
        let output = lock(&self.output);
        let mut text = String::from_utf8_lossy(&output.shown).into_owned();
        if output.total > output.shown.len() as u64 {
            text.push_str(&message::output_cut(output.total));
        }
        (!text.trim().is_empty()).then_some(text)
    }

    /// The next frame, or why none will come.
    fn frame(
        &mut self,
        within: Duration,
        doing: &str,
        too_late: impl Fn() -> Ending,
    ) -> Result<Vec<u8>, Ending> {
        let deadline = Instant::now() + within;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.events.recv_timeout(left.min(interrupt::LOOK)) {
                Ok(Event::Frame(frame)) => return Ok(frame),
                Ok(Event::TooLarge) => {
                    self.kill();
                    return Err(Ending::new(
                        Verdict::OutputLimit,
                        message::answer_limit(doing),
                    ));
                }
                Ok(Event::Flood) => {
                    self.kill();
                    return Err(Ending::new(
                        Verdict::OutputLimit,
                        message::output_limit(&self.limits, doing),
                    ));
                }
                Ok(Event::End) | Err(RecvTimeoutError::Disconnected) => {
                    return Err(self.died(doing));
                }
                Err(RecvTimeoutError::Timeout) if interrupt::requested() => {
                    self.kill();
                    return Err(Ending::new(Verdict::Missing, interrupt::SAID));
                }
                Err(RecvTimeoutError::Timeout) if left.is_zero() => {
                    let ending = too_late();
                    // Its processor time may have run out in the same moment.
                    self.kill();
                    return Err(ending);
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// Its stdout ended: says what that was.
    fn died(&mut self, doing: &str) -> Ending {
        let status = self.child.ends_within(DEATH);
        self.kill();
        // stderr may still be on its way.
        self.drain();
        let last_words = String::from_utf8_lossy(&lock(&self.output).last_words).into_owned();
        ending::ending(status, &last_words, &self.limits, doing)
    }

    /// Kills the whole process group and reaps the worker.
    fn kill(&mut self) {
        self.requests = None;
        self.child.kill();
    }
}
