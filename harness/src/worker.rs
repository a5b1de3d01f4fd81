//! The worker's life: greet, read a line, answer it, until stdin ends.

use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;
use std::thread;

use crate::by_hand;
use crate::panics;
use crate::process;
use crate::service::{Service, Session};
use crate::wire::{self, Answer, RS, Reply, Request};

/// The stack of the thread that runs the exercise.
///
/// Parsers recurse, and a dev build takes large frames: on the stack of a usual
/// main thread, some fifty nested parentheses in a script end the whole process,
/// and no `catch_unwind` helps. 256 MiB is address space only; memory is taken
/// where the stack is really used. Held by the test `the_stack_is_large`.
const STACK_BYTES: usize = 256 << 20;

/// Serves until stdin ends or stdout breaks.
pub fn run(service: Service) -> ExitCode {
    if let Some(name) = process::asked() {
        return process::run(&service, &name);
    }
    match on_a_large_stack(move || converse(&mut Session::new(service))) {
        // A broken pipe means that nobody listens any more: nothing to complain about.
        Ok(_) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// What `body` returns; or that it panicked, which was printed when it happened.
pub fn on_a_large_stack<T: Send + 'static>(
    body: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Panicked> {
    thread::Builder::new()
        .name("exercise".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(body)
        .unwrap_or_else(|error| {
            // Nothing of the exercise has run, and nothing of it can.
            eprintln!("failed to start the thread of the exercise: {error}");
            std::process::exit(1)
        })
        .join()
        .map_err(|_| Panicked)
}

/// The body panicked.
#[derive(Debug)]
pub struct Panicked;

/// Who types the lines on stdin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Partner {
    /// Nothing has come yet.
    Unknown,
    /// A checker: each line is a frame, and so is each answer.
    Checker,
    /// A person: lines without RS, answers to read.
    Person,
}

fn converse(session: &mut Session) -> io::Result<()> {
    panics::install_hook();
    let result = exchange(session);
    session.end();
    result
}

fn exchange(session: &mut Session) -> io::Result<()> {
    let at_terminal = io::stdin().is_terminal();
    if at_terminal {
        write_out(by_hand::greeting(session.service()).as_bytes())?;
    } else if !io::stdout().is_terminal() {
        write_out(&wire::frame(&session.service().hello())?)?;
    }
    let mut partner = Partner::Unknown;
    loop {
        if at_terminal {
            write_out(by_hand::PROMPT)?;
        }
        let Some(line) = read_line()? else { break };
        let line = line.trim_ascii();
        if line.first() == Some(&RS) {
            partner = Partner::Checker;
        } else if line.is_empty() {
            continue;
        } else if partner == Partner::Unknown {
            partner = Partner::Person;
        }
        let out = match partner {
            Partner::Checker => wire::frame(&reply(session, line))?,
            Partner::Person | Partner::Unknown => by_hand::answer(session, line).into_bytes(),
        };
        write_out(&out)?;
    }
    if at_terminal {
        // The shell's prompt gets a line of its own.
        write_out(b"\n")?;
    }
    Ok(())
}

/// Answers one frame, which ends where the line ends.
fn reply(session: &mut Session, line: &[u8]) -> Reply {
    let Some(json) = line.strip_prefix(&[RS]) else {
        let reason = "a request starts with the byte RS (0x1E)".to_owned();
        return Reply {
            id: None,
            answer: Answer::Refused(reason),
        };
    };
    match serde_json::from_slice::<Request>(json) {
        Ok(Request { id, ask }) => Reply {
            id: Some(id),
            answer: session.answer(&ask),
        },
        Err(error) => {
            let reason = format!("failed to read the request: {error}");
            Reply {
                id: None,
                answer: Answer::Refused(reason),
            }
        }
    }
}

/// Reads up to the end of a line, or of stdin.
///
/// The lock is held for this one line only: code of the exercise that reads
/// stdin itself must wait for input, not for a lock that never opens.
fn read_line() -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    io::stdin().lock().read_until(b'\n', &mut line)?;
    Ok((!line.is_empty()).then_some(line))
}

/// Writes bytes behind everything that the exercise has printed so far, and in
/// one piece: a thread of the exercise can't print into the middle of a frame.
fn write_out(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    // What was printed without a line feed still waits in the buffer.
    out.flush()?;
    out.write_all(bytes)?;
    out.flush()
}
