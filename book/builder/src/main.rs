//! The program behind `cargo book`; everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    book_builder::main()
}
