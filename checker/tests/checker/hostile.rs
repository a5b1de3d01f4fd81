//! Workers that lie, flood, die and hang: each gets a verdict that names what
//! happened, in bounded time, and never a pass.

use crate::support::{Course, double};
use pretty_assertions::assert_eq;
use serde_json::Value;

/// Judges a worker and returns the verdict and message of its first test.
#[track_caller]
fn first(name: &str, program: &str) -> (String, String) {
    let report = Course::new(name).judge(program);
    let test = &report["tests"][0];
    let text = |field: &str| test[field].as_str().unwrap_or_default().to_owned();
    assert!(test.is_object(), "{report:#}");
    (text("verdict"), text("message"))
}

#[track_caller]
fn verdict(name: &str, program: &str, verdict: &str, words: &[&str]) {
    let (found, message) = first(name, program);
    assert_eq!(found, verdict, "{message}");
    for words in words {
        assert!(
            message.contains(words),
            "{message:?} does not say {words:?}"
        );
    }
}

/// A worker without the harness: it writes what it likes.
fn raw(body: &str) -> String {
    format!(
        r#"use std::io::{{Read, Write}};
const HELLO: &str = "\x1e{{\"wire\":1,\"functions\":{{\"double\":[\"i32\"]}},\"types\":{{}}}}\n";
fn say(text: &str) {{ let mut out = std::io::stdout(); let _ = out.write_all(text.as_bytes()); let _ = out.flush(); }}
fn hear() -> String {{ let mut line = vec![]; let mut byte = [0]; while std::io::stdin().read(&mut byte).unwrap_or(0) == 1 && byte[0] != b'\n' {{ line.push(byte[0]); }}
    let line = String::from_utf8_lossy(&line).into_owned(); line.split("\"id\":").nth(1).unwrap_or("").split(',').next().unwrap().to_owned() }}
fn main() {{ let _ = (say as fn(&str), hear as fn() -> String, HELLO); {body} }}
"#
    )
}

#[test]
fn a_loop_ends_at_the_wall_limit_which_names_itself_and_the_call() {
    verdict(
        "loop",
        &double("loop { std::hint::black_box(n); }"),
        "time-limit",
        &["700 ms", "double("],
    );
}

#[test]
fn sleeping_is_no_way_around_the_wall_limit() {
    let body = "std::thread::sleep(std::time::Duration::from_secs(3600)); Ok(2 * n)";
    verdict("sleep", &double(body), "time-limit", &["700 ms"]);
}

#[test]
fn endless_recursion_is_told_as_a_stack_overflow() {
    // On a small stack, so that it is full at once; the large one fills in the same way.
    let body = r#"fn down(n: i32) -> i32 { std::hint::black_box(down(n ^ 1) ^ n) }
        std::thread::Builder::new().stack_size(1 << 16).spawn(move || Ok(down(n))).unwrap().join().unwrap()"#;
    verdict(
        "recursion",
        &double(body),
        "crashed",
        &["stack overflowed", "double("],
    );
}

#[test]
#[cfg(target_os = "linux")]
fn memory_ends_at_its_limit_which_names_itself() {
    let body = "let mut all = vec![]; loop { all.push(vec![0u8; 1 << 26]); std::hint::black_box((&all, n)); }";
    verdict(
        "memory",
        &double(body),
        "memory-limit",
        &["1024 MiB", "double("],
    );
}

/// Judges `body` as `double` under other limits, which stand in place of
/// `wall_ms = 700`; returns the verdict and message of its first test.
fn limited(name: &str, limits: &str, body: &str) -> (String, String) {
    let course = Course::new(name);
    let manifest = course.path("checker/exercises/1.1-double/exercise.toml");
    let text = std::fs::read_to_string(&manifest).expect("a manifest");
    std::fs::write(&manifest, text.replace("wall_ms = 700", limits)).expect("a manifest");
    let report = course.judge(&double(body));
    let text = |field: &str| {
        report["tests"][0][field]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    (text("verdict"), text("message"))
}

#[test]
#[cfg(target_os = "linux")]
fn processor_time_ends_at_its_limit_which_names_itself() {
    let body = "loop { std::hint::black_box(n); }";
    let limits = "wall_ms = 60_000\ntest_ms = 60_000\ncpu_s = 1";
    let (verdict, message) = limited("cpu", limits, body);
    assert_eq!(verdict, "time-limit", "{message}");
    assert!(message.contains("1 s of processor time"), "{message}");
}

#[test]
fn all_calls_of_a_test_end_at_its_limit_which_names_itself() {
    let body = "std::thread::sleep(std::time::Duration::from_secs(3600)); Ok(2 * n)";
    let (verdict, message) = limited("whole", "wall_ms = 60_000\ntest_ms = 600", body);
    assert_eq!(verdict, "time-limit", "{message}");
    assert!(
        message.contains("600 ms, the time limit for all its calls"),
        "{message}"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_ends_at_its_limit_which_names_itself() {
    let body = r#"let file = std::env::temp_dir().join(format!("checker-file-limit-{}", std::process::id()));
        let mut out = std::fs::File::create(&file).unwrap();
        // Nothing of it is left, however this ends.
        std::fs::remove_file(&file).unwrap();
        for _ in 0..65 { std::io::Write::write_all(&mut out, &vec![0; 1 << 20]).unwrap(); }
        Ok(2 * n)"#;
    let (verdict, message) = limited("disk", "wall_ms = 20_000\ntest_ms = 20_000", body);
    assert_eq!(verdict, "output-limit", "{message}");
    assert!(message.contains("a file larger than 64 MiB"), "{message}");
}

#[test]
fn printing_without_end_is_stopped_at_the_output_limit() {
    verdict(
        "prints",
        &double(r#"loop { println!("{}", "n".repeat(100_000)); let _ = n; }"#),
        "output-limit",
        &["1024 KiB", "double("],
    );
    verdict(
        "complains",
        &double(r#"loop { eprintln!("{}", "n".repeat(100_000)); let _ = n; }"#),
        "output-limit",
        &["1024 KiB"],
    );
}

#[test]
fn leaving_is_no_answer() {
    verdict(
        "exit",
        &double("let _ = n; std::process::exit(0)"),
        "crashed",
        &["exit code 0", "double("],
    );
    verdict(
        "abort",
        &double("let _ = n; std::process::abort()"),
        "crashed",
        &["double("],
    );
}

#[test]
fn a_panic_names_its_place_and_its_message() {
    let (found, message) = first("panic", &double(r#"panic!("no {n}")"#));
    assert_eq!(found, "panicked");
    assert!(
        message.contains("attempt.rs:2:5") && message.contains("no "),
        "{message}"
    );
}

#[test]
fn a_panic_in_another_thread_is_output_and_no_verdict() {
    let body = r#"let _ = std::thread::spawn(|| panic!("aside")).join(); Ok(n * n)"#;
    let report = Course::new("thread").judge(&double(body));
    let test = &report["tests"][0];
    assert_eq!(test["verdict"], "failed");
    assert!(
        test["output"]
            .as_str()
            .is_some_and(|output| output.contains("aside")),
        "{test:#}"
    );
}

#[test]
fn a_worker_that_says_nothing_useful_is_told_so() {
    verdict(
        "mute",
        "fn main() {}",
        "crashed",
        &["exit code 0", "while it started"],
    );
    verdict(
        "rude",
        &raw(r#"say("\x1ehello\n"); hear();"#),
        "crashed",
        &["harness::serve!"],
    );
    verdict(
        "future",
        &raw(r#"say("\x1e{\"wire\":2}\n"); hear();"#),
        "crashed",
        &["version 2"],
    );
}

#[test]
fn a_lie_on_the_wire_is_never_a_pass() {
    // What each says in answer to the first call.
    for (name, answer, words) in [
        ("garbage", r#"\x1e}{\n"#, "no answer of this wire"),
        (
            "passed",
            r#"\x1e{\"id\":ID,\"passed\":true}\n"#,
            "no answer of this wire",
        ),
        (
            "other",
            r#"\x1e{\"id\":7,\"ok\":0}\n"#,
            "call 7, which was not made",
        ),
        ("nameless", r#"\x1e{\"ok\":0}\n"#, "no number"),
        ("empty", r#"\x1e{\"id\":ID}\n"#, "0 things"),
        (
            "both",
            r#"\x1e{\"id\":ID,\"ok\":0,\"err\":0}\n"#,
            "2 things",
        ),
        (
            "object",
            r#"\x1e{\"id\":ID,\"object\":1}\n"#,
            "an object where a value is wanted",
        ),
    ] {
        let program = raw(&format!(
            r#"say(HELLO); let id = hear(); say(&"{answer}".replace("ID", &id)); hear();"#
        ));
        verdict(&format!("lie-{name}"), &program, "failed", &[words]);
    }
}

#[test]
fn an_answer_given_twice_or_unasked_is_found_even_if_it_is_right() {
    // The right answer, doubled by reading the request.
    let body = r#"say(HELLO);
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).unwrap();
        let n: i32 = line.split('[').nth(1).unwrap().split(']').next().unwrap().parse().unwrap();
        let id = line.split("\"id\":").nth(1).unwrap().split(',').next().unwrap();
        let answer = format!("\x1e{{\"id\":{id},\"ok\":{}}}\n", 2 * n);
        say(&answer.repeat(TIMES)); hear();"#;
    let once = first("once", &raw(&body.replace("TIMES", "1")));
    assert_eq!(once.0, "passed", "the forger answers right: {}", once.1);
    verdict(
        "twice",
        &raw(&body.replace("TIMES", "2")),
        "failed",
        &["twice"],
    );
}

#[test]
fn answers_too_large_or_too_deep_have_their_own_verdicts() {
    let large = r#"say(HELLO); let id = hear(); say(&format!("\x1e{{\"id\":{id},\"ok\":\"")); say(&"x".repeat(10 << 20)); say("\"}\n"); hear();"#;
    verdict(
        "large",
        &raw(large),
        "output-limit",
        &["1024 KiB", "double("],
    );
    let deep = r#"say(HELLO); let id = hear(); say(&format!("\x1e{{\"id\":{id},\"ok\":")); say(&"[".repeat(100_000)); say(&"]".repeat(100_000)); say("}\n"); hear();"#;
    verdict("deep", &raw(deep), "failed", &["deeper than 64 levels"]);
    let endless = r#"say(HELLO); hear(); loop { say("\x1e{\"id\":9,\"ok\":1}\n"); }"#;
    verdict(
        "endless",
        &raw(endless),
        "failed",
        &["call 9, which was not made"],
    );
}

#[test]
fn a_closed_pipe_ends_the_wait() {
    // stdout is closed by a shell, and the worker lives on.
    let program = raw(
        r#"let mut child = std::process::Command::new("sh").args(["-c", "exec sleep 60 >&- 2>&-"]).spawn().unwrap();
        say(HELLO); hear(); std::process::exit(child.try_wait().is_err() as i32);"#,
    );
    verdict("closed", &program, "crashed", &["ended by itself"]);
}

#[test]
#[cfg(unix)]
fn what_a_worker_leaves_behind_is_killed_and_holds_nothing_up() {
    let body = r#"std::process::Command::new("sleep").arg("3614").spawn().unwrap(); Ok(2 * n)"#;
    let begun = std::time::Instant::now();
    let report = Course::new("forks").judge(&double(body));
    assert_eq!(report["tests"][0]["verdict"], "passed", "{report:#}");
    assert!(begun.elapsed().as_secs() < 60);
    assert_eq!(running("sleep 3614"), "");
}

#[test]
#[cfg(target_os = "linux")]
fn what_leaves_the_process_group_is_killed_as_well() {
    let body = r#"std::process::Command::new("setsid").args(["sleep", "3615"]).spawn().unwrap(); Ok(2 * n)"#;
    let report = Course::new("setsid").judge(&double(body));
    assert_eq!(report["tests"][0]["verdict"], "passed", "{report:#}");
    assert_eq!(running("sleep 3615"), "");
}

#[test]
#[cfg(target_os = "linux")]
fn a_worker_that_leaves_its_own_group_is_killed_all_the_same() {
    let program = raw(
        r#"unsafe extern "C" { fn setpgid(pid: i32, group: i32) -> i32; fn getppid() -> i32; fn getpgid(pid: i32) -> i32; }
        let moved = unsafe { setpgid(0, getpgid(getppid())) };
        say(HELLO); hear(); assert_eq!(moved, 0); loop { std::thread::park(); }"#,
    );
    verdict("regroup", &program, "time-limit", &["700 ms"]);
}

#[test]
#[cfg(target_os = "linux")]
fn what_a_solution_leaves_running_is_seen_by_its_test() {
    for (name, left, sees) in [
        ("calm", "std::thread::yield_now();", "true 0"),
        (
            "burns",
            "std::thread::spawn(|| loop { std::hint::black_box(1); });",
            "false 0",
        ),
        // Asleep, and then ended and not waited for: both are still there.
        (
            "sleeper",
            r#"std::process::Command::new("sleep").arg("3616").spawn().unwrap();"#,
            "true 1",
        ),
        (
            "zombie",
            r#"std::process::Command::new("true").spawn().unwrap();"#,
            "true 1",
        ),
        (
            "reaped",
            r#"std::process::Command::new("true").status().unwrap();"#,
            "true 0",
        ),
    ] {
        let course = Course::new(name);
        let tests = course.path("checker/exercises/1.1-double/tests.js");
        let looks = format!(
            "test(\"looks\", () => {{ solution.double(1); \
             assert.equal(`${{worker.rests(400)}} ${{worker.children()}}`, \"{sees}\"); }}, {{ points: 4 }});"
        );
        std::fs::write(tests, looks).expect("tests");
        let report = course.judge(&double(&format!("{left} Ok(2 * n)")));
        assert_eq!(
            report["tests"][0]["verdict"], "passed",
            "{name}: {report:#}"
        );
    }
}

#[test]
fn an_answer_before_its_question_is_a_guess() {
    // Right for "zero stays zero", which is asked for second.
    let program = raw(r#"say(HELLO); say("\x1e{\"id\":1,\"ok\":0}\n"); hear(); hear();"#);
    let report = Course::new("early").judge(&program);
    assert_ne!(report["tests"][1]["verdict"], "passed", "{report:#}");
}

#[test]
fn a_program_that_does_not_start_is_not_started_for_every_test() {
    let begun = std::time::Instant::now();
    let program = "fn main() { loop { std::thread::park(); } }";
    let report = Course::new("silent").judge(program);
    for test in 0..3 {
        let message = report["tests"][test]["message"]
            .as_str()
            .unwrap_or_default();
        assert!(message.contains("did not say within 10 s"), "{report:#}");
    }
    // Three tests on two threads would take two rounds.
    assert!(begun.elapsed().as_secs() < 19);
}

#[cfg(unix)]
fn running(program: &str) -> String {
    let found = std::process::Command::new("sh")
        .args(["-c", &format!("ps -eo args | grep '^{program}' || true")])
        .output()
        .expect("ps runs");
    String::from_utf8_lossy(&found.stdout).into_owned()
}

#[test]
fn a_worker_that_never_reads_holds_nothing_up() {
    let program = raw(r#"say(HELLO); std::thread::sleep(std::time::Duration::from_secs(3600));"#);
    verdict("deaf", &program, "time-limit", &["700 ms"]);
}

#[test]
fn prints_are_shown_with_their_test_and_their_escapes_are_made_visible() {
    let course = Course::new("escapes");
    course.write_double(r#"println!("\u{1b}[2Jgone\r{n}"); Ok(n * n)"#);
    let ran = course.checker(&["run", "1.1"]);
    ran.exits(1).says(&["| ␛[2Jgone␍", "Your code printed"]);
    assert!(!ran.stdout.contains('\u{1b}'), "{:?}", ran.stdout);
}

#[test]
fn a_verdict_has_one_entry_for_every_declared_test() {
    let report = Course::new("all").judge(&double("Ok(n * n)"));
    let tests = report["tests"].as_array().map_or(0, Vec::len);
    assert_eq!(tests, 3);
    assert_eq!(
        report["points"],
        serde_json::json!({ "earned": 1, "possible": 4 }),
        "{report:#}"
    );
    assert_eq!(report["verdict"], Value::from("failed"));
}
