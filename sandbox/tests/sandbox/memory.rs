//! The memory limit, with a counting allocator as the gauge.
//!
//! The gauge counts the whole process, so the test runs alone in one of its own.

use std::env;
use std::process::Command;

use sandbox::{Failure, Limit, Limits, Sandbox, Value};

fn live() -> u64 {
    crate::MEMORY.allocated() as u64
}

/// Set in the process of its own.
const ALONE: &str = "MEMORY_TEST_ALONE";

const MIB: u64 = 1024 * 1024;

#[test]
fn the_memory_limit_ends_a_growing_run_and_spares_garbage() {
    if env::var_os(ALONE).is_none() {
        let this = env::current_exe().expect("this program's path");
        let name = "memory::the_memory_limit_ends_a_growing_run_and_spares_garbage";
        let output = Command::new(this)
            .args([name, "--exact", "--nocapture"])
            .env(ALONE, "")
            .output()
            .expect("this program runs again");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            said.contains("1 passed"),
            "{said}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        return;
    }
    let limits = Limits {
        wall: None,
        memory_bytes: Some(16 * MIB),
        ..Limits::default()
    };
    let ungauged = Sandbox::new(limits.clone());
    assert!(
        matches!(&ungauged, Err(Failure::Engine(text)) if text.contains("memory gauge")),
        "{ungauged:?}"
    );

    let mut sandbox = Sandbox::builder()
        .limits(limits.clone())
        .memory_gauge(live)
        .build()
        .unwrap();
    let before = live();
    let Err(Failure::Limit(hit)) = sandbox.run("var all = []; for (;;) all.push({ id: 1 })") else {
        panic!("an endless list is to end by the memory limit");
    };
    assert_eq!(hit.limit, Limit::Memory);
    assert!(
        hit.to_string()
            .starts_with("memory limit of 16777216 bytes reached")
    );
    assert!(live() - before < 32 * MIB, "{} bytes", live() - before);

    // The frames of the stopped run hold on to the list, so this sandbox is full.
    assert_eq!(sandbox.run("all.length > 1000").unwrap(), true.into());
    drop(sandbox);

    let mut sandbox = Sandbox::builder()
        .limits(limits)
        .memory_gauge(live)
        .build()
        .unwrap();
    // Far more than the limit, but hardly any of it at once.
    let garbage = "for (let i = 0; i < 1000; i++) { new ArrayBuffer(100_000) } 1";
    assert_eq!(sandbox.run(garbage).unwrap(), Value::from(1));

    // One buffer above the limit is refused before it is made.
    let Err(Failure::Thrown(thrown)) = sandbox.run("new ArrayBuffer(1e9)") else {
        panic!("a buffer of a gigabyte is to be refused");
    };
    assert_eq!(thrown.name, "RangeError");
}
