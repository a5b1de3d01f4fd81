//! The public API, feature by feature. One program: each links the engine.

mod console;
mod errors;
mod host;
mod hostile;
mod limits;
mod values;
