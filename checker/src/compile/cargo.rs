//! Running cargo and reading its JSON messages.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::{env, thread};

use anyhow::{Result, anyhow, bail};
use serde::Deserialize;

use crate::group::Group;
use crate::interrupt;
use crate::message;
use crate::render::terminal;

/// cargo: the one that runs this program, or else the one in PATH.
pub fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// How much of the compiler's errors is kept, in bytes. A macro can make any
/// amount of them, and the first explain the others.
const KEPT: usize = 256 * 1024;

/// What cargo said of a build.
#[derive(Default)]
pub struct Messages {
    /// What was built, by the name of its target.
    pub executables: HashMap<String, PathBuf>,
    /// Errors as rustc wrote them, by the target in which they are.
    errors: Vec<(String, String)>,
    stderr: String,
}

impl Messages {
    /// Why `bin` was not built.
    pub fn errors_of(&self, bin: &str) -> Result<String> {
        let own: String = self
            .errors
            .iter()
            .filter(|(target, _)| target == bin)
            .map(|(_, text)| text.as_str())
            .collect();
        if !own.is_empty() {
            return Ok(own);
        }
        // Something under it is broken, or cargo did not come so far.
        let others: String = self.errors.iter().map(|(_, text)| text.as_str()).collect();
        Err(anyhow!(if others.is_empty() {
            self.stderr.trim().to_owned()
        } else {
            others
        })
        .context(message::cargo_failed()))
    }
}

/// The parts of cargo's JSON messages that matter here.
#[derive(Deserialize)]
struct CargoMessage {
    reason: String,
    target: Option<Target>,
    executable: Option<PathBuf>,
    message: Option<Diagnostic>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    rendered: Option<String>,
}

/// Runs cargo to its end.
///
/// # Errors
/// There is no toolchain, or Ctrl-C came.
pub fn run(mut cargo: Command) -> Result<Messages> {
    let name = cargo.get_program().to_string_lossy().into_owned();
    cargo
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    // A group of its own, so that its compilers end with it.
    let mut child = Group::spawn(cargo).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => anyhow!(message::no_toolchain(&name)),
        _ => anyhow!(error).context(format!("failed to run `{name}`")),
    })?;
    let (_, stdout, stderr) = child.pipes();
    let stderr = stderr.map(|stderr| thread::spawn(|| read_stderr(stderr)));
    let stdout = stdout.map(|stdout| thread::spawn(|| read_messages(stdout)));
    while child.ends_within(interrupt::LOOK).is_none() {
        if interrupt::requested() {
            child.kill();
        }
    }
    let mut messages = stdout
        .and_then(|thread| thread.join().ok())
        .unwrap_or_default();
    messages.stderr = stderr
        .and_then(|thread| thread.join().ok())
        .unwrap_or_default();
    if interrupt::requested() {
        bail!(interrupt::SAID);
    }
    Ok(messages)
}

/// Reads what cargo says of its work; what holds it up is told at once.
fn read_stderr(stderr: impl Read) -> String {
    let mut text = String::new();
    for line in BufReader::new(stderr).lines().map_while(Result::ok) {
        if line.trim_start().starts_with("Blocking") {
            terminal::note(line.trim());
        }
        if text.len() < KEPT {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

fn read_messages(stdout: impl Read) -> Messages {
    let mut messages = Messages::default();
    for line in BufReader::new(stdout).lines().map_while(Result::ok) {
        // Lines that are no message are prints of a build script.
        if let Ok(message) = serde_json::from_str(&line) {
            take(message, &mut messages);
        }
    }
    messages
}

fn take(message: CargoMessage, messages: &mut Messages) {
    let Some(target) = message.target else { return };
    match (message.reason.as_str(), message.executable, message.message) {
        ("compiler-artifact", Some(program), _) if target.kind.iter().any(|kind| kind == "bin") => {
            messages.executables.insert(target.name, program);
        }
        ("compiler-message", _, Some(diagnostic)) if diagnostic.level.starts_with("error") => {
            let rendered = diagnostic.rendered.unwrap_or_default();
            // "aborting due to 2 previous errors" says nothing new.
            let repeats = rendered.contains("aborting due to")
                || rendered.contains("For more information about");
            let kept: usize = messages.errors.iter().map(|(_, text)| text.len()).sum();
            if !repeats && kept < KEPT {
                messages
                    .errors
                    .push((target.name, terminal::cut(&rendered, KEPT).into_owned()));
            }
        }
        _ => {}
    }
}
