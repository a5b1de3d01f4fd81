//! The course's checker. All of it is the library; see its crate page.

use std::process::ExitCode;

fn main() -> ExitCode {
    checker::main()
}
