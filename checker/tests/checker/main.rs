//! The real binary in a small course of its own.

mod commands;
mod hostile;
mod support;
