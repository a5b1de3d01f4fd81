//! A bench: one sandboxed context with the hidden tests of an exercise in it,
//! and the worker that they ask.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use sandbox::{Failure, HostError, Limits, Sandbox, Value};

use super::Declared;
use super::attacks::Scene;
use super::call::{self, Names};
use super::outcome::{Outcome, field};
use crate::exercise::Exercise;
use crate::message;
use crate::report::{TestReport, Verdict};
use crate::wire::Request;
use crate::worker::{Answer, Ending, Worker};

/// The language of the tests.
const PRELUDE: &str = include_str!("prelude.js");

/// The tests in their context.
pub struct Bench {
    sandbox: RefCell<Sandbox>,
    desk: Rc<RefCell<Desk>>,
    declared: Vec<Declared>,
    limits: crate::exercise::Limits,
    tests: String,
}

/// What the tests and the judge share while a test runs.
#[derive(Default)]
struct Desk {
    worker: Option<Worker>,
    /// Why the worker can't go on; the test can neither see nor catch it.
    ending: Option<Ending>,
    names: Names,
    /// The last call, as one would write it.
    call: Option<String>,
    /// The last answer.
    answer: Option<String>,
}

impl Bench {
    /// A context in which `tests`, the tests of `exercise`, have been declared.
    pub fn new(exercise: &Exercise, tests: &str, scene: &Scene, seed: u32) -> Result<Self> {
        let limits = exercise.manifest().limits;
        let name = exercise.shown(&exercise.piece("tests.js"));
        let desk = Rc::<RefCell<Desk>>::default();
        let declare = || -> Result<(Sandbox, Vec<Declared>), Failure> {
            let mut sandbox = Sandbox::new(Limits {
                // Waiting for the worker counts here, and has its own limits.
                wall: Some(limits.test() + Duration::from_secs(60)),
                ..Limits::default()
            })?;
            let at_desk = Rc::clone(&desk);
            sandbox.function("__ask", move |arguments| {
                at_desk.borrow_mut().ask(arguments)
            })?;
            sandbox.function("__seedOf", move |arguments| {
                let Some(Value::Number(index)) = arguments.first() else {
                    return Err(HostError::Stop("__seedOf takes an index".to_owned()));
                };
                // Tests run on any thread and in any order, so each has a
                // sequence of its own.
                let mixed = seed.wrapping_add((*index as u32).wrapping_mul(0x9E37_79B9));
                Ok(Value::Number(f64::from(mixed)))
            })?;
            let at_desk = Rc::clone(&desk);
            sandbox.function("__rests", move |arguments| {
                let [Value::Number(millis)] = arguments else {
                    return Err(HostError::Stop("rests takes milliseconds".to_owned()));
                };
                let limit = Duration::from_millis(*millis as u64);
                at_desk
                    .borrow()
                    .at_worker(|worker| worker.rests(limit).into())
            })?;
            let at_desk = Rc::clone(&desk);
            sandbox.function("__children", move |_| {
                at_desk
                    .borrow()
                    .at_worker(|worker| Value::Number(worker.children() as f64))
            })?;
            // A guest may not guess it, so it does not come from the seed.
            sandbox.function("__flag", |_| {
                Ok(Value::String(format!("flag-{:032x}", fastrand::u128(..))))
            })?;
            sandbox.inject("__scene", &scene.to_value())?;
            let hosts = [
                "__ask",
                "__seedOf",
                "__rests",
                "__children",
                "__flag",
                "__scene",
            ];
            let forget = hosts
                .map(|name| format!("delete globalThis.{name};"))
                .concat();
            sandbox.run_file(
                "prelude.js",
                &format!(
                    "globalThis.__judge = ({}\n)({}); {forget} undefined",
                    PRELUDE.trim_end(),
                    hosts.join(", "),
                ),
            )?;
            sandbox.run_file(&name, &format!("{tests}\n;undefined"))?;
            let declared = sandbox.run("__judge.list()")?;
            Ok((sandbox, read_declared(&declared)))
        };
        let (sandbox, declared) =
            declare().with_context(|| format!("failed to declare the tests of {name}"))?;
        for (index, test) in declared.iter().enumerate() {
            if declared[..index]
                .iter()
                .any(|other| other.name == test.name)
            {
                bail!(
                    "{name} declares {:?} twice; each test needs a name of its own",
                    test.name
                );
            }
        }
        Ok(Self {
            sandbox: RefCell::new(sandbox),
            desk,
            declared,
            limits,
            tests: name,
        })
    }

    /// The tests, in the order of their file.
    pub fn declared(&self) -> &[Declared] {
        &self.declared
    }

    /// Runs the test `index` with a fresh worker of `program`. A program that
    /// did not start once is not started again: each try may take seconds.
    pub fn run(
        &self,
        index: usize,
        program: &Path,
        unstartable: &OnceLock<Ending>,
    ) -> Result<TestReport> {
        let test = &self.declared[index];
        let begun = Instant::now();
        let worker = match unstartable.get() {
            Some(ending) => Ok(Err(ending.clone())),
            None => Worker::start(program, self.limits),
        };
        let worker = match worker {
            Err(_) if !program.exists() => {
                Err(Ending::new(Verdict::Crashed, message::program_gone()))
            }
            started => started.with_context(|| format!("failed to start {}", program.display()))?,
        };
        *self.desk.borrow_mut() = Desk::default();
        let outcome = match worker {
            Err(ending) => {
                // The first is as good as any other.
                let _ = unstartable.set(ending.clone());
                Outcome::ended(ending)
            }
            Ok(worker) => {
                self.desk.borrow_mut().worker = Some(worker);
                self.ask_test(index)?
            }
        };
        let desk = std::mem::take(&mut *self.desk.borrow_mut());
        let mut outcome = outcome;
        let mut output = None;
        if let Some(mut worker) = desk.worker {
            if let Err(lie) = worker.close()
                && outcome.verdict == Verdict::Passed
            {
                outcome = Outcome::ended(lie);
            }
            output = worker.output();
        }
        let passed = outcome.verdict == Verdict::Passed;
        Ok(TestReport {
            name: test.name.clone(),
            verdict: outcome.verdict,
            message: outcome.message,
            expected: outcome.expected,
            got: outcome
                .got
                .or_else(|| outcome.broken.then_some(desk.answer).flatten()),
            call: desk.call.filter(|_| !passed),
            // What comes of a death or a flood has another reason than the test's.
            cause: test.cause.clone().filter(|_| {
                matches!(
                    outcome.verdict,
                    Verdict::Failed | Verdict::Panicked | Verdict::TimeLimit
                )
            }),
            output: output.filter(|_| !passed),
            points: test.points,
            millis: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        })
    }

    fn ask_test(&self, index: usize) -> Result<Outcome> {
        let result = self
            .sandbox
            .borrow_mut()
            .run(&format!("__judge.run({index})"));
        if let Some(ending) = self.desk.borrow_mut().ending.take() {
            return Ok(Outcome::ended(ending));
        }
        let name = &self.declared[index].name;
        let value =
            result.with_context(|| format!("failed to run the test {name:?} of {}", self.tests))?;
        Outcome::read(&value)
            .with_context(|| format!("the test {name:?} of {} gave no outcome", self.tests))
    }
}

impl Desk {
    /// Asks the worker: `ask(kind, object, name, arguments)`.
    fn ask(&mut self, arguments: &[Value]) -> Result<Value, HostError> {
        let stop = |text: &str| HostError::Stop(text.to_owned());
        let [
            Value::String(kind),
            Value::Number(object),
            Value::String(name),
            Value::Array(arguments),
        ] = arguments
        else {
            return Err(stop("ask takes a kind, an object, a name and arguments"));
        };
        let arguments = arguments
            .iter()
            .cloned()
            .map(serde_json::Value::try_from)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| {
                HostError::Stop(format!("an argument of {name} can't be sent: {error}"))
            })?;
        let object = *object as u64;
        let Some(worker) = &mut self.worker else {
            return Err(stop("a test asked the solution before it ran"));
        };
        let (function, request) = match kind.as_str() {
            "new" => {
                let constructor = worker.hello().types.get(name);
                let constructor = constructor.map_or("new", |served| &served.constructor.name);
                (
                    format!("{name}::{constructor}"),
                    (None, Some(name.as_str()), None),
                )
            }
            "method" => (
                format!("{}.{name}", self.names.of(object)),
                (Some(name.as_str()), None, Some(object)),
            ),
            _ => (name.clone(), (Some(name.as_str()), None, None)),
        };
        let shown = call::shown(&function, &arguments);
        let (call, new, object) = request;
        let answer = worker.ask(
            Request {
                id: 0,
                call,
                new,
                object,
                arguments: &arguments,
            },
            &call::brief(&shown),
        );
        self.call = Some(shown);
        let (field, value) = match answer {
            Ok(Answer::Ok(value)) if new.is_none() => ("ok", value),
            Ok(Answer::Err(value)) => ("err", value),
            Ok(Answer::Object(id)) if new.is_some() => {
                self.names.object(id, name);
                ("object", id.into())
            }
            Ok(_) => {
                return Err(self.end(Ending::new(
                    Verdict::Failed,
                    message::wrong_kind_of_answer(),
                )));
            }
            Err(ending) => return Err(self.end(ending)),
        };
        let value = Value::from(value);
        self.answer = Some(match field {
            "err" => format!("Err({value})"),
            _ => value.to_string(),
        });
        Ok(Value::Object(vec![(field.to_owned(), value)]))
    }

    fn at_worker(&self, look: impl FnOnce(&Worker) -> Value) -> Result<Value, HostError> {
        match &self.worker {
            Some(worker) => Ok(look(worker)),
            None => Err(HostError::Stop(
                "a test looked at the solution before it ran".to_owned(),
            )),
        }
    }

    fn end(&mut self, ending: Ending) -> HostError {
        let text = ending.message.clone();
        self.ending = Some(ending);
        HostError::Stop(text)
    }
}

fn read_declared(list: &Value) -> Vec<Declared> {
    let Value::Array(tests) = list else {
        return Vec::new();
    };
    let text = |test, name| match field(test, name) {
        Some(Value::String(text)) => Some(text.clone()),
        _ => None,
    };
    tests
        .iter()
        .map(|test| Declared {
            name: text(test, "name").unwrap_or_default(),
            points: match field(test, "points") {
                Some(Value::Number(points)) => *points as u32,
                _ => 0,
            },
            cause: text(test, "cause"),
        })
        .collect()
}
