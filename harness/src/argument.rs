//! How the JSON values of a request become the arguments of a call.

use std::cell::Cell;

use serde::Deserialize;
use serde_json::Value;

use crate::wire::Signature;

/// A type that a served function can take: anything that deserializes from a
/// JSON value, owned (`String`, `u32`, `Vec<Order>`) or borrowed (`&str`).
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be an argument of a served function",
    label = "can't be made from JSON",
    note = "an argument is `&str`, or an owned type that implements `serde::Deserialize`",
    note = "take `Vec<T>` in place of `&[T]`, and `T` in place of `&T`",
    note = "for a type of your own, add `#[derive(serde::Deserialize)]`"
)]
pub trait Argument<'a>: Sized {
    /// Makes the argument.
    fn from_json(value: &'a Value) -> serde_json::Result<Self>;
}

// Without this attribute rustc would explain `Deserialize` and not the message above.
#[diagnostic::do_not_recommend]
impl<'a, T: Deserialize<'a>> Argument<'a> for T {
    fn from_json(value: &'a Value) -> serde_json::Result<Self> {
        T::deserialize(value)
    }
}

/// The arguments of one call, handed out from the left.
#[derive(Debug)]
pub struct Arguments<'a> {
    /// What messages call the function: `evaluate`, `Playground::run`.
    pub path: &'static str,
    signature: Signature,
    values: &'a [Value],
    taken: Cell<usize>,
}

impl<'a> Arguments<'a> {
    /// The arguments for the function `path`, if there are as many as it takes.
    pub(crate) fn new(
        path: &'static str,
        signature: Signature,
        values: &'a [Value],
    ) -> Result<Self, String> {
        if values.len() != signature.len() {
            let takes = match signature {
                [] => "no arguments".to_owned(),
                [one] => format!("1 argument ({one})"),
                many => format!("{} arguments ({})", many.len(), many.join(", ")),
            };
            return Err(format!("{path} takes {takes}, got {}", values.len()));
        }
        Ok(Self {
            path,
            signature,
            values,
            taken: Cell::new(0),
        })
    }

    /// The next argument. The macro asks once for each type in the signature.
    pub fn next<T: Argument<'a>>(&self) -> Result<T, String> {
        let index = self.taken.replace(self.taken.get() + 1);
        let value = &self.values[index];
        T::from_json(value).map_err(|error| {
            format!(
                "{}({}): argument {} must be {}, got {}: {}",
                self.path,
                self.signature.join(", "),
                index + 1,
                self.signature[index],
                shortened(value),
                // Serde's word for what `&str` wants; to a learner every string is borrowed.
                error.to_string().replace("a borrowed string", "a string"),
            )
        })
    }
}

/// A value as JSON, of a length that fits into a sentence.
fn shortened(value: &Value) -> String {
    const LONGEST: usize = 60;
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use serde_json::json;

    use super::Arguments;

    #[test]
    fn a_wrong_number_of_arguments_names_the_signature() {
        let two = [json!(1), json!(2)];
        for (signature, expected) in [
            (&[][..], "place takes no arguments, got 2"),
            (&["&str"], "place takes 1 argument (&str), got 2"),
            (
                &["&str", "u32", "bool"],
                "place takes 3 arguments (&str, u32, bool), got 2",
            ),
        ] {
            assert_eq!(
                Arguments::new("place", signature, &two).unwrap_err(),
                expected
            );
        }
    }

    #[test]
    fn a_wrong_type_names_the_argument_and_what_came() {
        let values = [json!("tea"), json!("two"), json!("x".repeat(100))];
        let arguments = Arguments::new("place", &["&str", "u32", "Vec<u8>"], &values).unwrap();
        assert_eq!(arguments.next::<&str>().unwrap(), "tea");
        assert_eq!(
            arguments.next::<u32>().unwrap_err(),
            "place(&str, u32, Vec<u8>): argument 2 must be u32, got \"two\": \
             invalid type: string \"two\", expected u32"
        );
        let error = arguments.next::<Vec<u8>>().unwrap_err();
        assert!(
            error.contains(&format!("got \"{}…", "x".repeat(59))),
            "{error}"
        );

        let number = [json!(5)];
        let arguments = Arguments::new("greet", &["&str"], &number).unwrap();
        assert_eq!(
            arguments.next::<&str>().unwrap_err(),
            "greet(&str): argument 1 must be &str, got 5: \
             invalid type: integer `5`, expected a string"
        );
    }
}
