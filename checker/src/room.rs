//! A room of the escape room, judged whole: first the room as it was given is
//! attacked, then the learner's fix of it must stand attacks.

use std::path::Path;

use anyhow::Result;

use crate::compile::Source;
use crate::course::Course;
use crate::exercise::Exercise;
use crate::judge::{self, Attack, Options};
use crate::message;
use crate::report::{ExerciseReport, ExerciseVerdict, Points, TestReport, Verdict};
use crate::trial;

/// Judges the attack beside `source`, if there is one, and `source` itself; or
/// only the attack if that is what it is.
///
/// # Errors
/// Trouble with the set-up, in which nothing was judged.
pub fn hold(
    course: &Course,
    source: &Source<'_>,
    options: &Options,
    color: bool,
) -> Result<ExerciseReport> {
    let path = source.path();
    if path.extension().is_some_and(|extension| extension == "js") {
        return breach(course, source.exercise, &path, options, color);
    }
    let attack = path.with_file_name("attack.js");
    let mut reports = Vec::new();
    // Somebody else's fix may come alone.
    if source.file.is_none() || attack.exists() {
        reports.push(breach(course, source.exercise, &attack, options, color)?);
    }
    let options = Options {
        own_attack: judge::attack_in(source.exercise, &attack)?,
        ..options.clone()
    };
    reports.extend(trial::hold(
        course,
        std::slice::from_ref(source),
        |_| options.clone(),
        color,
    )?);
    reports
        .into_iter()
        .reduce(both)
        .ok_or_else(|| anyhow::anyhow!(message::our_fault()))
}

/// Whether neither the attack nor the fix was begun.
pub fn is_untouched(room: &Exercise) -> bool {
    let same = |one: &Path, other: &Path| match (std::fs::read(one), std::fs::read(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    };
    matches!(judge::attack_in(room, &room.attack()), Ok(None))
        && same(&room.file(), &room.piece("stub.rs"))
}

/// Whether the attack works, by the tests that stand first.
pub fn is_captured(room: &Exercise, report: &ExerciseReport) -> bool {
    let breach = report
        .tests
        .iter()
        .take_while(|test| test.name.starts_with("the attack captures"));
    room.is_room()
        && breach.clone().count() > 0
        && breach.clone().all(|test| test.verdict == Verdict::Passed)
}

/// Attacks the room as it was given.
fn breach(
    course: &Course,
    room: &Exercise,
    attack: &Path,
    options: &Options,
    color: bool,
) -> Result<ExerciseReport> {
    match judge::attack_in(room, attack)? {
        Some(attack) => attacked(course, room, attack, options, color),
        None => Ok(unwritten(room, attack)),
    }
}

/// Attacks the room as it was given with `attack`.
pub fn attacked(
    course: &Course,
    room: &Exercise,
    attack: Attack,
    options: &Options,
    color: bool,
) -> Result<ExerciseReport> {
    let options = Options {
        breach: Some(attack),
        ..options.clone()
    };
    let given = [Source::other(room, room.piece("stub.rs"))];
    let reports = trial::hold(course, &given, |_| options.clone(), color)?;
    reports
        .into_iter()
        .next()
        .ok_or_else(|| anyhow::anyhow!(message::our_fault()))
}

fn unwritten(room: &Exercise, attack: &Path) -> ExerciseReport {
    let test = TestReport {
        message: Some(message::no_attack_yet(&room.shown(attack))),
        ..TestReport::new("the attack captures the flag", Verdict::NotWritten, 1)
    };
    ExerciseReport {
        id: room.id().to_owned(),
        name: room.name().to_owned(),
        verdict: ExerciseVerdict::NotWritten,
        message: None,
        points: Points {
            earned: 0,
            possible: test.points,
        },
        tests: vec![test],
        millis: crate::report::Millis::default(),
    }
}

/// The report on the attack and the report on the fix, in one.
fn both(attacked: ExerciseReport, mended: ExerciseReport) -> ExerciseReport {
    let whole = |report: &ExerciseReport| {
        !matches!(
            report.verdict,
            ExerciseVerdict::BuildFailed | ExerciseVerdict::Fault
        )
    };
    match (whole(&attacked), whole(&mended)) {
        (false, _) => attacked,
        (_, false) => mended,
        _ => attacked.followed_by(mended),
    }
}
