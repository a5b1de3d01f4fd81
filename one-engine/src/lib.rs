//! No code: this package's `Cargo.toml` keeps `boa_engine` compiled once.
//!
//! It asks for the union of the features that any package of the workspace
//! switches on in the crates below the engine, so that `cargo run -p checker`,
//! `cargo test --workspace` and every exercise after them share one build of it.
