//! A course of two tiny exercises in a folder of its own, and the real checker
//! run in it. Nothing in it needs the engine, so it compiles in a second.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A course in a temporary folder.
pub struct Course {
    folder: tempfile::TempDir,
    level: String,
}

/// What the checker printed, and its exit code.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Course {
    /// A new course. All courses share what is compiled below them, so each
    /// needs a `name` of its own: cargo tells packages apart by their names.
    pub fn new(name: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let course = Self {
            folder,
            level: format!("level-1-{name}"),
        };
        let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checker/mini-course");
        course.copy(&template, course.root());
        for pieces in ["1.1-double/01_double.rs", "1.2-counter/02_counter.rs"] {
            let (pieces, file) = pieces.split_once('/').expect("a slash");
            let stub = course.path(&format!("checker/exercises/{pieces}/stub.rs"));
            let exercise = course.exercise(file);
            // git keeps no empty folder.
            fs::create_dir_all(exercise.parent().expect("a folder")).expect("a folder");
            fs::copy(stub, exercise).expect("a stub");
        }
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::copy(lock, course.path("Cargo.lock")).expect("a lock file");
        course
    }

    /// A new course that has a room, too.
    pub fn with_room(name: &str) -> Self {
        let course = Self::new(name);
        let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checker/mini-room");
        course.copy(&template, course.root());
        let level = &course.level;
        for (file, more) in [
            (
                format!("levels/{level}/Cargo.toml"),
                "\n[[bin]]\nname = \"room-01-cell\"\npath = \"escape-room/01-cell/room.rs\"\n",
            ),
            (
                "book/src/SUMMARY.md".to_owned(),
                "  - [A cell](level-1/exercises/room-1-cell.md)\n",
            ),
            (
                "book/src/level-1/numbers.md".to_owned(),
                "\nroom-1-cell.md\n",
            ),
        ] {
            let file = course.path(&file);
            let text = fs::read_to_string(&file).expect("a file");
            fs::write(file, text + more).expect("a file");
        }
        course
    }

    /// A file of the room, such as `attack.js`.
    pub fn room(&self, name: &str) -> PathBuf {
        self.path(&format!("levels/{}/escape-room/01-cell/{name}", self.level))
    }

    fn copy(&self, from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            let name = entry.file_name().into_string().expect("a name");
            let to = to.join(name.trim_end_matches(".in").replace("LEVEL", &self.level));
            if entry.path().is_dir() {
                self.copy(&entry.path(), &to);
                continue;
            }
            let harness = Path::new(env!("CARGO_MANIFEST_DIR")).join("../harness");
            let harness = harness.display().to_string().replace('\\', "/");
            let text = fs::read_to_string(entry.path()).expect("a text");
            let text = text
                .replace("LEVEL", &self.level)
                .replace("HARNESS", &harness);
            fs::write(to, text).expect("a file");
        }
    }

    /// The folder of the course.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A file of the course.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// The learner's file `name`.
    pub fn exercise(&self, name: &str) -> PathBuf {
        self.path(&format!("levels/{}/exercises/{name}", self.level))
    }

    /// Writes the learner's solution of 1.1: the body of `double`.
    pub fn write_double(&self, body: &str) {
        fs::write(self.exercise("01_double.rs"), double(body)).expect("a file");
    }

    /// Writes the reference solutions in the place of both stubs.
    pub fn solve(&self) {
        for file in ["01_double.rs", "02_counter.rs"] {
            let solution = self.path(&format!("solutions/{}/exercises/{file}", self.level));
            fs::copy(solution, self.exercise(file)).expect("a solution");
        }
    }

    /// The checker with `arguments`, not yet run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_checker"));
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mini-course");
        command
            .args(arguments)
            .current_dir(self.root())
            .env("CARGO_TARGET_DIR", target)
            // What is needed has been fetched for the checker itself.
            .env("CARGO_NET_OFFLINE", "true")
            // A hundred small programs are built: keep them small, and quick.
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "none")
            .env("CARGO_PROFILE_DEV_STRIP", "symbols")
            .env("CARGO", env!("CARGO"))
            .env_remove("NO_COLOR")
            .env_remove("COLUMNS");
        command
    }

    /// Runs the checker.
    pub fn checker(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().expect("the checker runs"))
    }

    /// Judges `program` as exercise 1.1 and returns its report.
    pub fn judge(&self, program: &str) -> Value {
        let file = self.path("attempt.rs");
        fs::write(&file, program).expect("a file");
        let ran = self.checker(&["run", "1.1", "--format", "json", "--file", "attempt.rs"]);
        let report: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran:?}"));
        report["results"][0].clone()
    }
}

impl Ran {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Fails unless stdout says all of `words`.
    #[track_caller]
    pub fn says(&self, words: &[&str]) -> &Self {
        for words in words {
            assert!(
                self.stdout.contains(words),
                "stdout does not say {words:?}: {self:#?}"
            );
        }
        self
    }

    /// Fails unless stderr says all of `words`. Where its lines were broken to
    /// fit does not count.
    #[track_caller]
    pub fn complains(&self, words: &[&str]) -> &Self {
        let stderr = self.stderr.replace('\n', " ");
        for words in words {
            assert!(
                stderr.contains(words),
                "stderr does not say {words:?}: {self:#?}"
            );
        }
        self
    }

    /// Fails unless the exit code is `code`.
    #[track_caller]
    pub fn exits(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }
}

/// The body of a right `double`.
pub const RIGHT: &str = "n.checked_mul(2).ok_or_else(|| format!(\"{n} is too large\"))";

/// A program that serves `double` with this body.
pub fn double(body: &str) -> String {
    format!(
        "pub fn double(n: i32) -> Result<i32, String> {{\n    {body}\n}}\nharness::serve! {{ fn double(i32) }}\n"
    )
}
