//! The report, version 1: what judging found, as data. Every rendering starts
//! from it, and scripts read it as JSON, so its names and shapes are stable.

use serde::Serialize;

/// What a run of the checker found.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The version of this shape.
    pub version: u32,
    /// What the tests' randomness began with; `--seed` repeats it.
    pub seed: u32,
    /// One entry for each exercise, in the course's order.
    pub results: Vec<ExerciseReport>,
    /// How many exercises passed.
    pub passed: usize,
    /// How many did not.
    pub failed: usize,
}

impl Report {
    /// Sums up `results`.
    pub fn new(seed: u32, results: Vec<ExerciseReport>) -> Self {
        let passed = results.iter().filter(|result| result.passed()).count();
        Self {
            version: 1,
            seed,
            failed: results.len() - passed,
            passed,
            results,
        }
    }

    /// Whether every exercise passed.
    pub fn all_passed(&self) -> bool {
        self.failed == 0
    }

    /// Whether some exercise could not be judged, by a fault that is not the learner's.
    pub fn faulty(&self) -> bool {
        self.results
            .iter()
            .any(|result| result.verdict == ExerciseVerdict::Fault)
    }
}

/// What was found of one exercise.
#[derive(Debug, Clone, Serialize)]
pub struct ExerciseReport {
    /// Such as `1.1`.
    pub id: String,
    /// Such as `evaluate`.
    pub name: String,
    /// All in one word.
    pub verdict: ExerciseVerdict,
    /// What the compiler wrote, or what went wrong on our side.
    pub message: Option<String>,
    /// One entry for each test, in the order of the tests' file.
    pub tests: Vec<TestReport>,
    /// The points of the tests that passed, and of all.
    pub points: Points,
    /// Where the time went.
    pub millis: Millis,
}

impl ExerciseReport {
    /// This and what was found of another part of the same exercise.
    pub fn followed_by(mut self, other: Self) -> Self {
        self.tests.extend(other.tests);
        self.verdict = verdict(&self.tests);
        self.points.earned += other.points.earned;
        self.points.possible += other.points.possible;
        self.millis.build += other.millis.build;
        self.millis.judge += other.millis.judge;
        self
    }

    /// Whether every test passed.
    pub fn passed(&self) -> bool {
        self.verdict == ExerciseVerdict::Passed
    }
}

/// All of an exercise in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExerciseVerdict {
    /// Every declared test passed.
    Passed,
    /// Some test did not.
    Failed,
    /// The compiler refused it.
    BuildFailed,
    /// It still says `todo!`.
    NotWritten,
    /// It could not be judged, and that is not the learner's doing.
    Fault,
}

/// Points earned of points possible.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Points {
    /// Of the tests that passed.
    pub earned: u32,
    /// Of all tests.
    pub possible: u32,
}

/// Times in milliseconds.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Millis {
    /// Compiling (shared by all exercises that were compiled together).
    pub build: u64,
    /// Running the tests.
    pub judge: u64,
}

/// What was found by one test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TestReport {
    /// A sentence: what should hold.
    pub name: String,
    /// Whether it holds, or what came in between.
    pub verdict: Verdict,
    /// What happened, in a sentence.
    pub message: Option<String>,
    /// The value that was expected.
    pub expected: Option<String>,
    /// The value that came.
    pub got: Option<String>,
    /// The last call, as one would write it in Rust.
    pub call: Option<String>,
    /// The most common reason for this test to fail.
    pub cause: Option<String>,
    /// What the learner's code printed in this test.
    pub output: Option<String>,
    /// What the test is worth.
    pub points: u32,
    /// How long it took.
    pub millis: u64,
}

impl TestReport {
    /// A test of which nothing else is known.
    pub fn new(name: impl Into<String>, verdict: Verdict, points: u32) -> Self {
        Self {
            name: name.into(),
            verdict,
            message: None,
            expected: None,
            got: None,
            call: None,
            cause: None,
            output: None,
            points,
            millis: 0,
        }
    }
}

/// Whether a test holds, or what came in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It holds.
    Passed,
    /// An expectation was not met.
    Failed,
    /// A `todo!` was reached.
    NotWritten,
    /// The learner's code panicked.
    Panicked,
    /// The worker died, or closed its pipe.
    Crashed,
    /// A call, the test, or the processor time took too long.
    TimeLimit,
    /// An allocation was refused.
    MemoryLimit,
    /// Too much was printed or answered.
    OutputLimit,
    /// The test was declared and has no result.
    Missing,
}

/// The verdict on an exercise that follows from its tests.
pub fn verdict(tests: &[TestReport]) -> ExerciseVerdict {
    let all = |wanted: &[Verdict]| tests.iter().all(|test| wanted.contains(&test.verdict));
    if tests.is_empty() {
        ExerciseVerdict::Fault
    } else if all(&[Verdict::Passed]) {
        ExerciseVerdict::Passed
    } else if all(&[Verdict::Passed, Verdict::NotWritten]) {
        ExerciseVerdict::NotWritten
    } else {
        ExerciseVerdict::Failed
    }
}
