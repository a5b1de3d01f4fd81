//! How what a function returns becomes an answer.

use std::any::Any;

use serde::Serialize;
use serde_json::Value;

use crate::sendable::{self, Unsendable};
use crate::wire::Answer;

/// A type that a served function can return: anything that serializes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the result of a served function",
    label = "can't be turned into JSON",
    note = "a result is `T` or `Result<T, E>`, where `T` and `E` implement `serde::Serialize`",
    note = "for a type of your own, add `#[derive(serde::Serialize)]`",
    note = "for an error of another crate, return its text: `.map_err(|error| error.to_string())`"
)]
pub trait Served {
    /// The value as JSON.
    fn to_json(&self) -> Result<Value, Unsendable>;
}

// Without this attribute rustc would explain `Serialize` and not the message above.
#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> Served for T {
    fn to_json(&self) -> Result<Value, Unsendable> {
        sendable::to_json(self)
    }
}

/// What a call returned.
///
/// `Result` implements `Serialize` too, so `answer` must choose by type: the
/// inherent methods below are for results, and method lookup takes them before
/// [`AnswerValue::answer`], which is for every other type.
#[derive(Debug)]
pub struct Returned<T>(pub T);

impl<T, E> Returned<Result<T, E>> {
    /// `Ok` and `Err` are told apart on the wire.
    pub fn answer(self, path: &str) -> Answer
    where
        T: Served,
        E: Served,
    {
        Returned(&self.0).answer(path)
    }
}

impl<T, E> Returned<&Result<T, E>> {
    /// The same for a result that a method lends.
    pub fn answer(self, path: &str) -> Answer
    where
        T: Served,
        E: Served,
    {
        match self.0 {
            Ok(value) => sent(path, "", value, Answer::Ok),
            Err(error) => sent(path, "Err: ", error, Answer::Err),
        }
    }
}

/// The answer for a type that is no `Result`.
pub trait AnswerValue<T> {
    /// The value is the answer.
    fn answer(self, path: &str) -> Answer
    where
        T: Served;
}

impl<T> AnswerValue<T> for Returned<T> {
    fn answer(self, path: &str) -> Answer
    where
        T: Served,
    {
        sent(path, "", &self.0, Answer::Ok)
    }
}

fn sent<T: Served + ?Sized>(
    path: &str,
    inside: &str,
    value: &T,
    answer: fn(Value) -> Answer,
) -> Answer {
    match value.to_json() {
        Ok(value) => answer(value),
        Err(reason) => Answer::Refused(format!("{path} returned {inside}{reason}")),
    }
}

/// What a constructor made: an object, or the answer that there is none.
pub enum Made {
    /// The object.
    Object(Box<dyn Any>),
    /// Why there is none.
    Answer(Answer),
}

/// A type that the constructor of `T` can return: `T` or `Result<T, E>`.
#[diagnostic::on_unimplemented(
    message = "the constructor of `{T}` returns `{Self}`",
    label = "is not `{T}` or a `Result` of it",
    note = "the first item in the braces is the constructor: it returns `{T}` or `Result<{T}, E>`"
)]
pub trait Constructed<T> {
    /// The object, or why there is none.
    fn made(self, path: &str) -> Made;
}

impl<T: 'static> Constructed<T> for T {
    fn made(self, _: &str) -> Made {
        Made::Object(Box::new(self))
    }
}

impl<T: 'static, E: Served> Constructed<T> for Result<T, E> {
    fn made(self, path: &str) -> Made {
        match self {
            Ok(object) => object.made(path),
            Err(error) => Made::Answer(sent(path, "Err: ", &error, Answer::Err)),
        }
    }
}

/// The constructor's result as an object of `T`.
pub fn construct<T, C: Constructed<T>>(constructed: C, path: &str) -> Made {
    constructed.made(path)
}
