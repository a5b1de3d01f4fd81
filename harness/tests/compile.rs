//! How `serve!` refuses what it can't serve. What it accepts are the programs of
//! `examples/`: only checked programs keep trybuild's own target folder small.

use std::env;
use std::process::Command;

/// The compiler whose words `compile_fail/*.stderr` holds.
const PINNED: &str = "rustc 1.95.";

/// rustc rewords its messages from release to release. On any other compiler
/// than the pinned one the refused programs are left out and a line says so:
/// different words of the compiler are no fault of this crate.
#[test]
fn serve_refuses_what_it_cannot_serve() {
    let rustc = rustc_version();
    if rustc.starts_with(PINNED) {
        trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
    } else {
        eprintln!("left out: tests/compile_fail is written for {PINNED}x, this is {rustc}");
    }
}

fn rustc_version() -> String {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .arg("--version")
        .output()
        .expect("rustc runs");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
