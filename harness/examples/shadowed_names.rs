//! Compiles, which is its test: the expansion uses no name that the exercise may
//! have taken, and an exercise without warnings stays without.

#![deny(warnings)]
#![expect(
    missing_docs,
    clippy::self_named_constructors,
    reason = "the names are the point here"
)]
#![forbid(unsafe_code)]

use std::borrow::Cow;
use std::fmt;

pub type Result<T> = std::result::Result<T, Problem>;

#[derive(serde::Serialize)]
pub struct Problem;

#[derive(serde::Serialize, serde::Deserialize)]
pub struct Service(u32);

#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub enum Option {
    Some,
    None,
    Ok,
    Err,
}

pub struct Vec;
pub struct String;
pub struct Box;

impl fmt::Display for String {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("")
    }
}

pub fn arguments(option: Option) -> Option {
    option
}

pub fn methods(text: Cow<'_, str>) -> usize {
    text.len()
}

pub fn object(service: Service) -> Result<Service> {
    if service.0 == 0 {
        Err(Problem)
    } else {
        Ok(service)
    }
}

pub fn some(text: std::option::Option<&str>) -> impl serde::Serialize {
    text.map(str::len)
}

pub fn never() -> u32 {
    todo!()
}

pub struct Answer;

impl Answer {
    pub fn answer() -> Result<Self> {
        Ok(Self)
    }

    pub fn next(&self) -> u32 {
        1
    }

    pub fn call<'a>(&mut self, text: &'a str) -> &'a str {
        text
    }
}

harness::serve! {
    fn arguments(Option),
    fn methods(Cow<'_, str>),
    fn object(Service),
    fn some(std::option::Option<&str>),
    fn never();
    type Answer { answer(); next(), call(&str,) },
}
