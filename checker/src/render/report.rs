//! A report for people: the first failing test whole, the others by name.

use std::fmt::Write as _;

use super::diff::diff;
use super::terminal::{BAD, GOOD, NOTE, QUIET, STRONG, cut, indented, styled, visible, wrapped};
use crate::exercise::Exercise;
use crate::message;
use crate::report::{ExerciseReport, ExerciseVerdict, Report, TestReport, Verdict};

/// How much of a message or a value is shown, in characters.
const SHOWN: usize = 4_000;

/// Everything about one exercise.
pub fn exercise(report: &ExerciseReport, exercise: &Exercise, seed: u32) -> String {
    let mut text = String::new();
    let title = format!("{} {}", report.id, exercise.manifest().title);
    let _ = writeln!(text, "{}", styled(STRONG, &title));
    let _ = writeln!(text);
    match report.verdict {
        ExerciseVerdict::BuildFailed => {
            let _ = writeln!(
                text,
                "{}",
                report.message.as_deref().unwrap_or_default().trim_end()
            );
            let _ = writeln!(text);
            let _ = writeln!(text, "{}", wrapped(&message::build_failed(), ""));
            return text;
        }
        ExerciseVerdict::Fault => {
            let why = report.message.as_deref().unwrap_or_default();
            let _ = writeln!(text, "{}", wrapped(&visible(why), ""));
            let _ = writeln!(text, "{}", wrapped(&message::our_fault(), ""));
            return text;
        }
        _ => {}
    }
    let first = report
        .tests
        .iter()
        .position(|test| test.verdict != Verdict::Passed);
    if let Some(first) = first {
        let _ = writeln!(text, "{}", whole(&report.tests[first]));
        let _ = writeln!(text);
    }
    for (index, test) in report.tests.iter().enumerate() {
        if Some(index) != first {
            let _ = writeln!(text, "{}", line(test));
        }
    }
    let _ = writeln!(text);
    let _ = writeln!(text, "{}", wrapped(&sum(report, seed), ""));
    text
}

/// A test and all that is known of it.
fn whole(test: &TestReport) -> String {
    let mut parts = vec![line(test)];
    if let Some(said) = &test.message {
        parts.push(wrapped(&visible(&cut(said, SHOWN)), "    "));
    }
    if let Some(call) = &test.call {
        parts.push(String::new());
        parts.push(indented(&visible(&cut(call, SHOWN)), "    "));
    }
    match (&test.expected, &test.got) {
        (Some(expected), Some(got)) => {
            let [expected, got] = [expected, got].map(|side| visible(&cut(side, SHOWN)));
            parts.push(indented(&diff(&expected, &got), "    "));
        }
        (Some(expected), None) => parts.push(side("expected", expected)),
        (None, Some(got)) => parts.push(side("got", got)),
        (None, None) => {}
    }
    if let Some(cause) = &test.cause {
        parts.push(String::new());
        let cause = message::cause(&visible(cause));
        parts.push(styled(NOTE, &wrapped(&cause, "    ")));
    }
    if let Some(output) = &test.output {
        parts.push(String::new());
        parts.push(wrapped(&message::your_prints(), "    "));
        parts.push(indented(&visible(output), "    | "));
    }
    parts.join("\n")
}

fn side(name: &str, value: &str) -> String {
    indented(&format!("{name} {}", visible(&cut(value, SHOWN))), "    ")
}

/// A test's mark and name, and its verdict if that is no plain failure.
fn line(test: &TestReport) -> String {
    let (style, mark) = match test.verdict {
        Verdict::Passed => (GOOD, "✓"),
        Verdict::NotWritten => (NOTE, "·"),
        _ => (BAD, "✗"),
    };
    let verdict = match test.verdict {
        // The mark says it.
        Verdict::Passed | Verdict::Failed | Verdict::NotWritten => String::new(),
        other => format!(" ({})", verdict_name(other)),
    };
    let text = wrapped(&format!("{}{verdict}", visible(&test.name)), "    ");
    // The mark takes the place of the first indent.
    format!("  {} {}", styled(style, mark), text.trim_start())
}

/// A verdict as the JSON has it.
fn verdict_name(verdict: Verdict) -> String {
    serde_json::to_value(verdict)
        .ok()
        .and_then(|name| name.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn sum(report: &ExerciseReport, seed: u32) -> String {
    let passed = report
        .tests
        .iter()
        .filter(|test| test.verdict == Verdict::Passed)
        .count();
    let counted = format!(
        "{passed} of {} tests passed, {} of {} points",
        report.tests.len(),
        report.points.earned,
        report.points.possible
    );
    let style = if report.passed() { GOOD } else { BAD };
    let repeat = if report.passed() {
        String::new()
    } else {
        format!("; --seed {seed} repeats it")
    };
    let times = format!(
        "(built in {}, judged in {}{repeat})",
        seconds(report.millis.build),
        seconds(report.millis.judge)
    );
    format!("{} {}", styled(style, &counted), styled(QUIET, &times))
}

fn seconds(millis: u64) -> String {
    format!("{}.{:02} s", millis / 1000, millis % 1000 / 10)
}

/// One line for each exercise, and how many passed.
pub fn summary(report: &Report) -> String {
    let mut text = String::new();
    for result in &report.results {
        let (style, mark, said) = match result.verdict {
            ExerciseVerdict::Passed => (GOOD, "✓", "passed"),
            ExerciseVerdict::NotWritten => (NOTE, "·", "not written yet"),
            ExerciseVerdict::Failed => (BAD, "✗", "failed"),
            ExerciseVerdict::BuildFailed => (BAD, "✗", "does not build"),
            ExerciseVerdict::Fault => (BAD, "!", "could not be judged"),
        };
        let _ = writeln!(
            text,
            "  {} {} {:<12} {said}",
            styled(style, mark),
            result.id,
            result.name
        );
    }
    let style = if report.all_passed() { GOOD } else { BAD };
    let _ = write!(
        text,
        "{}",
        styled(
            style,
            &format!("{} passed, {} not", report.passed, report.failed)
        )
    );
    text
}
