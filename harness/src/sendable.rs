//! Finds what JSON would lose without a word, before a result is sent.
//!
//! `serde_json` writes NaN and the infinities as `null`, so a test would see a
//! `null` that the exercise never returned. And a value nested more than 127
//! deep can be written but not read back. One walk over the value finds both;
//! it costs one more run of the type's `Serialize`.

use std::fmt;

use serde::ser::{self, Serialize, Serializer};

/// One reply nests the value one deeper, and `serde_json` reads 127 levels.
const MAX_DEPTH: usize = 126;

/// Why a value can't be sent. Reads on after "it returned ".
#[derive(Debug, PartialEq)]
pub enum Unsendable {
    /// NaN or an infinity.
    NotFinite(f64),
    /// Nested too deep.
    TooDeep,
    /// The type's own `Serialize` failed, or JSON has no shape for it.
    Other(String),
}

impl fmt::Display for Unsendable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFinite(number) => {
                write!(f, "{number}, and JSON has no such number")
            }
            Self::TooDeep => write!(f, "a value nested more than {MAX_DEPTH} levels deep"),
            Self::Other(reason) => write!(f, "a value that JSON can't carry: {reason}"),
        }
    }
}

impl std::error::Error for Unsendable {}

impl ser::Error for Unsendable {
    fn custom<T: fmt::Display>(reason: T) -> Self {
        Self::Other(reason.to_string())
    }
}

/// Turns a value into JSON, or says why that would not be the same value.
pub fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<serde_json::Value, Unsendable> {
    value.serialize(Walk { depth: 0 })?;
    serde_json::to_value(value).map_err(|error| Unsendable::Other(error.to_string()))
}

/// A serializer that writes nothing.
#[derive(Clone, Copy)]
struct Walk {
    depth: usize,
}

impl Walk {
    fn deeper(self) -> Result<Self, Unsendable> {
        if self.depth == MAX_DEPTH {
            return Err(Unsendable::TooDeep);
        }
        Ok(Self {
            depth: self.depth + 1,
        })
    }
}

fn finite(number: f64) -> Result<(), Unsendable> {
    if number.is_finite() {
        Ok(())
    } else {
        Err(Unsendable::NotFinite(number))
    }
}

/// Methods for what is always fine.
macro_rules! fine {
    ($($method:ident($($argument:ty),*))*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<(), Unsendable> {
            Ok(())
        }
    )*};
}

/// Methods for what opens a level.
macro_rules! opens {
    ($($method:ident($($argument:ty),*))*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<Self, Unsendable> {
            self.deeper()
        }
    )*};
}

impl Serializer for Walk {
    type Ok = ();
    type Error = Unsendable;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    fine! {
        serialize_bool(bool)
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
        serialize_char(char) serialize_str(&str) serialize_bytes(&[u8])
        serialize_none() serialize_unit() serialize_unit_struct(&'static str)
        serialize_unit_variant(&'static str, u32, &'static str)
    }

    fn serialize_f32(self, number: f32) -> Result<(), Unsendable> {
        finite(number.into())
    }

    fn serialize_f64(self, number: f64) -> Result<(), Unsendable> {
        finite(number)
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, _: &T) -> Result<(), Unsendable> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unsendable> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Unsendable> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Unsendable> {
        value.serialize(self.deeper()?)
    }

    opens! {
        serialize_seq(Option<usize>)
        serialize_tuple(usize)
        serialize_tuple_struct(&'static str, usize)
        serialize_map(Option<usize>)
        serialize_struct(&'static str, usize)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Unsendable> {
        // `{"Variant":[…]}` is two levels of JSON.
        self.deeper()?.deeper()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Unsendable> {
        self.deeper()?.deeper()
    }
}

/// The kinds of level: each walks its parts.
macro_rules! parts {
    ($($kind:ident: $method:ident($($name:ty)?);)*) => {$(
        impl ser::$kind for Walk {
            type Ok = ();
            type Error = Unsendable;

            fn $method<T: Serialize + ?Sized>(
                &mut self,
                $(_: $name,)?
                value: &T,
            ) -> Result<(), Unsendable> {
                value.serialize(*self)
            }

            fn end(self) -> Result<(), Unsendable> {
                Ok(())
            }
        }
    )*};
}

parts! {
    SerializeSeq: serialize_element();
    SerializeTuple: serialize_element();
    SerializeTupleStruct: serialize_field();
    SerializeTupleVariant: serialize_field();
    SerializeStruct: serialize_field(&'static str);
    SerializeStructVariant: serialize_field(&'static str);
}

impl ser::SerializeMap for Walk {
    type Ok = ();
    type Error = Unsendable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), Unsendable> {
        // `serde_json` itself refuses a key that is no string.
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unsendable> {
        value.serialize(*self)
    }

    fn end(self) -> Result<(), Unsendable> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;
    use serde_json::{Value, json};

    use super::{MAX_DEPTH, Unsendable, to_json};

    #[derive(Serialize)]
    enum Reading {
        Off,
        Celsius(f64),
        Range(f32, f32),
        Alarm { at: Option<f64> },
    }

    #[test]
    fn ordinary_values_become_json() {
        let readings = [
            Reading::Off,
            Reading::Celsius(21.5),
            Reading::Range(18.0, 22.0),
            Reading::Alarm { at: None },
        ];
        assert_eq!(
            to_json(&readings),
            Ok(json!(["Off", {"Celsius": 21.5}, {"Range": [18.0, 22.0]}, {"Alarm": {"at": null}}]))
        );
        assert_eq!(to_json(&()), Ok(Value::Null));
        assert_eq!(to_json("text"), Ok(json!("text")));
    }

    #[test]
    fn a_number_that_is_not_finite_is_found_at_any_place() {
        for value in [
            Reading::Celsius(f64::INFINITY),
            Reading::Range(1.0, f32::INFINITY),
            Reading::Alarm {
                at: Some(f64::INFINITY),
            },
        ] {
            assert_eq!(to_json(&value), Err(Unsendable::NotFinite(f64::INFINITY)));
        }
        let by_room = BTreeMap::from([("kitchen", (1, vec![f64::NEG_INFINITY]))]);
        assert_eq!(
            to_json(&by_room),
            Err(Unsendable::NotFinite(f64::NEG_INFINITY))
        );
        assert_eq!(
            to_json(&f64::NAN).unwrap_err().to_string(),
            "NaN, and JSON has no such number"
        );
    }

    #[test]
    fn keys_that_are_no_strings_are_told() {
        let by_place = BTreeMap::from([((1, 2), "kitchen")]);
        assert_eq!(
            to_json(&by_place).unwrap_err().to_string(),
            "a value that JSON can't carry: key must be a string"
        );
    }

    #[test]
    fn the_deepest_value_sent_can_be_read_back_inside_a_reply() {
        let nested = |levels| (0..levels).fold(json!(1), |inner, _| json!([inner]));
        assert_eq!(to_json(&nested(MAX_DEPTH + 1)), Err(Unsendable::TooDeep));
        let reply = json!({ "id": 1, "ok": to_json(&nested(MAX_DEPTH)).unwrap() });
        assert!(serde_json::from_str::<Value>(&reply.to_string()).is_ok());
    }
}
