//! Catches the panics of served code and tells what they said, and where.

use std::any::Any;
use std::cell::Cell;
use std::mem;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};

use crate::wire::{Answer, Panic};

/// What the standard library says right before it ends the process, because a
/// panic could not unwind. Nobody will catch that one, so it must be printed.
const FATAL: [&str; 2] = [
    "panic in a destructor during cleanup",
    "panic in a function that cannot unwind",
];

thread_local! {
    /// Whether this thread is inside [`catch`].
    static CATCHING: Cell<bool> = const { Cell::new(false) };
    /// The last panic on this thread.
    static LAST: Cell<Option<Panic>> = const { Cell::new(None) };
}

/// Makes [`catch`] able to tell the place of a panic.
///
/// A panic on any other thread, such as one that the exercise spawned, is
/// printed to stderr as usual. With `RUST_BACKTRACE` set, so are the caught ones.
pub fn install_hook() {
    let usual = panic::take_hook();
    let backtrace = std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0");
    panic::set_hook(Box::new(move |info| {
        if !CATCHING.get() {
            usual(info);
            return;
        }
        let told = told(info);
        if FATAL.contains(&told.message.as_str()) {
            if let Some(last) = LAST.take() {
                eprintln!("{last}");
            }
            usual(info);
        } else if backtrace {
            usual(info);
        }
        LAST.set(Some(told));
    }));
}

/// Runs `code`; a panic in it becomes an answer.
pub fn catch<T>(code: impl FnOnce() -> T) -> Result<T, Answer> {
    CATCHING.set(true);
    LAST.set(None);
    let result = panic::catch_unwind(AssertUnwindSafe(code));
    CATCHING.set(false);
    result.map_err(|payload| {
        // Nothing was recorded if the exercise replaced the hook, or passed on
        // a caught panic of another thread with `resume_unwind`.
        let panic = LAST.take().unwrap_or_else(|| Panic {
            message: text(payload.as_ref()),
            file: None,
            line: None,
            column: None,
        });
        discard(payload);
        answer(panic)
    })
}

/// Drops a panic's payload, which may panic in its turn.
fn discard(payload: Box<dyn Any + Send>) {
    CATCHING.set(true);
    if let Err(next) = panic::catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        mem::forget(next);
    }
    CATCHING.set(false);
}

fn told(info: &PanicHookInfo<'_>) -> Panic {
    let place = info.location();
    Panic {
        message: text(info.payload()),
        file: place.map(|place| place.file().to_owned()),
        line: place.map(|place| place.line()),
        column: place.map(|place| place.column()),
    }
}

fn text(payload: &dyn Any) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "a panic whose payload is not text".to_owned()
    }
}

/// A panic of `todo!` or `unimplemented!` is code that is not written yet.
fn answer(panic: Panic) -> Answer {
    // A `todo!` inside a crate from a registry is not the learner's to write.
    let foreign = panic
        .file
        .as_deref()
        .is_some_and(|file| file.replace('\\', "/").contains("/registry/src/"));
    match unwritten(&panic.message) {
        Some(text) if !foreign => Answer::Unwritten(text.to_owned()),
        _ => Answer::Panic(panic),
    }
}

fn unwritten(message: &str) -> Option<&str> {
    let rest = message
        .strip_prefix("not yet implemented")
        .or_else(|| message.strip_prefix("not implemented"))?;
    if rest.is_empty() {
        Some("")
    } else {
        rest.strip_prefix(": ")
    }
}

#[cfg(test)]
mod tests {
    use super::{answer, unwritten};
    use crate::wire::{Answer, Panic};

    #[test]
    fn only_todo_and_unimplemented_are_unwritten() {
        for (message, expected) in [
            ("not yet implemented", Some("")),
            (
                "not yet implemented: evaluate `source`",
                Some("evaluate `source`"),
            ),
            ("not implemented", Some("")),
            ("not implemented: BigInt: later", Some("BigInt: later")),
            ("not implemented yet, sorry", None),
            ("this is not yet implemented", None),
            ("index out of bounds", None),
        ] {
            assert_eq!(unwritten(message), expected, "{message}");
        }
    }

    #[test]
    fn a_todo_inside_a_dependency_is_a_panic() {
        for file in [
            "/home/ada/.cargo/registry/src/index/engine-1.0.0/src/vm.rs",
            r"C:\Users\ada\.cargo\registry\src\index\engine-1.0.0\src\vm.rs",
        ] {
            let panic = Panic {
                message: "not yet implemented".to_owned(),
                file: Some(file.to_owned()),
                line: Some(3),
                column: Some(5),
            };
            assert_eq!(answer(panic.clone()), Answer::Panic(panic));
        }
    }
}
