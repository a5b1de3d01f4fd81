//! A learner's way through a course, with the real binary.

use std::fs;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use crate::support::{Course, Ran, double};
use pretty_assertions::assert_eq;
use serde_json::Value;

const RIGHT: &str = "n.checked_mul(2).ok_or_else(|| format!(\"{n} is too large\"))";

#[test]
fn a_fresh_course_shows_where_one_is_and_judges_the_first_stub() {
    let course = Course::new("fresh");
    let ran = course.checker(&[]);
    ran.exits(0).says(&[
        "Level 1 · Fresh",
        "▸ 1.1 double",
        "· 1.2 counter",
        "0 of 2 exercises passed",
        "not written yet: double",
        "0 of 3 tests passed, 0 of 4 points",
        "levels/level-1-fresh/exercises/01_double.rs",
    ]);
    course.checker(&["run"]).exits(1);
}

#[test]
fn a_pass_is_remembered_and_the_next_exercise_becomes_the_current_one() {
    let course = Course::new("pass");
    course.write_double(RIGHT);
    course.checker(&[]).exits(0).says(&[
        "1.1 double passed",
        "Next: 1.2 counter (5 min)",
        "book/src/level-1/numbers.md",
    ]);
    course
        .checker(&["list"])
        .says(&["✓ 1.1 double", "▸ 1.2 counter", "1 of 2"]);
    course.checker(&["run"]).exits(1).says(&["1.2 Count"]);
    let list: Value =
        serde_json::from_str(&course.checker(&["list", "--format", "json"]).stdout).expect("JSON");
    assert_eq!(list["version"], 1);
    assert_eq!(list["current"], "1.2");
    assert_eq!(list["exercises"][0]["passed"], true);
}

#[test]
fn a_failing_run_shows_the_first_failing_test_whole_and_reads_without_color() {
    let course = Course::new("failing");
    course.write_double(r#"println!("doubling {n}"); Ok(if n == 0 { 1 } else { n * 2 })"#);
    let ran = course.checker(&["1.1"]);
    ran.exits(0).says(&[
        "✗ zero stays zero",
        "the answer is not the one expected",
        "double(0)",
        "< expected / got >\n    <0\n    >1",
        "Most often: a constant was added.",
        "| doubling 0",
        "✓ a number is doubled",
        "✗ a number that is too large is an error (panicked)",
        "`cargo checker hint 1.1`",
    ]);
    assert!(!ran.stdout.contains('\u{1b}'), "{:?}", ran.stdout);
}

#[test]
fn compiler_errors_are_shown_as_rustc_wrote_them() {
    let course = Course::new("error");
    course.write_double("Ok(nn * 2)");
    course.checker(&["run", "1.1"]).exits(1).says(&[
        "error[E0425]: cannot find value `nn` in this scope",
        "exercises/01_double.rs:2:8",
        "It does not compile yet",
    ]);
    let report = course.judge(&double("let n: () = n; Ok(n)"));
    assert_eq!(report["verdict"], "build-failed");
    assert!(
        report["message"]
            .as_str()
            .is_some_and(|text| text.starts_with("error")),
        "{report:#}"
    );
}

#[test]
fn an_error_in_one_exercise_does_not_keep_another_from_being_judged() {
    let course = Course::new("apart");
    course.solve();
    course.write_double("this is no Rust");
    course.checker(&["run", "--all"]).exits(1).says(&[
        "✗ 1.1 double       does not build",
        "✓ 1.2 counter      passed",
        "1 passed, 1 not",
    ]);
}

#[test]
fn another_file_is_judged_without_touching_the_learners() {
    let course = Course::new("file");
    let before = fs::read(course.exercise("01_double.rs")).expect("a stub");
    let solution = "solutions/level-1-file/exercises/01_double.rs";
    course
        .checker(&["run", "double", "--file", solution])
        .exits(0);
    course
        .checker(&["run", "--all", "--file", "solutions"])
        .exits(0)
        .says(&["2 passed, 0 not"]);
    assert_eq!(
        fs::read(course.exercise("01_double.rs")).expect("a stub"),
        before
    );
    // Somebody else's pass is not one's own.
    course.checker(&["list"]).says(&["0 of 2"]);
    course
        .checker(&["run", "1.1", "--file", "nothing.rs"])
        .exits(2)
        .complains(&["there is no file nothing.rs"]);
    course
        .checker(&["run", "1.1", "--file", "book"])
        .exits(2)
        .complains(&["book is a folder"]);
    course
        .checker(&["run", "1.1", "1.2", "--file", solution])
        .exits(2)
        .complains(&["--file judges one file"]);
}

#[test]
fn an_older_file_in_the_place_of_a_newer_one_is_judged_and_not_its_program() {
    let course = Course::new("older");
    let judged = |arguments: &[&str]| course.checker(&[&["run", "1.1"], arguments].concat()).code;
    let old = std::time::SystemTime::now() - Duration::from_secs(3600);
    let age = |path: &std::path::Path| {
        let file = fs::File::options().append(true).open(path).expect("a file");
        file.set_modified(old).expect("aged");
    };
    let attempt = course.path("attempt.rs");
    fs::write(&attempt, double(RIGHT)).expect("a file");
    assert_eq!(judged(&["--file", "attempt.rs"]), Some(0));
    fs::write(&attempt, double("Ok(n)")).expect("a file");
    age(&attempt);
    assert_eq!(judged(&["--file", "attempt.rs"]), Some(1));
    // The learner's own file, moved back from a backup.
    course.write_double(RIGHT);
    assert_eq!(judged(&[]), Some(0));
    course.write_double("Ok(n)");
    age(&course.exercise("01_double.rs"));
    assert_eq!(judged(&[]), Some(1));
}

#[test]
#[cfg(unix)]
fn what_is_no_file_of_a_program_is_refused_at_once() {
    let course = Course::new("nofile");
    fs::write(course.path("huge.rs"), vec![b' '; 2 << 20]).expect("a file");
    course
        .checker(&["run", "1.1", "--file", "huge.rs"])
        .exits(1)
        .says(&["larger than 1024 KiB"]);
    course
        .checker(&["run", "1.1", "--file", "/dev/zero"])
        .exits(1)
        .says(&["no regular file"]);
}

#[test]
#[cfg(unix)]
fn a_pipe_in_the_place_of_a_file_holds_nothing_up() {
    let course = Course::new("pipe");
    let pipe = |path: std::path::PathBuf| {
        let _ = fs::remove_file(&path);
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.expect("mkfifo runs").success());
    };
    pipe(course.exercise("01_double.rs"));
    course
        .checker(&["run", "1.1"])
        .exits(1)
        .says(&["no regular file"]);
    course
        .checker(&["reset", "1.1"])
        .exits(2)
        .complains(&["no regular file"]);
    fs::create_dir(course.path(".checker")).expect("a folder");
    pipe(course.path(".checker/progress.toml"));
    course
        .checker(&["list"])
        .exits(2)
        .complains(&["progress.toml", "no regular file"]);
}

#[test]
fn a_path_that_leaves_the_course_is_refused() {
    let course = Course::new("outside");
    let manifest = course.path("checker/exercises/1.1-double/exercise.toml");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    fs::write(&manifest, text.replace("file = \"", "file = \"../../")).expect("a manifest");
    course
        .checker(&["reset", "1.1"])
        .exits(2)
        .complains(&["must be a plain path"]);
}

#[test]
fn one_test_can_be_run_alone_and_a_seed_repeats_a_run() {
    let course = Course::new("one");
    course.write_double("Ok(n * 3)");
    let run = |seed| {
        course.checker(&[
            "run", "1.1", "--test", "doubled", "--seed", seed, "--format", "json",
        ])
    };
    let (one, again, other) = (run("7"), run("7"), run("8"));
    let got = |ran: &Ran| {
        let report: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        assert_eq!(
            report["results"][0]["tests"].as_array().map(Vec::len),
            Some(1)
        );
        report["results"][0]["tests"][0]["call"].clone()
    };
    assert_eq!(got(&one), got(&again));
    assert_ne!(got(&one), got(&other));
    course
        .checker(&["run", "1.1", "--test", "nonsense"])
        .exits(2)
        .complains(&["no test of 1.1 double has \"nonsense\""]);
}

#[test]
fn hints_come_one_rung_at_a_time() {
    let course = Course::new("hints");
    course
        .checker(&["hint", "1.1"])
        .exits(0)
        .says(&["hint 1 of 3: Where to look", "again gives the next"]);
    course
        .checker(&["hint", "1.1"])
        .says(&["hint 2 of 3: Which API"]);
    course
        .checker(&["hint", "1.1", "--rung", "1"])
        .says(&["hint 1 of 3"]);
    course
        .checker(&["hint"])
        .says(&["hint 3 of 3: Nearly the code", "--give-up"]);
    course.checker(&["hint", "1.1", "--rung", "4"]).exits(2);
}

#[test]
fn a_reset_keeps_what_the_learner_wrote() {
    let course = Course::new("reset");
    course
        .checker(&["reset", "1.1"])
        .exits(0)
        .says(&["nothing to reset"]);
    for (own, backup) in [
        (&b"mine \xff"[..], "1.1-double.rs"),
        (b"mine again", "1.1-double-2.rs"),
    ] {
        fs::write(course.exercise("01_double.rs"), own).expect("a file");
        course
            .checker(&["reset", "1.1"])
            .exits(0)
            .says(&["is the stub again", backup]);
        assert_eq!(
            fs::read(course.path(&format!(".checker/backups/{backup}"))).expect("a backup"),
            own
        );
    }
    let stub = fs::read(course.path("checker/exercises/1.1-double/stub.rs")).expect("a stub");
    assert_eq!(
        fs::read(course.exercise("01_double.rs")).expect("a file"),
        stub
    );
}

#[test]
fn the_solution_waits_for_a_pass_unless_one_gives_up() {
    let course = Course::new("solution");
    course
        .checker(&["solution", "1.1"])
        .exits(2)
        .complains(&["has not passed yet", "--give-up"]);
    course.write_double("n.checked_mul(2).ok_or(format!(\"{n} is too large\"))");
    course.checker(&["run", "1.1"]).exits(0);
    course.checker(&["solution"]).exits(0).says(&[
        "It uses checked arithmetic.",
        "< yours / reference >",
        "Next: 1.2 counter",
    ]);
    course.checker(&["solution", "1.2"]).exits(2);
    course
        .checker(&["solution", "1.2", "--give-up"])
        .exits(0)
        .says(&["It keeps a sum.", "self.0 += n;"]);
    course.checker(&["solution", "1.2"]).exits(0);
    course
        .checker(&["list", "--format", "json"])
        .says(&["\"gave_up\": true"]);
}

#[test]
fn an_exercise_is_found_by_id_name_and_unique_beginning_and_a_wrong_one_suggests_the_nearest() {
    let course = Course::new("names");
    for name in ["1.1", "double", "dou", "DOUBLE", "1.1-double", "01_double"] {
        course
            .checker(&["show", name])
            .exits(0)
            .says(&["1.1 Double a number", "Write `double`."]);
    }
    course
        .checker(&["show", "dubble"])
        .exits(2)
        .complains(&["\"dubble\"", "did you mean 1.1 double?"]);
    course
        .checker(&["show", "1"])
        .exits(2)
        .complains(&["1.1 double or 1.2 counter"]);
    course.checker(&["run", "\u{1b}[2J"]).exits(2);
    course.checker(&["run", ""]).exits(2);
}

#[test]
fn a_missing_or_empty_file_is_named_with_the_way_back() {
    let course = Course::new("missing");
    fs::write(course.exercise("01_double.rs"), "").expect("a file");
    course
        .checker(&["run", "1.1"])
        .exits(1)
        .says(&["01_double.rs is empty", "`cargo checker reset 1.1`"]);
    fs::remove_file(course.exercise("01_double.rs")).expect("removed");
    course
        .checker(&["run", "1.1"])
        .exits(1)
        .says(&["01_double.rs is missing"]);
    // The other exercise is judged by its own program all the same.
    fs::copy(
        course.path("solutions/level-1-missing/exercises/02_counter.rs"),
        course.exercise("02_counter.rs"),
    )
    .expect("a solution");
    course.checker(&["run", "--all"]).exits(1).says(&[
        "✗ 1.1 double       does not build",
        "✓ 1.2 counter      passed",
    ]);
    course
        .checker(&["reset", "1.1"])
        .exits(0)
        .says(&["is the stub again"]);
    course
        .checker(&["run", "1.1"])
        .exits(1)
        .says(&["not written yet"]);
}

#[test]
fn without_a_toolchain_the_next_step_is_named() {
    let course = Course::new("toolchain");
    let output = course
        .command(&["run", "1.1"])
        .env("PATH", course.root())
        .env_remove("CARGO")
        .output()
        .expect("the checker runs");
    Ran::of(output)
        .exits(2)
        .complains(&["the Rust toolchain is not in PATH", "rustup"]);
}

#[test]
fn a_broken_exercise_file_names_file_line_and_key() {
    let course = Course::new("broken");
    let manifest = course.path("checker/exercises/1.1-double/exercise.toml");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    fs::write(&manifest, text.replace("minutes", "minuets")).expect("a manifest");
    course.checker(&[]).exits(2).complains(&[
        "checker/exercises/1.1-double/exercise.toml",
        "line 6",
        "minuets",
        "minutes",
    ]);
}

#[test]
fn tests_that_can_not_be_run_are_the_courses_fault() {
    for (name, tests, words) in [
        ("typo", "test('a', () => {", "tests.js"),
        ("none", "// nothing", "declares no test"),
        (
            "twice",
            "test('a', () => {}); test('a', () => {});",
            "declares \"a\" twice",
        ),
    ] {
        let course = Course::new(&format!("fault-{name}"));
        course.write_double(RIGHT);
        fs::write(course.path("checker/exercises/1.1-double/tests.js"), tests).expect("a file");
        course
            .checker(&["run", "1.1"])
            .exits(3)
            .says(&[words, "not yours"]);
    }
}

#[test]
fn broken_progress_is_set_aside_and_told() {
    let course = Course::new("progress");
    fs::create_dir(course.path(".checker")).expect("a folder");
    fs::write(course.path(".checker/progress.toml"), "version = 1\n[[").expect("a file");
    course
        .checker(&["list"])
        .exits(0)
        .complains(&["progress-broken.toml", "begins anew"]);
    assert!(course.path(".checker/progress-broken.toml").is_file());
}

#[test]
fn progress_that_can_not_be_saved_leaves_the_verdict_standing() {
    let course = Course::new("unsaved");
    course.write_double(RIGHT);
    // A file where the folder should be: as good as a full disk for everybody, root included.
    fs::write(course.path(".checker"), "in the way").expect("a file");
    course
        .checker(&["run", "1.1"])
        .exits(0)
        .complains(&["could not be saved", "the verdict stands"]);
}

#[test]
fn outside_of_a_course_the_one_it_was_built_in_is_used() {
    let elsewhere = tempfile::tempdir().expect("a folder");
    let output = Course::new("elsewhere")
        .command(&["list"])
        .current_dir(elsewhere.path())
        .output()
        .expect("the checker runs");
    Ran::of(output).exits(0).says(&["1.1 evaluate"]);
}

#[test]
fn forty_columns_are_enough() {
    let course = Course::new("narrow");
    for arguments in [&["1.1"][..], &["list"], &["1.2"]] {
        let output = course
            .command(arguments)
            .env("COLUMNS", "40")
            .output()
            .expect("the checker runs");
        let ran = Ran::of(output);
        let long: Vec<&str> = ran
            .stdout
            .lines()
            .filter(|line| line.chars().count() > 40)
            .collect();
        // A path is not cut: it is there to be copied.
        assert!(long.iter().all(|line| line.contains('/')), "{long:#?}");
    }
}

#[test]
fn two_checkers_at_once_both_judge() {
    let course = Course::new("both");
    course.solve();
    let mut children: Vec<_> = ["1.1", "1.2", "1.1"]
        .map(|id| {
            course
                .command(&["run", id])
                .stdout(std::process::Stdio::null())
                .spawn()
                .expect("the checker runs")
        })
        .into();
    for child in &mut children {
        assert!(child.wait().expect("ended").success());
    }
    course.checker(&["list"]).says(&["2 of 2"]);
}

#[test]
#[cfg(unix)]
fn an_interrupt_ends_everything_it_started() {
    use std::io::Read as _;
    let course = Course::new("interrupt");
    course.write_double("loop { std::hint::black_box(n); }");
    course.checker(&["run", "1.1"]).exits(1);
    // Long enough that only the interrupt can end it in time.
    let manifest = course.path("checker/exercises/1.1-double/exercise.toml");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    let text = text.replace(
        "wall_ms = 700",
        "wall_ms = 600_000\ntest_ms = 600_000\ncpu_s = 600",
    );
    fs::write(&manifest, text).expect("a manifest");
    let mut child = course
        .command(&["run", "1.1"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the checker runs");
    let worker = format!("pgrep -P {} | head -1", child.id());
    let running = || {
        let found = std::process::Command::new("sh")
            .args(["-c", &worker])
            .output()
            .expect("sh runs");
        !found.stdout.is_empty()
    };
    let begun = Instant::now();
    while !running() && begun.elapsed() < Duration::from_secs(60) {
        std::thread::yield_now();
    }
    nix::sys::signal::kill(
        nix::unistd::Pid::from_raw(i32::try_from(child.id()).expect("a pid")),
        nix::sys::signal::Signal::SIGINT,
    )
    .expect("sent");
    let status = child.wait().expect("ended");
    assert_eq!(status.code(), Some(130));
    let mut printed = String::new();
    child
        .stdout
        .take()
        .expect("piped")
        .read_to_string(&mut printed)
        .expect("read");
    assert!(!printed.contains("passed"), "{printed}");
    assert!(begun.elapsed() < Duration::from_secs(120));
}

#[test]
fn watch_judges_what_is_saved_and_takes_keys() {
    use std::io::{BufRead as _, BufReader, Write as _};
    for poll in [false, true] {
        let course = Course::new(if poll { "poll" } else { "watch" });
        let arguments: &[&str] = if poll {
            &["watch", "--poll"]
        } else {
            &["watch"]
        };
        let mut child = course
            .command(arguments)
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .expect("the checker runs");
        let mut keys = child.stdin.take().expect("piped");
        // Should a line never come, the pipe's end fails the test.
        let pid = child.id();
        let (done, alarm) = std::sync::mpsc::channel::<()>();
        std::thread::spawn(move || {
            if alarm.recv_timeout(Duration::from_secs(120)) == Err(RecvTimeoutError::Timeout) {
                kill(pid);
            }
        });
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut until = |words: &str| {
            let found = lines
                .by_ref()
                .map_while(Result::ok)
                .any(|line| line.contains(words));
            assert!(found, "{words:?} never came");
        };
        until("Watching; save a file");
        course.write_double(RIGHT);
        until("1.1 double passed");
        until("Watching");
        writeln!(keys, "l").expect("a key");
        until("✓ 1.1 double");
        until("Watching");
        // It does not move on by itself: a hint is still one for 1.1.
        writeln!(keys, "h").expect("a key");
        until("1.1 double, hint 1 of 3");
        until("Watching");
        writeln!(keys, "r").expect("a key");
        until("is the stub again");
        // The stub that came back is a save like any other.
        until("not written yet");
        writeln!(keys, "q").expect("a key");
        assert!(child.wait().expect("ended").success());
        drop(done);
    }
}

#[test]
fn dev_check_proves_a_whole_course_and_names_each_flaw() {
    let course = Course::new("dev");
    course.checker(&["dev", "check"]).exits(0).says(&[
        "✓ 1.1 double",
        "✓ 1.2 counter",
        "2 exercises",
    ]);

    let pieces = |name: &str| course.path(&format!("checker/exercises/1.1-double/{name}"));
    let change = |name: &str, from: &str, to: &str| {
        let text = fs::read_to_string(pieces(name)).expect("a file");
        assert!(text.contains(from), "{name} has no {from:?}");
        fs::write(pieces(name), text.replace(from, to)).expect("a file");
    };
    change("wrong/squared.rs", "Ok(n * n)", "Ok(2 * n)");
    change("wrong/plus_one.rs", "zero stays zero", "no such test");
    change("wrong/unchecked.rs", "// Caught by", "// Found by");
    change("exercise.toml", "points = 4", "points = 5");
    change("hints.md", "## 3.", "3.");
    change("stub.rs", "todo!(\"double {n}\")", "Ok(2 * n)");
    fs::remove_file(pieces("wrong/panicking.rs")).expect("removed");
    let page = course.path("book/src/level-1/exercises/1.1-double.md");
    fs::write(page, "# Exercise 1.1\n").expect("a page");
    let ran = course.checker(&["dev", "check", "1.1"]);
    let stdout = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    ran.exits(1);
    for words in [
        "squared.rs is not caught by \"a number is doubled\"",
        "plus_one.rs names a test that does not exist",
        "unchecked.rs does not begin with `// Caught by",
        "add up to 4, and exercise.toml says 5",
        "hints.md has 2 rungs",
        "the stub passes",
        "stub.rs differ",
        "wrong/ has 3 files",
        "does not include checker/exercises/1.1-double/brief.md",
        "does not say the minutes",
    ] {
        assert!(stdout.contains(words), "{words:?} is missing in {stdout}");
    }
}

#[test]
fn dev_new_makes_an_exercise_that_compiles_and_says_what_it_lacks() {
    let course = Course::new("new");
    course
        .checker(&["dev", "new", "level-1-new", "realms"])
        .exits(0)
        .says(&["1.3-realms/tests.js"]);
    course
        .checker(&["run", "realms"])
        .exits(1)
        .says(&["1.3 A title", "not written yet"]);
    course
        .checker(&[
            "run",
            "1.3",
            "--file",
            "solutions/level-1-new/exercises/03_realms.rs",
        ])
        .exits(0);
    course
        .checker(&["dev", "check", "1.3"])
        .exits(1)
        .says(&["CHAPTER.md is missing", "is not caught by"]);
    course
        .checker(&["dev", "new", "level-1-new", "realms"])
        .exits(2)
        .complains(&["called realms already"]);
    course
        .checker(&["dev", "new", "level-9", "x"])
        .exits(2)
        .complains(&["no level \"level-9\""]);
    course
        .checker(&["dev", "new", "level-1-new", "../x"])
        .exits(2)
        .complains(&["can't name an exercise"]);
}

fn kill(pid: u32) {
    let kill = if cfg!(windows) {
        "taskkill /F /PID"
    } else {
        "kill -9"
    };
    let shell = if cfg!(windows) {
        ["cmd", "/C"]
    } else {
        ["sh", "-c"]
    };
    let _ = std::process::Command::new(shell[0])
        .args([shell[1], &format!("{kill} {pid}")])
        .status();
}
