//! Exercise 3.4 · Fair shares for many tenants: the reference solution.

use std::alloc::System;
use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::future;
use std::num::NonZeroU64;
use std::pin::pin;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::task::{self, Poll, Waker};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use boa_engine::builtins::promise::PromiseState;
use boa_engine::gc::force_collect;
use boa_engine::job::{Job as EngineJob, JobExecutor, PromiseJob};
use boa_engine::module::IdleModuleLoader;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsError, JsNativeError, JsResult, JsValue, Script, Source};
use cap::Cap;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What each tenant may take. A quota is named like its field.
#[derive(Clone, Copy, Deserialize)]
pub struct Quotas {
    /// The length of a window, in milliseconds. Windows begin at its multiples.
    pub window_ms: NonZeroU64,
    /// Slices of work in a window.
    pub slices: u64,
    /// Milliseconds by the clock that its slices take in a window.
    pub ms: u64,
    /// MiB that it holds after a slice, garbage not counted.
    pub mib: u64,
    /// Jobs that have not ended.
    pub jobs: usize,
    /// Tenants that the host knows, all together.
    pub tenants: usize,
}

/// How a job ended.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The completion value; of a promise, what it was fulfilled with.
    Value(Json),
    /// What was thrown, or what the promise was rejected with.
    Error(String),
    /// The quota that refused or stopped it.
    Quota(Exceeded),
}

/// A quota that is used up.
#[derive(Serialize)]
pub struct Exceeded {
    /// The field of [`Quotas`].
    pub name: &'static str,
    /// What it is set to.
    pub size: u64,
    /// When the tenant may come again: the begin of the next window, for `slices`
    /// and `ms`. `None` for all else, which no window gives back.
    pub again: Option<u64>,
}

/// A job that has ended.
#[derive(Serialize)]
pub struct Ended {
    /// The number that `submit` gave.
    pub ticket: u64,
    /// Whose it was.
    pub tenant: String,
    /// How it ended.
    pub outcome: Outcome,
}

/// What a tenant has used.
#[derive(Serialize)]
pub struct Usage {
    /// Slices in this window.
    pub slices: u64,
    /// Milliseconds by the clock in this window.
    pub ms: u64,
    /// Bytes that it holds.
    pub bytes: u64,
    /// Jobs that have not ended.
    pub waiting: usize,
}

/// Many tenants on one host. `now` is in milliseconds, counted from whenever the
/// caller likes. A window never begins again, even if the clock is set back.
pub struct Host {
    quotas: Quotas,
    /// When the present window began.
    window: u64,
    tenants: HashMap<String, Tenant>,
    /// The tenants that have a job, each of them once, in the order of their turns.
    round: VecDeque<String>,
    /// Not told yet.
    ended: Vec<Ended>,
    tickets: u64,
}

/// One tenant.
#[derive(Default)]
struct Tenant {
    /// None before the first job, and after one that was stopped.
    engine: Option<Engine>,
    jobs: VecDeque<Job>,
    /// In the present window.
    slices: u64,
    took: Duration,
}

struct Job {
    ticket: u64,
    source: String,
    begun: bool,
}

impl Host {
    /// A host that knows nobody yet.
    pub fn new(quotas: Quotas) -> Self {
        Self {
            quotas,
            window: 0,
            tenants: HashMap::new(),
            round: VecDeque::new(),
            ended: Vec::new(),
            tickets: 0,
        }
    }

    /// Lets a job of `tenant` wait for its turn, and gives its ticket.
    pub fn submit(&mut self, tenant: &str, source: &str, now: u64) -> Result<u64, Exceeded> {
        self.turn_to(now);
        let (name, known, new) = (tenant, self.tenants.get(tenant), Tenant::default());
        if known.is_none() && self.tenants.len() >= self.quotas.tenants {
            return Err(Exceeded::for_good("tenants", self.quotas.tenants as u64));
        }
        let tenant = known.unwrap_or(&new);
        if tenant.jobs.len() >= self.quotas.jobs {
            return Err(Exceeded::for_good("jobs", self.quotas.jobs as u64));
        }
        if let Some(exceeded) = tenant.spent(&self.quotas, self.window) {
            return Err(exceeded);
        }
        // Nothing is kept of a name before this line: names are free.
        let tenant = self.tenants.entry(name.to_owned()).or_insert(new);
        // Who has a turn already gets no second one for its second job.
        if tenant.jobs.is_empty() {
            self.round.push_back(name.to_owned());
        }
        self.tickets += 1;
        tenant.jobs.push_back(Job {
            ticket: self.tickets,
            source: source.to_owned(),
            begun: false,
        });
        Ok(self.tickets)
    }

    /// Submits a job and gives all tenants their turns until it has ended.
    pub fn run(&mut self, tenant: &str, source: &str, now: u64) -> Outcome {
        let ticket = match self.submit(tenant, source, now) {
            Ok(ticket) => ticket,
            Err(exceeded) => return Outcome::Quota(exceeded),
        };
        loop {
            if let Some(at) = self.ended.iter().position(|ended| ended.ticket == ticket) {
                return self.ended.remove(at).outcome;
            }
            self.turn();
        }
    }

    /// Gives turns until no job is left. All jobs that have ended and were not told
    /// yet, in the order in which they ended.
    pub fn drain(&mut self, now: u64) -> Vec<Ended> {
        self.turn_to(now);
        while self.turn() {}
        std::mem::take(&mut self.ended)
    }

    /// What `tenant` has used; nothing is known of who was never admitted.
    pub fn usage(&mut self, tenant: &str, now: u64) -> Option<Usage> {
        self.turn_to(now);
        let tenant = self.tenants.get(tenant)?;
        Some(Usage {
            slices: tenant.slices,
            ms: u64::try_from(tenant.took.as_millis()).unwrap_or(u64::MAX),
            bytes: tenant.engine.as_ref().map_or(0, Engine::held),
            waiting: tenant.jobs.len(),
        })
    }

    /// Begins a new window, if `now` is in one.
    fn turn_to(&mut self, now: u64) {
        let window = now - now % self.quotas.window_ms;
        // A clock that was set back must not give a quota twice.
        if window > self.window {
            self.window = window;
            for tenant in self.tenants.values_mut() {
                // A rate begins anew. What is held stays held.
                tenant.slices = 0;
                tenant.took = Duration::ZERO;
            }
        }
    }

    /// One turn of the tenant that has waited longest. `false` if nobody waits.
    fn turn(&mut self) -> bool {
        let Some(name) = self.round.pop_front() else {
            return false;
        };
        let tenant = self.tenants.get_mut(&name).expect("who waits is known");
        let outcome = match tenant.spent(&self.quotas, self.window) {
            Some(exceeded) => {
                // A job that was never begun leaves the tenant's state alone.
                if tenant.jobs.front().is_some_and(|job| job.begun) {
                    tenant.engine = None;
                }
                Some(Outcome::Quota(exceeded))
            }
            None => tenant.slice(&self.quotas),
        };
        if let Some(outcome) = outcome
            && let Some(job) = tenant.jobs.pop_front()
        {
            self.ended.push(Ended {
                ticket: job.ticket,
                tenant: name.clone(),
                outcome,
            });
        }
        // At the back, whatever it had: one slice in a round.
        if !tenant.jobs.is_empty() {
            self.round.push_back(name);
        }
        true
    }
}

impl Tenant {
    /// The quota of this window that is used up.
    fn spent(&self, quotas: &Quotas, window: u64) -> Option<Exceeded> {
        let (name, size) = if self.slices >= quotas.slices {
            ("slices", quotas.slices)
        } else if self.took >= Duration::from_millis(quotas.ms) {
            ("ms", quotas.ms)
        } else {
            return None;
        };
        let again = window.checked_add(quotas.window_ms.get());
        Some(Exceeded { name, size, again })
    }

    /// A slice of its first job: run, charged and judged. How the job ended, if it did.
    fn slice(&mut self, quotas: &Quotas) -> Option<Outcome> {
        let job = self.jobs.front_mut()?;
        let engine = self.engine.get_or_insert_with(Engine::start);
        let slice = engine.slice((!job.begun).then_some(&job.source));
        job.begun = true;
        // Whatever came of it: work that failed was work.
        self.slices += 1;
        self.took += slice.took;
        let room = quotas.mib.saturating_mul(1 << 20);
        // Garbage is not held, and only a collection tells what is garbage.
        if slice.ended.is_some() || engine.held() > room {
            engine.collect();
        }
        if engine.held() > room {
            self.engine = None;
            return Some(Outcome::Quota(Exceeded::for_good("mib", quotas.mib)));
        }
        slice.ended.map(|answer| match answer {
            Ok(value) => Outcome::Value(value),
            Err(text) => Outcome::Error(text),
        })
    }
}

impl Exceeded {
    /// A quota that no window gives back.
    fn for_good(name: &'static str, size: u64) -> Self {
        Self {
            name,
            size,
            again: None,
        }
    }
}

// ---- Given: a tenant's engine. It works in slices and counts its bytes. ----

/// Units of work in a slice; an instruction of the engine is one or a few.
const SLICE: u32 = 10_000;
/// As many characters may an answer have, or the text of an error.
const ANSWER: usize = 4096;
/// After as many errors an engine takes a fresh context, for a context wears out.
const WORN: usize = 200;

/// Counts the bytes that the process holds.
#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// A tenant's engine: a context in a thread of its own, with a heap of its own.
/// It works only while `slice` or `collect` waits for it, so that two never work
/// at once, and what the process's memory changed by meanwhile is this tenant's.
/// Dropping it ends the thread, in the middle of a job as well.
struct Engine {
    asks: Option<SyncSender<Ask>>,
    answers: Receiver<Option<Answer>>,
    thread: Option<JoinHandle<()>>,
    held: i64,
}

/// What a slice took and gave.
struct Slice {
    /// By the clock.
    took: Duration,
    /// What the job came to. `None`: it wants more slices.
    ended: Option<Answer>,
}

/// A value, or the text of what was thrown.
type Answer = Result<Json, String>;

enum Ask {
    Begin(String),
    GoOn,
    Collect,
}

impl Engine {
    /// An engine without a context: its first slice makes one, and pays for it.
    fn start() -> Self {
        let before = MEMORY.allocated() as i64;
        let (asks, asked) = sync_channel(1);
        let (answer, answers) = sync_channel(1);
        let thread = thread::Builder::new()
            .stack_size(16 << 20)
            .spawn(move || work(&asked, &answer))
            .expect("the system has room for a thread");
        Self {
            asks: Some(asks),
            answers,
            thread: Some(thread),
            held: MEMORY.allocated() as i64 - before,
        }
    }

    /// The next slice: of a new job if there is a source, else of the one that was begun.
    fn slice(&mut self, source: Option<&str>) -> Slice {
        let begun = Instant::now();
        let ask = |source: &str| Ask::Begin(source.to_owned());
        let ended = self.ask(|| source.map_or(Ask::GoOn, ask));
        // What goes to the host is not the tenant's any longer.
        if let Some(Ok(Json::String(text)) | Err(text)) = &ended {
            self.held -= text.capacity() as i64;
        }
        Slice {
            took: begun.elapsed(),
            ended,
        }
    }

    /// Collects its garbage. What it holds then, in bytes.
    fn collect(&mut self) -> u64 {
        self.ask(|| Ask::Collect);
        self.held()
    }

    /// The bytes that it holds, garbage included.
    fn held(&self) -> u64 {
        u64::try_from(self.held).unwrap_or(0)
    }

    /// Ends the thread, and waits: its memory is free when the next tenant is measured.
    fn end(&mut self) {
        // Without an asker, the thread's loop ends.
        self.asks = None;
        self.thread.take().map(JoinHandle::join);
    }

    fn ask(&mut self, ask: impl FnOnce() -> Ask) -> Option<Answer> {
        let before = MEMORY.allocated() as i64;
        if let Some(asks) = &self.asks {
            // It fails if the thread has panicked, and then so does the next line.
            let _ = asks.send(ask());
        }
        let Ok(answer) = self.answers.recv() else {
            // A panic ended the thread: some scripts make the engine panic.
            self.end();
            *self = Self::start();
            return Some(Err("the engine panicked".to_owned()));
        };
        self.held += MEMORY.allocated() as i64 - before;
        answer
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.end();
    }
}

/// What an engine's thread does: job after job, and each in slices. All of it is done
/// between an ask and its answer, for only then does the host measure.
fn work(asked: &Receiver<Ask>, answer: &SyncSender<Option<Answer>>) {
    let mut engine = None;
    let mut errors = 0;
    while let Ok(ask) = asked.recv() {
        let Ask::Begin(source) = ask else {
            force_collect();
            let _ = answer.send(None);
            continue;
        };
        let (context, reactions) = engine.get_or_insert_with(fresh);
        let ended = {
            let mut job = pin!(job(source, context, reactions));
            loop {
                match job
                    .as_mut()
                    .poll(&mut task::Context::from_waker(Waker::noop()))
                {
                    Poll::Ready(ended) => break ended,
                    Poll::Pending => _ = answer.send(None),
                }
                loop {
                    match asked.recv() {
                        Ok(Ask::Collect) => {
                            force_collect();
                            let _ = answer.send(None);
                        }
                        Ok(_) => break,
                        Err(_) => return,
                    }
                }
            }
        };
        errors += usize::from(ended.is_err());
        if errors == WORN {
            (engine, errors) = (None, 0);
            force_collect();
        }
        let _ = answer.send(Some(ended));
    }
}

/// A context, and where its promise jobs wait.
fn fresh() -> (Context, Rc<Reactions>) {
    let reactions = Rc::new(Reactions::default());
    let context = Context::builder()
        .job_executor(Rc::clone(&reactions))
        // The stock loader reads files.
        .module_loader(Rc::new(IdleModuleLoader))
        .build()
        .expect("nothing is asked of the context that could fail");
    (context, reactions)
}

/// Runs a job to its end, in slices. So is each promise job: one slice for each.
async fn job(source: String, context: &mut Context, reactions: &Reactions) -> Answer {
    let parsed = Script::parse(Source::from_bytes(&source), None, context);
    drop(source);
    let value = match parsed {
        Ok(script) => script.evaluate_async_with_budget(context, SLICE).await,
        Err(error) => Err(error),
    };
    while let Some(reaction) = reactions.next() {
        let mut waited = false;
        future::poll_fn(|_| match std::mem::replace(&mut waited, true) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        })
        .await;
        if let Err(error) = reaction.call(context) {
            return Err(text(&error));
        }
    }
    value
        .and_then(settled)
        .and_then(|value| plain(&value))
        .map_err(|error| text(&error))
}

/// What became of the promise that `value` may be.
fn settled(value: JsValue) -> JsResult<JsValue> {
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

/// Numbers, texts, booleans and null cross over, and nothing else.
fn plain(value: &JsValue) -> JsResult<Json> {
    if value.is_null_or_undefined() {
        Ok(Json::Null)
    } else if let Some(truth) = value.as_boolean() {
        Ok(Json::from(truth))
    } else if let Some(number) = value.as_number().filter(|number| number.is_finite()) {
        Ok(Json::from(number))
    } else if let Some(text) = value.as_string().filter(|text| text.len() <= ANSWER) {
        Ok(Json::from(text.to_std_string_lossy()))
    } else {
        Err(JsNativeError::typ()
            .with_message("a job answers with a number, a short text, true, false or null")
            .into())
    }
}

/// What was thrown, at most so much of it.
fn text(error: &JsError) -> String {
    error.to_string().chars().take(ANSWER).collect()
}

/// The promise jobs of a context, which wait for their slices.
#[derive(Default)]
struct Reactions(RefCell<VecDeque<PromiseJob>>);

impl Reactions {
    fn next(&self) -> Option<PromiseJob> {
        self.0.borrow_mut().pop_front()
    }
}

impl JobExecutor for Reactions {
    fn enqueue_job(self: Rc<Self>, job: EngineJob, _: &mut Context) {
        if let EngineJob::PromiseJob(job) = job {
            self.0.borrow_mut().push_back(job);
        }
    }

    fn run_jobs(self: Rc<Self>, _: &mut Context) -> JsResult<()> {
        Ok(())
    }
}

harness::serve! {
    type Host {
        new(Quotas), submit(&str, &str, u64), run(&str, &str, u64), drain(u64), usage(&str, u64)
    }
}
