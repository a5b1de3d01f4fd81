//! Running cargo and reading its JSON messages.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::{env, thread};

use anyhow::{Context as _, Result, anyhow, bail};
use serde::Deserialize;

use crate::interrupt;
use crate::message;

/// cargo: the one that runs this program, or else the one in PATH.
pub fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

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
    let mut child = cargo
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => anyhow!(message::no_toolchain(&name)),
            _ => anyhow!(error).context(format!("failed to run `{name}`")),
        })?;
    let stderr = child.stderr.take().map(|mut stderr| {
        thread::spawn(move || {
            let mut bytes = Vec::new();
            // What could be read is what can be shown.
            let _ = stderr.read_to_end(&mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        })
    });
    let stdout = child.stdout.take().map(|stdout| {
        thread::spawn(move || {
            let mut messages = Messages::default();
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                // Lines that are no message are prints of a build script.
                if let Ok(message) = serde_json::from_str(&line) {
                    take(message, &mut messages);
                }
            }
            messages
        })
    });
    let ended = wait(&mut child);
    let mut messages = stdout
        .and_then(|thread| thread.join().ok())
        .unwrap_or_default();
    messages.stderr = stderr
        .and_then(|thread| thread.join().ok())
        .unwrap_or_default();
    ended?;
    Ok(messages)
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
            if !rendered.contains("aborting due to")
                && !rendered.contains("For more information about")
            {
                messages.errors.push((target.name, rendered));
            }
        }
        _ => {}
    }
}

fn wait(child: &mut Child) -> Result<()> {
    loop {
        if let Some(_status) = child.try_wait().context("failed to wait for cargo")? {
            if interrupt::requested() {
                bail!(interrupt::SAID);
            }
            return Ok(());
        }
        if interrupt::requested() {
            // cargo kills the compilers it has started.
            let _ = child.kill();
            let _ = child.wait();
            bail!(interrupt::SAID);
        }
        thread::sleep(std::time::Duration::from_millis(2));
    }
}
