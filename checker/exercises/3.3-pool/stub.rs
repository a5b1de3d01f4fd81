//! Exercise 3.3 · A pool that outlives its jobs
//!
//! Jobs run in worker processes, which crash and run away. The pool does neither.
//! What a worker is, and how it talks, stands below the line. The rest is yours:
//!
//! - `Pool`, with the threads and the state that you choose;
//! - `run`: one job in one worker, until its deadline;
//! - `guest`: what a worker process does.
//!
//! Judge it: `cargo checker 3.3` · the whole task: `cargo checker show 3.3` ·
//! a hint: `cargo checker hint 3.3`
#![expect(dead_code, reason = "what is given waits to be used: then remove this")]

use std::collections::{HashMap, VecDeque};
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

use boa_engine::builtins::promise::PromiseState;
use boa_engine::object::builtins::JsPromise;
use boa_engine::property::Attribute;
use boa_engine::{
    Context, JsArgs as _, JsError, JsNativeError, JsResult, JsValue, NativeFunction, Source,
    js_string,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What a pool allows.
#[derive(Clone, Copy, Deserialize)]
pub struct Limits {
    /// Milliseconds that a job may run, from when a worker has it.
    pub ms: u64,
    /// Jobs that may be there beyond one for each worker.
    pub queue: usize,
}

/// How a job ended.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The completion value; of a promise, what it was fulfilled with.
    Value(Json),
    /// What was thrown, or why the value can't cross.
    Error(String),
    /// The deadline that ended it, such as "250 ms".
    Time(String),
    /// How its worker ended, such as "signal: 6 (SIGABRT)".
    Crash(String),
}

/// Why a job was not taken.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// As many jobs have not ended as the pool may have.
    Busy,
    /// The pool was closed.
    Closed,
}

/// Worker processes that run jobs, each at most once.
pub struct Pool {
    // Yours. What its threads share is best a struct of its own, in an `Arc`.
}

impl Pool {
    /// Starts the workers, and returns when each is ready. `Err` if there are to
    /// be none, or one can't be started.
    pub fn new(workers: usize, limits: Limits) -> Result<Self, String> {
        todo!(
            "start {workers} workers on one board, and a thread for each that takes job after \
             job, with {} ms for each",
            limits.ms
        )
    }

    /// Takes a job, and returns its ticket, which is below 2^53, without waiting
    /// for anything.
    pub fn submit(&self, source: &str) -> Result<u64, Refusal> {
        todo!(
            "refuse {} bytes if the pool is closed or full, or queue them and wake a thread",
            source.len()
        )
    }

    /// Waits until the job of `ticket` has ended. `Err` if there is no such
    /// ticket, or it was used.
    pub fn wait(&self, ticket: u64) -> Result<Outcome, String> {
        todo!("wait for the outcome of {ticket}, and hand it over once")
    }

    /// Refuses new jobs, and returns when those that were taken have ended and no
    /// worker is left.
    pub fn close(&mut self) {
        todo!("let the threads know, and join them")
    }
}

impl Drop for Pool {
    /// Gives up the jobs that no worker has yet, then closes.
    fn drop(&mut self) {
        todo!("clear the queue, then close")
    }
}

/// Runs one job. The worker comes back if it can run another.
fn run(guest: Guest, source: &str, ms: u64) -> (Outcome, Option<Guest>) {
    todo!(
        "give {} bytes to process {}, wait {ms} ms, and end it if no answer came",
        source.len(),
        guest.child.id()
    )
}

/// What a worker process does: job after job, each in a context of its own.
fn guest() {
    todo!("say that you are ready; then take a job, evaluate it, tell how it ended, again")
}

harness::serve! {
    type Pool { new(usize, Limits), submit(&str), wait(u64), close() }
    fn abandon(usize, Limits, Vec<String>)
    process guest
}

// ---------------------------------------------------------------------------------
// Given: the wire between a worker and its pool, and what guests are given.

/// Makes a pool, submits the sources, and drops it without a `close`.
pub fn abandon(workers: usize, limits: Limits, sources: Vec<String>) -> Result<(), String> {
    let pool = Pool::new(workers, limits)?;
    for source in &sources {
        let _ = pool.submit(source);
    }
    Ok(())
}

/// As long as a line from a guest may be.
const LINE_KIB: u64 = 64;

/// As many values as wait on a board.
const BOARD: usize = 1000;

/// A worker process, as its pool sees it. Dropping it does not end it.
struct Guest {
    child: Child,
    /// The outcome of each job that it was given. It is disconnected when the
    /// process closes its stdout, which it does only by its end.
    answers: Receiver<Outcome>,
    stdin: Arc<Mutex<ChildStdin>>,
}

impl Guest {
    /// Starts a worker, and returns when it is ready for a job. Its guest says and
    /// hears things on `board`.
    fn start(board: &Arc<Board>) -> io::Result<Self> {
        let mut child = harness::process("guest")?
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (stdin, stdout) = pipes.expect("both were asked for");
        let stdin = Arc::new(Mutex::new(stdin));
        let mut stdout = BufReader::new(stdout);
        let Some(Said::Ready) = heard(&mut stdout) else {
            child.kill()?;
            let status = child.wait()?;
            return Err(io::Error::other(format!("it was never ready: {status}")));
        };
        // Of one: an answer that nobody has asked for does not heap up here.
        let (send, answers) = sync_channel(1);
        let (board, writer) = (Arc::clone(board), Arc::clone(&stdin));
        thread::spawn(move || listen(stdout, &writer, &board, &send));
        Ok(Self {
            child,
            answers,
            stdin,
        })
    }

    /// Gives it a job.
    fn give(&mut self, source: &str) -> io::Result<()> {
        write_line(&self.stdin, &source)
    }
}

/// Reads what a guest says until it says no more, or nothing that can be read.
fn listen(
    mut stdout: BufReader<ChildStdout>,
    stdin: &Arc<Mutex<ChildStdin>>,
    board: &Board,
    answers: &SyncSender<Outcome>,
) {
    while let Some(said) = heard(&mut stdout) {
        match said {
            Said::Ready => {}
            // It waits for a line: whether there was room.
            Said::Say(channel, value) => {
                let _ = write_line(stdin, &board.say(channel, value));
            }
            // It waits for a line: the value, whenever that comes.
            Said::Hear(channel) => board.hear(channel, stdin),
            Said::Ended(outcome) => {
                let _ = answers.send(outcome);
            }
        }
    }
}

/// What jobs that run at the same time say to each other: values on channels, each
/// heard once.
#[derive(Default)]
struct Board(Mutex<Channels>);

#[derive(Default)]
struct Channels {
    said: HashMap<String, VecDeque<Json>>,
    /// Guests that wait. One that is dead has a pipe that takes nothing.
    hearing: HashMap<String, VecDeque<Arc<Mutex<ChildStdin>>>>,
    count: usize,
}

impl Board {
    /// Gives `value` to the guest that waits longest on `channel`, or keeps it.
    /// False if there is no room.
    fn say(&self, channel: String, value: Json) -> bool {
        let mut channels = self.0.lock().expect("no thread panics with the lock");
        while let Some(stdin) = channels
            .hearing
            .get_mut(&channel)
            .and_then(VecDeque::pop_front)
        {
            if write_line(&stdin, &value).is_ok() {
                return true;
            }
        }
        let has_room = channels.count < BOARD;
        if has_room {
            channels.count += 1;
            channels.said.entry(channel).or_default().push_back(value);
        }
        has_room
    }

    /// Writes the next value on `channel` to `stdin`, now or when there is one.
    fn hear(&self, channel: String, stdin: &Arc<Mutex<ChildStdin>>) {
        let mut channels = self.0.lock().expect("no thread panics with the lock");
        match channels
            .said
            .get_mut(&channel)
            .and_then(VecDeque::pop_front)
        {
            Some(value) => {
                channels.count -= 1;
                let _ = write_line(stdin, &value);
            }
            None => channels
                .hearing
                .entry(channel)
                .or_default()
                .push_back(Arc::clone(stdin)),
        }
    }
}

fn write_line(stdin: &Mutex<ChildStdin>, value: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    let mut stdin = stdin.lock().expect("no thread panics with the lock");
    stdin.write_all(&line)
}

/// A line of a guest.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Said {
    /// It waits for its first job.
    Ready,
    /// A value for a channel. It waits for a line: `true`, or `false` for no room.
    Say(String, Json),
    /// It waits for a line: the next value of that channel.
    Hear(String),
    /// How the job ended. It waits for the next one.
    Ended(Outcome),
}

/// The next line of a guest, if there is one and it is not too long to be one.
fn heard(stdout: &mut BufReader<ChildStdout>) -> Option<Said> {
    let mut line = Vec::new();
    let mut stdout = stdout.take(LINE_KIB * 1024);
    stdout.read_until(b'\n', &mut line).ok()?;
    serde_json::from_slice(line.strip_suffix(b"\n")?).ok()
}

// In the worker process.

/// Tells the pool something. What the pool could not read is told as an error.
fn tell(said: &Said) {
    if let Err(why) = try_to_tell(said) {
        let error = Said::Ended(Outcome::Error(why));
        try_to_tell(&error).expect("it is short");
    }
}

/// Writes a line, or tells why the pool could not read it.
fn try_to_tell(said: &Said) -> Result<(), String> {
    let mut line = serde_json::to_vec(said).map_err(|error| error.to_string())?;
    if line.len() as u64 >= LINE_KIB * 1024 {
        return Err(format!("RangeError: it has more than {LINE_KIB} KiB"));
    }
    serde_json::from_slice::<Said>(&line).map_err(|error| format!("RangeError: {error}"))?;
    line.push(b'\n');
    let mut stdout = io::stdout().lock();
    let told = stdout.write_all(&line).and_then(|()| stdout.flush());
    told.map_err(|error| error.to_string())
}

/// The source of the next job, or `None` when the pool has gone.
fn next_job() -> Option<String> {
    next_line().ok()
}

/// The next line of the pool.
fn next_line<T: for<'a> Deserialize<'a>>() -> Result<T, String> {
    let mut line = String::new();
    io::stdin()
        .read_line(&mut line)
        .map_err(|error| error.to_string())?;
    serde_json::from_str(&line).map_err(|error| error.to_string())
}

/// A context with what guests are given: `say(channel, value)`, `hear(channel)`,
/// which waits, and `worker`, the number of this process.
fn fresh() -> Context {
    let mut context = Context::default();
    for (name, length, function) in [
        (js_string!("say"), 2, NativeFunction::from_fn_ptr(say)),
        (js_string!("hear"), 1, NativeFunction::from_fn_ptr(hear)),
    ] {
        context
            .register_global_callable(name, length, function)
            .expect("a new context has no such name");
    }
    context
        .register_global_property(
            js_string!("worker"),
            std::process::id(),
            Attribute::default(),
        )
        .expect("a new context has no such name");
    context
}

fn say(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let channel = channel(arguments, context)?;
    let value = arguments.get_or_undefined(1).to_json(context)?;
    let said = Said::Say(channel, value.unwrap_or(Json::Null));
    if asked::<bool>(&said)? {
        return Ok(JsValue::undefined());
    }
    Err(refused("the board is full"))
}

fn hear(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let value: Json = asked(&Said::Hear(channel(arguments, context)?))?;
    JsValue::from_json(&value, context)
}

fn channel(arguments: &[JsValue], context: &mut Context) -> JsResult<String> {
    let name = arguments.get_or_undefined(0).to_string(context)?;
    Ok(name.to_std_string_lossy())
}

/// Asks the pool, and waits for what it answers.
fn asked<T: for<'a> Deserialize<'a>>(said: &Said) -> JsResult<T> {
    try_to_tell(said)
        .and_then(|()| next_line())
        .map_err(|why| refused(&why))
}

fn refused(why: &str) -> JsError {
    JsNativeError::range().with_message(why.to_owned()).into()
}

/// Runs `source` and its promise jobs, without a deadline.
fn evaluate(source: &str, context: &mut Context) -> Outcome {
    let value = context
        .eval(Source::from_bytes(source))
        .and_then(|value| settled(value, context))
        .and_then(|value| value.to_json(context));
    match value {
        // JSON has no `undefined`: it is told as null.
        Ok(json) => Outcome::Value(json.unwrap_or(Json::Null)),
        Err(error) => Outcome::Error(error.to_string()),
    }
}

/// Runs the jobs, then looks what became of the promise that `value` may be.
fn settled(value: JsValue, context: &mut Context) -> JsResult<JsValue> {
    context.run_jobs()?;
    let Some(Ok(promise)) = value.as_object().map(JsPromise::from_object) else {
        return Ok(value);
    };
    match promise.state() {
        PromiseState::Fulfilled(value) => Ok(value),
        PromiseState::Rejected(reason) => Err(JsError::from_opaque(reason)),
        PromiseState::Pending => Err(JsNativeError::error()
            .with_message("the promise is pending, and no job is left")
            .into()),
    }
}
