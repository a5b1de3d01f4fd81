//! The public API, feature by feature. One program: each links the engine.

use std::alloc::System;

use cap::Cap;

mod console;
mod errors;
mod host;
mod hostile;
mod limits;
mod memory;
mod values;

/// Counts the bytes of this whole process, for `memory`.
#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);
