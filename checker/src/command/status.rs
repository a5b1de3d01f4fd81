//! `checker [ID]`: where you are in the course, then how the exercise stands.

use anyhow::Result;

use super::{Session, color, judged, list, out};
use crate::compile::Source;
use crate::exercise::Exercise;
use crate::exit::Exit;
use crate::judge::Options;
use crate::message;
use crate::render::report;
use crate::render::terminal::{GOOD, styled, wrapped};
use crate::report::ExerciseReport;
use crate::room;

pub fn status(session: &mut Session, id: Option<&str>) -> Result<Exit> {
    let exercise = session.pick(id)?;
    out(&list::overview(session, &exercise))?;
    if id.is_none() && session.current().is_none() {
        out(&wrapped(&message::all_passed(), ""))?;
        return Ok(Exit::Passed);
    }
    judge(session, &exercise)?;
    // It could judge: that is all this command promises; `run` is for scripts.
    Ok(Exit::Passed)
}

/// Judges the learner's file, tells of it, and notes a pass.
pub fn judge(session: &mut Session, exercise: &Exercise) -> Result<ExerciseReport> {
    let options = Options {
        seed: fastrand::u32(..),
        ..Options::default()
    };
    let sources = [Source::learner(exercise)];
    let reports = judged(&session.course, &sources, &options, color())?;
    let Some(result) = reports.into_iter().next() else {
        anyhow::bail!(message::our_fault());
    };
    out(&report::exercise(&result, exercise, options.seed))?;
    session.note(&result);
    out(&next(session, exercise, &result))?;
    Ok(result)
}

/// What to do now.
fn next(session: &Session, exercise: &Exercise, result: &ExerciseReport) -> String {
    if !result.passed() {
        if room::is_captured(exercise, result) {
            return wrapped(&message::captured(exercise), "");
        }
        let file = exercise.shown(&exercise.file());
        return wrapped(&message::go_on(exercise, &file, result.verdict), "");
    }
    let mut text = styled(GOOD, &wrapped(&message::passed(exercise), ""));
    if let Some(next) = session.current() {
        text.push('\n');
        text.push_str(&wrapped(&message::up_next(next), ""));
    } else {
        text.push('\n');
        text.push_str(&wrapped(&message::all_passed(), ""));
    }
    text
}
