//! Watching files, and being interrupted.

use std::fs;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use pretty_assertions::assert_eq;

use crate::support::{Course, RIGHT};

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
        until("is as it was given");
        // The stub that came back is a save like any other.
        until("not written yet");
        writeln!(keys, "q").expect("a key");
        assert!(child.wait().expect("ended").success());
        drop(done);
    }
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
