//! The wire between a checker and a worker: RFC 7464 JSON text sequences.
//!
//! Each message is one *frame*: the byte RS (`0x1E`), a JSON text, a line feed.
//! Requests come in on stdin; the greeting and the replies go out on stdout.
//! Whatever stands on stdout outside a frame is what the exercise printed.
//!
//! ```text
//! worker   {"wire":1,"functions":{"evaluate":["&str"]},"types":{}}
//! checker  {"id":1,"call":"evaluate","arguments":["1 + 1"]}
//! worker   {"id":1,"ok":2}
//! ```

use std::collections::BTreeMap;
use std::fmt;

use serde::de::Error as _;
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The byte that starts a frame: the ASCII record separator.
pub const RS: u8 = 0x1E;

/// The version of the wire that this crate speaks.
pub const VERSION: u32 = 1;

/// The types of the arguments, as the exercise wrote them: `["&str", "u32"]`.
pub type Signature = &'static [&'static str];

/// The first frame: what this worker serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hello {
    /// Always [`VERSION`].
    pub wire: u32,
    /// Each function with its signature.
    pub functions: BTreeMap<&'static str, Signature>,
    /// Each type with its constructor and its methods.
    pub types: BTreeMap<&'static str, HelloType>,
}

/// A served type, as the greeting tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HelloType {
    /// The function that makes an object.
    pub constructor: HelloConstructor,
    /// Each method with its signature.
    pub methods: BTreeMap<&'static str, Signature>,
}

/// The constructor of a served type, as the greeting tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HelloConstructor {
    /// Its name in Rust: `new`, `parse`.
    pub name: &'static str,
    /// Its signature.
    pub arguments: Signature,
}

/// What the checker asks.
///
/// ```
/// use harness::wire::{Ask, Request};
///
/// let request: Request = serde_json::from_str(r#"{"id":4,"drop":1}"#)?;
/// assert_eq!(request, Request { id: 4, ask: Ask::Drop { object: 1 } });
///
/// let muddled = serde_json::from_str::<Request>(r#"{"id":4,"drop":1,"call":"run"}"#);
/// assert!(muddled.is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
pub struct Request {
    /// Comes back with the reply.
    pub id: u64,
    /// What to do.
    pub ask: Ask,
}

/// One of the four things that a checker can ask.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// `{"call":"evaluate","arguments":[…]}`: call a function.
    Call {
        /// The name of the function.
        function: String,
        /// Its arguments.
        arguments: Vec<Value>,
    },
    /// `{"new":"Playground","arguments":[…]}`: make an object.
    New {
        /// The name of the type.
        type_name: String,
        /// The arguments of its constructor.
        arguments: Vec<Value>,
    },
    /// `{"object":1,"call":"run","arguments":[…]}`: call a method.
    Method {
        /// The number of the object.
        object: u64,
        /// The name of the method.
        method: String,
        /// Its arguments, without the object.
        arguments: Vec<Value>,
    },
    /// `{"drop":1}`: drop an object.
    Drop {
        /// The number of the object.
        object: u64,
    },
}

/// A request as it stands in JSON, before its fields are known to fit together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    id: u64,
    call: Option<String>,
    new: Option<String>,
    object: Option<u64>,
    drop: Option<u64>,
    arguments: Option<Vec<Value>>,
}

impl TryFrom<Map<String, Value>> for Request {
    type Error = serde_json::Error;

    fn try_from(map: Map<String, Value>) -> Result<Self, Self::Error> {
        let Fields {
            id,
            call,
            new,
            object,
            drop,
            arguments,
        } = Fields::deserialize(Value::Object(map))?;
        let ask = match (call, new, object, drop, arguments) {
            (Some(function), None, None, None, arguments) => Ask::Call {
                function,
                arguments: arguments.unwrap_or_default(),
            },
            (None, Some(type_name), None, None, arguments) => Ask::New {
                type_name,
                arguments: arguments.unwrap_or_default(),
            },
            (Some(method), None, Some(object), None, arguments) => Ask::Method {
                object,
                method,
                arguments: arguments.unwrap_or_default(),
            },
            (None, None, None, Some(object), None) => Ask::Drop { object },
            _ => {
                return Err(serde_json::Error::custom(
                    "a request has `call`, `new`, `object` with `call`, or `drop`",
                ));
            }
        };
        Ok(Self { id, ask })
    }
}

/// What the worker replies: the request's id and one answer.
///
/// ```
/// use harness::wire::{Answer, Reply};
///
/// let reply = Reply { id: Some(7), answer: Answer::Object(1) };
/// assert_eq!(serde_json::to_string(&reply)?, r#"{"id":7,"object":1}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The request's id; nothing (`null`) when the request could not be read.
    pub id: Option<u64>,
    /// What came of it.
    pub answer: Answer,
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The returned value, or the value in the returned `Ok`.
    Ok(Value),
    /// The value in the returned `Err`.
    Err(Value),
    /// The number of the object that was made.
    Object(u64),
    /// The code panicked.
    Panic(Panic),
    /// The code ran into a `todo!` or `unimplemented!`; the text is what it said.
    Unwritten(String),
    /// The request does not fit what is served, or the result does not fit JSON.
    Refused(String),
}

/// A panic: what it said, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Panic {
    /// What it said.
    pub message: String,
    /// Where it happened; nothing when the exercise replaced the panic hook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The column, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}

/// `panic at src/main.rs:3:5: no such order`
impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "panic")?;
        if let Some(file) = &self.file {
            write!(f, " at {file}")?;
            for number in [self.line, self.column].into_iter().flatten() {
                write!(f, ":{number}")?;
            }
        }
        write!(f, ": {}", self.message)
    }
}

impl Serialize for Reply {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("id", &self.id)?;
        match &self.answer {
            Answer::Ok(value) => map.serialize_entry("ok", value)?,
            Answer::Err(value) => map.serialize_entry("err", value)?,
            Answer::Object(object) => map.serialize_entry("object", object)?,
            Answer::Panic(panic) => map.serialize_entry("panic", panic)?,
            Answer::Unwritten(text) => map.serialize_entry("unwritten", text)?,
            Answer::Refused(reason) => map.serialize_entry("refused", reason)?,
        }
        map.end()
    }
}

/// A message as the bytes of one frame.
///
/// # Errors
///
/// When the message does not fit JSON; those of this module always do.
pub fn frame(message: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut frame = vec![RS];
    serde_json::to_writer(&mut frame, message)?;
    frame.push(b'\n');
    Ok(frame)
}
