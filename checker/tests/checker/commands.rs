//! A learner's way through a course.

use std::fs;

use pretty_assertions::assert_eq;
use serde_json::Value;

use crate::support::{Course, RIGHT, Ran, double};

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
            .says(&["is as it was given", backup]);
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
