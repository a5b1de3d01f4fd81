//! A second process of the same program, for an exercise that needs a boundary.

use std::env;
use std::ffi::OsString;
use std::io;
use std::process::{Command, ExitCode};

use crate::service::Service;
use crate::worker;

/// What stands before the name of the process on the command line.
const FLAG: &str = "--process";

/// How a process that panicked exits, as Rust's own programs do.
const PANICKED: u8 = 101;

/// A command that starts this very program again. There `name` runs, a function
/// that [`serve!`](crate::serve!) names after `process`, on a thread with a stack
/// of 256 MiB, and then the program exits with 0. Its standard streams are all
/// the exercise's: nothing is greeted, nothing is answered.
///
/// ```no_run
/// use std::process::Stdio;
///
/// fn shout(text: &str) -> Result<String, String> {
///     let shouted = harness::process("guest")
///         .and_then(|mut guest| guest.arg(text).stdin(Stdio::null()).output())
///         .map_err(|error| format!("failed to run the guest: {error}"))?;
///     Ok(String::from_utf8_lossy(&shouted.stdout).into_owned())
/// }
///
/// /// Runs in the child.
/// fn guest() {
///     let text = std::env::args().next_back().unwrap_or_default();
///     print!("{}", text.to_uppercase());
/// }
///
/// harness::serve! { fn shout(&str), process guest }
/// ```
///
/// A name that `serve!` does not have ends the child with a message on stderr and
/// exit code 1; a panic of the function ends it with 101.
///
/// # Errors
/// The system can't tell where this program lies.
pub fn process(name: &str) -> io::Result<Command> {
    let mut command = Command::new(env::current_exe()?);
    command.args([FLAG, name]);
    Ok(command)
}

/// The name of the process that this one was started to be.
pub(crate) fn asked() -> Option<OsString> {
    let mut arguments = env::args_os().skip(1);
    (arguments.next()? == FLAG).then(|| arguments.next().unwrap_or_default())
}

/// Runs the process `name` of `service`, and nothing else.
pub(crate) fn run(service: &Service, name: &OsString) -> ExitCode {
    let Some(&(_, body)) = service
        .processes
        .iter()
        .find(|(served, _)| name.as_os_str() == *served)
    else {
        let names: Vec<_> = service.processes.iter().map(|(name, _)| *name).collect();
        eprintln!(
            "there is no process {name:?} in `serve!`; it has [{}]",
            names.join(", ")
        );
        return ExitCode::FAILURE;
    };
    match worker::on_a_large_stack(body) {
        Ok(()) => ExitCode::SUCCESS,
        Err(worker::Panicked) => ExitCode::from(PANICKED),
    }
}
