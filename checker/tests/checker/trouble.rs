//! What stands in the way: missing, broken, hostile or doubled things.

use std::fs;
use std::time::Duration;

use pretty_assertions::assert_eq;

use crate::support::{Course, RIGHT, Ran, double};

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
        .says(&["is as it was given"]);
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
