//! Every sentence that a person reads, one small function each, so that they
//! can be read side by side: definite, kind, short, and naming the next step.

use std::path::Path;
use std::time::Duration;

use crate::exercise::{Exercise, Limits};
use crate::report::ExerciseVerdict;
use crate::wire::{FRAME_BYTES, Panic};

/// No course around the current folder.
pub fn no_course() -> String {
    "this folder is not inside the course; go to the folder that holds its Cargo.toml and try again"
        .to_owned()
}

/// `text` names no exercise.
pub fn unknown_exercise(text: &str, nearest: Option<&Exercise>) -> String {
    let text: String = text.chars().take(40).collect();
    let nearest = nearest.map_or(String::new(), |exercise| {
        format!("; did you mean {} {}?", exercise.id(), exercise.name())
    });
    format!("there is no exercise {text:?}{nearest} (`cargo checker list` shows them all)")
}

/// The course has no escape room.
pub fn no_rooms() -> String {
    "this course has no escape room".to_owned()
}

/// There is no room `number`.
pub fn unknown_room(number: u32, rooms: usize) -> String {
    format!(
        "there is no room {number}; the rooms are 1 to {rooms} (`cargo checker room` lists them)"
    )
}

/// The attack on a room was not begun.
pub fn no_attack_yet(attack: &str) -> String {
    format!("{attack} is empty: write a guest program whose result holds the flag")
}

/// A room that was not begun, after its task.
pub fn begin_room(room: &Exercise, attack: &str, fix: &str) -> String {
    let number = room.id().trim_start_matches("room-");
    format!(
        "Break it: write your attack into {attack}. Mend it: change {fix}, so that no attack works and \
         every ordinary guest does. `cargo checker room {number}` judges both, and \
         `cargo checker hint {}` gives a hint.",
        room.id()
    )
}

/// A program that must not compile does.
pub fn must_not_compile() -> &'static str {
    "this program compiles against your types, and it must not"
}

/// A program that must compile does not.
pub fn must_compile() -> &'static str {
    "this program must compile against your types, and it does not"
}

/// A program is refused, for another reason than the one it is about.
pub fn refused_otherwise(words: &str) -> String {
    format!("the compiler must refuse this program with an error that says {words:?}")
}

/// The attack on a room works, and its fix does not yet.
pub fn captured(room: &Exercise) -> String {
    format!(
        "The flag is yours. Now mend {}, save it, and run this again. `cargo checker hint {}` gives a hint.",
        room.shown(&room.file()),
        room.id()
    )
}

/// `text` begins several names.
pub fn ambiguous_exercise(text: &str, several: &[&Exercise]) -> String {
    let names: Vec<String> = several
        .iter()
        .map(|exercise| format!("{} {}", exercise.id(), exercise.name()))
        .collect();
    format!(
        "{text:?} can mean {}; write one more letter",
        names.join(" or ")
    )
}

/// cargo can't be run.
pub fn no_toolchain(program: &str) -> String {
    format!(
        "failed to run `{program}`: the Rust toolchain is not in PATH; \
         install it from https://rustup.rs, or open a new terminal if you have just installed it"
    )
}

/// The worker said nothing at its start.
pub fn no_hello(limit: Duration) -> String {
    format!(
        "the program did not say within {} s what it serves; \
         its last line must be `harness::serve! {{ … }}`, and nothing may run before it",
        limit.as_secs()
    )
}

/// The worker's first frame is none.
pub fn bad_hello(error: &serde_json::Error) -> String {
    format!(
        "the program did not say what it serves ({error}); its last line must be `harness::serve! {{ … }}`"
    )
}

/// The harness is older or newer than the checker.
pub fn other_wire(version: u32) -> String {
    format!(
        "the program speaks version {version} of the wire and the checker version 1; update the course's folder"
    )
}

/// One call took too long.
pub fn wall_limit(limits: &Limits, call: &str) -> String {
    format!(
        "{call} did not answer within {}, the time limit for one call",
        millis(limits.wall_ms)
    )
}

/// All calls of one test took too long.
pub fn test_limit(limits: &Limits, call: &str) -> String {
    format!(
        "the test took longer than {}, the time limit for all its calls; it was at {call}",
        millis(limits.test_ms)
    )
}

/// The processor time ran out.
pub fn cpu_limit(limits: &Limits, doing: &str) -> String {
    format!(
        "the program used {} s of processor time, its limit for one test, {doing}",
        limits.cpu_s
    )
}

/// An allocation was refused.
pub fn memory_limit(limits: &Limits, signal: &str, doing: &str) -> String {
    format!(
        "the program asked for more than {} MiB of memory, its limit, and was ended ({signal}) {doing}",
        limits.memory_mib
    )
}

/// Too much was printed.
pub fn output_limit(limits: &Limits, doing: &str) -> String {
    format!(
        "the program printed more than {} KiB, its limit for one test, {doing}",
        limits.output_kib
    )
}

/// A file that was written grew too large.
pub fn file_limit(limit: u64, doing: &str) -> String {
    format!("the program wrote a file larger than {limit} MiB, its limit, {doing}")
}

/// The program's own file is gone.
pub fn program_gone() -> String {
    "the program's file is gone: your code removed it, and the next test could not start it"
        .to_owned()
}

/// An answer is too large.
pub fn answer_limit(doing: &str) -> String {
    format!(
        "the answer is larger than {} KiB, the limit for one answer, {doing}",
        FRAME_BYTES / 1024
    )
}

/// The learner's code panicked.
pub fn panicked(panic: &Panic, call: &str) -> String {
    let place = match (&panic.file, panic.line, panic.column) {
        (Some(file), Some(line), Some(column)) => format!(" at {file}:{line}:{column}"),
        (Some(file), Some(line), None) => format!(" at {file}:{line}"),
        _ => String::new(),
    };
    format!("{call} panicked{place}: {}", panic.message)
}

/// A `todo!` was reached.
pub fn unwritten(text: &str) -> String {
    if text.is_empty() {
        "not written yet".to_owned()
    } else {
        format!("not written yet: {text}")
    }
}

/// The worker does not serve what a test asks for, or what was returned has no
/// JSON form.
pub fn refused(text: &str) -> String {
    if text.contains(" returned ") {
        return text.to_owned();
    }
    format!(
        "{text}; the signatures and the `harness::serve!` line of the stub must stay as they were"
    )
}

/// An answer that is none.
pub fn bad_answer(call: &str, wrong: &str) -> String {
    format!("the answer to {call} can't be taken: {wrong}")
}

/// A frame that nobody asked for.
pub fn stray_answer() -> String {
    "the program answered a call that was not made, or one call twice; \
     print with `println!` and leave the answers to `harness::serve!`"
        .to_owned()
}

/// The native stack ran out.
pub fn stack_overflow(signal: &str, doing: &str) -> String {
    format!(
        "the program's stack overflowed ({signal}) {doing}: something calls itself without end, \
         in Rust or in Boa's own Rust code"
    )
}

/// A signal ended the worker.
pub fn killed(signal: &str, doing: &str) -> String {
    format!("the program was ended by {signal} {doing}")
}

/// The worker ended by itself.
pub fn exited(code: Option<i32>, doing: &str) -> String {
    match code {
        Some(code) => format!(
            "the program ended by itself (exit code {code}) {doing}; it must return instead"
        ),
        None => format!("the program ended by itself {doing}; it must return instead"),
    }
}

/// The pipe ended and the worker did not.
pub fn closed_pipe(doing: &str) -> String {
    format!("the program closed its output {doing}, so no answer can come")
}

/// What was printed is longer than what is shown.
pub fn output_cut(total: u64) -> String {
    format!("\n… ({total} bytes in all; the rest is not shown)\n")
}

fn millis(millis: u64) -> String {
    if millis.is_multiple_of(1000) {
        format!("{} s", millis / 1000)
    } else {
        format!("{millis} ms")
    }
}

/// An object where a value is wanted, or the other way round.
pub fn wrong_kind_of_answer() -> String {
    "the program answered with an object where a value is wanted, or with a value where an object is"
        .to_owned()
}

/// A test stumbled over the shape of an answer.
pub fn unusable_answer(error: &str) -> String {
    format!("the answer does not have the shape that the contract tells ({error})")
}

/// cargo ended without a word on the exercise itself.
pub fn cargo_failed() -> String {
    "cargo could not build the exercise; the trouble lies outside of its file".to_owned()
}

/// The comment at the top of the progress file.
pub fn progress_header() -> &'static str {
    "# What `checker` remembers of your way through the course. Delete it to begin anew.\n"
}

/// A progress file from a later version.
pub fn newer_progress(path: &Path, version: i64) -> String {
    format!(
        "{} is of version {version}, written by a newer checker; update the course, or move that file away to begin anew",
        path.display()
    )
}

/// A broken progress file.
pub fn progress_set_aside(path: &Path, aside: &Path, why: &str) -> String {
    format!(
        "{} could not be understood ({why}); it is kept as {}, and your progress begins anew",
        path.display(),
        aside.display()
    )
}

/// Progress that can't be written down.
pub fn progress_not_saved(error: &anyhow::Error) -> String {
    format!("your progress could not be saved ({error:#}); the verdict stands all the same")
}

/// `--test` with a text that is in no name.
pub fn no_such_test(exercise: &Exercise, text: &str) -> String {
    format!(
        "no test of {} {} has {text:?} in its name",
        exercise.id(),
        exercise.name()
    )
}

/// Another checker holds the lock.
pub fn waiting() -> &'static str {
    "waiting: another checker is building"
}

/// A folder where a file is wanted.
pub fn file_is_a_folder(path: &str) -> String {
    format!(
        "{path} is a folder; name the file to judge, or add --all to judge a folder laid out as `levels` is"
    )
}

/// A pipe or a device where a file is wanted.
pub fn file_is_no_file(path: &str) -> String {
    format!("{path} is no regular file; save the program as one and name it")
}

/// A file that no exercise needs.
pub fn file_is_too_large(path: &str, limit: u64) -> String {
    format!(
        "{path} is larger than {} KiB, the limit for one program",
        limit / 1024
    )
}

/// A program that no compiler reads.
pub fn file_is_no_text(path: &str) -> String {
    format!("{path} is not UTF-8 text, which Rust programs are; save it as UTF-8")
}

/// An exercise file without a word in it.
pub fn file_is_empty(path: &str, own: Option<&Exercise>) -> String {
    format!("{path} is empty{}", bring_back(own))
}

/// An exercise file that is missing or can't be read.
pub fn file_is_unreadable(path: &str, error: &std::io::Error, own: Option<&Exercise>) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => format!("{path} is missing{}", bring_back(own)),
        _ => format!("{path} can't be read ({error})"),
    }
}

fn bring_back(own: Option<&Exercise>) -> String {
    own.map_or(String::new(), |exercise| {
        format!(
            "; `cargo checker reset {}` brings the stub back",
            exercise.id()
        )
    })
}

/// What follows the compiler's errors.
pub fn build_failed() -> String {
    "It does not compile yet; the first error comes first, and often explains the others."
        .to_owned()
}

/// What follows a fault.
pub fn our_fault() -> String {
    "This is the course's fault and not yours; please tell its authors.".to_owned()
}

/// The most common reason for a test to fail.
pub fn cause(cause: &str) -> String {
    format!("Most often: {cause}.")
}

/// What the learner's code printed during a test.
pub fn your_prints() -> String {
    "Your code printed in this test:".to_owned()
}

/// `level-1-basics` as a heading.
pub fn level_title(level: &str) -> String {
    let mut parts = level.splitn(3, '-');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("level"), Some(number), Some(name)) => {
            let mut letters = name.chars();
            let name: String = letters
                .next()
                .map(|first| first.to_uppercase().chain(letters).collect())
                .unwrap_or_default();
            format!("Level {number} · {name}")
        }
        _ => level.to_owned(),
    }
}

/// How far the learner is.
pub fn count_passed(passed: usize, all: usize) -> String {
    format!("{passed} of {all} exercises passed")
}

/// The title over the rooms.
pub fn escape_room() -> String {
    "The escape room".to_owned()
}

/// Nothing is left.
pub fn all_passed() -> String {
    "You have passed every exercise of the course. `cargo checker ID` judges one again; \
     `cargo checker solution ID` compares yours with the reference."
        .to_owned()
}

/// The end of the course.
pub fn end_of_course() -> String {
    "This was the last exercise of the course.".to_owned()
}

/// What to do about an exercise that does not pass.
pub fn go_on(exercise: &Exercise, file: &str, verdict: ExerciseVerdict) -> String {
    let id = exercise.id();
    match verdict {
        ExerciseVerdict::NotWritten if !exercise.is_room() => format!(
            "Open {file} and write what its `todo!` asks for. `cargo checker show {id}` shows the task, \
             {} teaches it, and `cargo checker hint {id}` helps.",
            chapter(exercise)
        ),
        _ if exercise.is_room() => format!(
            "Work on {}, save it, and run this again. `cargo checker hint {id}` gives a hint.",
            exercise.shown(&exercise.attack())
        ),
        _ => format!(
            "Mend {file}, save it, and run this again. `cargo checker hint {id}` gives a hint."
        ),
    }
}

/// An exercise passed.
pub fn passed(exercise: &Exercise) -> String {
    format!(
        "{} {} passed. `cargo checker solution {}` tells why the reference is as it is.",
        exercise.id(),
        exercise.name(),
        exercise.id()
    )
}

/// The exercise that comes next.
pub fn up_next(next: &Exercise) -> String {
    format!(
        "Next: {} {} ({} min). Read {}, then open {}.",
        next.id(),
        next.name(),
        next.manifest().minutes,
        chapter(next),
        next.shown(&next.file()),
    )
}

/// The chapter of an exercise, as a path in the course.
pub fn chapter(exercise: &Exercise) -> String {
    let chapter = exercise
        .manifest()
        .chapter
        .to_string_lossy()
        .replace('\\', "/");
    format!("book/src/{chapter}")
}

/// Where an exercise is done and taught.
pub fn where_it_is(exercise: &Exercise) -> String {
    format!(
        "{} min, {} points. Chapter: {}. Your file: {}.",
        exercise.manifest().minutes,
        exercise.manifest().points,
        chapter(exercise),
        exercise.shown(&exercise.file()),
    )
}

/// The way to the next hint.
pub fn more_hints(exercise: &Exercise, rung: u32, last: u32) -> String {
    if rung < last {
        format!(
            "`cargo checker hint {}` again gives the next of {last}.",
            exercise.id()
        )
    } else {
        format!(
            "This was the last hint. `cargo checker solution {} --give-up` shows the reference.",
            exercise.id()
        )
    }
}

/// The file is the stub already.
pub fn nothing_to_reset(exercise: &Exercise) -> String {
    format!(
        "{} is the stub as it was; nothing to reset.",
        exercise.shown(&exercise.file())
    )
}

/// No backup could be made.
pub fn nothing_was_reset() -> String {
    "failed to keep a backup of your file, so nothing was reset".to_owned()
}

/// The stub is back.
pub fn was_reset(file: &str, backup: Option<&str>) -> String {
    match backup {
        Some(backup) => {
            format!("{file} is as it was given. What you had written is kept as {backup}.")
        }
        None => format!("{file} is as it was given."),
    }
}

/// The solution is for later.
pub fn solution_not_yet(exercise: &Exercise) -> String {
    format!(
        "{} {} has not passed yet; `cargo checker hint {}` helps, and \
         `cargo checker solution {} --give-up` shows the solution all the same",
        exercise.id(),
        exercise.name(),
        exercise.id(),
        exercise.id()
    )
}

/// The learner's file is the reference.
pub fn same_as_reference() -> String {
    "Your file is the same as the reference.".to_owned()
}

/// The heading of the comparison with the reference.
pub fn diff_title(exercise: &Exercise) -> String {
    format!(
        "{} and {}",
        exercise.shown(&exercise.file()),
        exercise.shown(&exercise.solution())
    )
}

/// `--file` with several exercises.
pub fn one_file_for_several() -> String {
    "--file judges one file as one exercise; name one id, or use --all with a folder laid out as `levels` is"
        .to_owned()
}

/// `--all --file` with a file.
pub fn all_of_a_file(file: &Path) -> String {
    format!(
        "{} is no folder; with --all, --file names a folder laid out as `levels` is, such as `solutions`",
        file.display()
    )
}

/// `--file` with a path that does not exist.
pub fn no_such_file(file: &Path) -> String {
    format!("there is no file {}", file.display())
}

/// A judging begins.
pub fn judging(exercise: &Exercise) -> String {
    format!("Judging {} {} …", exercise.id(), exercise.name())
}

/// The keys of watch mode.
pub fn watch_keys(raw: bool) -> String {
    let how = if raw { "" } else { " (then Enter)" };
    format!(
        "Watching; save a file to have it judged. Keys{how}: h hint · l list · r reset · q quit"
    )
}

/// The file system tells of no changes.
pub fn cannot_watch() -> String {
    "this system can't tell when files change; try `cargo checker watch --poll`".to_owned()
}

/// A level that does not exist.
pub fn unknown_level(level: &str, levels: &[&str]) -> String {
    let mut levels = levels.to_vec();
    levels.dedup();
    format!(
        "there is no level {level:?} below `levels`; there is {}",
        levels.join(", ")
    )
}

/// A name that can't be an exercise's.
pub fn bad_exercise_name(name: &str) -> String {
    format!(
        "{name:?} can't name an exercise; use one word of lower-case letters, digits and hyphens"
    )
}

/// What is to be done with a new exercise.
pub fn new_exercise(id: &str, name: &str) -> String {
    format!(
        "Fill these files, link the book's page in book/src/SUMMARY.md, and run `cargo checker dev check {id}`: \
         it tells what {name} still lacks."
    )
}
