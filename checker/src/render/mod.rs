//! Rendering: a report as text. Judging knows nothing of it.
//!
//! - `terminal`: hostile text made visible, lines fitted to the width.
//! - `diff`: expected against got.
//! - `markdown`: the course's own texts.
//! - `report`: a report for people.

pub mod diff;
pub mod markdown;
pub mod report;
pub mod terminal;
