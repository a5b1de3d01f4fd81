//! The programs of `examples/`, run as workers and driven over pipes.

mod by_hand;
mod calls;
mod faults;
mod processes;
mod wire;
mod worker;
