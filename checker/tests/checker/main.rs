//! The real binary in a small course of its own.

mod authors;
mod commands;
mod hostile;
mod rooms;
mod support;
mod trouble;
mod watching;
