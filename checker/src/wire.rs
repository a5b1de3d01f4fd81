//! The wire to a worker: RFC 7464 JSON text sequences (RS, JSON, LF) over its
//! stdin and stdout. What it prints outside of them is the learner's own output.
//!
//! Everything that comes over it is hostile: sizes are bounded before anything
//! is parsed, and parsing has a depth limit.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The byte that begins a frame.
pub const RS: u8 = 0x1E;

/// The largest frame that is read, in bytes.
pub const FRAME_BYTES: usize = 1024 * 1024;

/// The deepest value that is taken from a worker.
pub const DEPTH: usize = 64;

/// The first frame: what the worker serves. It says more (names, and types of
/// arguments), which only a person who runs a worker by hand wants to read.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Hello {
    /// The version of the wire.
    pub wire: u32,
    /// The types that it serves, by name.
    #[serde(default)]
    pub types: BTreeMap<String, ServedType>,
}

/// A stateful type that a worker serves.
#[derive(Debug, Clone, Deserialize)]
pub struct ServedType {
    /// What makes an object.
    pub constructor: Constructor,
}

/// What makes an object of a served type.
#[derive(Debug, Clone, Deserialize)]
pub struct Constructor {
    /// Its name in Rust, such as `new` or `parse`.
    pub name: String,
}

/// What the checker asks.
#[derive(Debug, Clone, Serialize)]
pub struct Request<'a> {
    /// Drawn by chance; the answer bears it. So nobody answers what was not asked yet.
    pub id: u64,
    /// The function, or the method of `object`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<&'a str>,
    /// The type of which an object is wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<&'a str>,
    /// The object whose method is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<u64>,
    /// The arguments, in order.
    pub arguments: &'a [Value],
}

/// What the worker answers, exactly one of the fields besides `id`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReply {
    id: Option<u64>,
    #[serde(default, deserialize_with = "present")]
    ok: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    err: Option<Value>,
    object: Option<u64>,
    panic: Option<Panic>,
    unwritten: Option<String>,
    refused: Option<String>,
}

/// `null` is a value, and absent is none.
fn present<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(from).map(Some)
}

/// A panic in the learner's code.
#[derive(Debug, Clone, Deserialize)]
pub struct Panic {
    /// Its message.
    pub message: String,
    /// The source file, as the compiler knows it.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: Option<u32>,
    /// The column, from 1.
    pub column: Option<u32>,
}

/// An answer to one request.
#[derive(Debug, Clone)]
pub enum Reply {
    /// The value that was returned.
    Ok(Value),
    /// The `Err` that was returned.
    Err(Value),
    /// The object that was made.
    Object(u64),
    /// The learner's code panicked.
    Panic(Panic),
    /// The learner's code reached a `todo!`.
    Unwritten(String),
    /// The worker has no such thing, or not with such arguments.
    Refused(String),
}

/// Understands a frame that should answer request `id`, after those of `earlier`.
///
/// # Errors
/// A clause that says what is wrong with it, for the learner to read.
pub fn reply(frame: &[u8], id: u64, earlier: &[u64]) -> Result<Reply, String> {
    let raw: RawReply = serde_json::from_slice(frame).map_err(|error| match error.to_string() {
        text if text.contains("recursion limit") => {
            format!("it is nested deeper than {DEPTH} levels")
        }
        text => format!("it is no answer of this wire ({text})"),
    })?;
    match raw.id {
        Some(answered) if answered == id => {}
        Some(answered) if earlier.contains(&answered) => {
            return Err("an earlier call was answered twice".to_owned());
        }
        Some(answered) => return Err(format!("it answers call {answered}, which was not made")),
        None => return Err("it bears no number of a call".to_owned()),
    }
    let mut replies = Vec::new();
    replies.extend(raw.ok.map(Reply::Ok));
    replies.extend(raw.err.map(Reply::Err));
    replies.extend(raw.object.map(Reply::Object));
    replies.extend(raw.panic.map(Reply::Panic));
    replies.extend(raw.unwritten.map(Reply::Unwritten));
    replies.extend(raw.refused.map(Reply::Refused));
    let count = replies.len();
    match (replies.pop(), count) {
        (Some(Reply::Ok(value) | Reply::Err(value)), 1) if depth(&value) > DEPTH => {
            Err(format!("it is nested deeper than {DEPTH} levels"))
        }
        (Some(reply), 1) => Ok(reply),
        _ => Err(format!("it says {count} things where one is wanted")),
    }
}

/// How deep `value` is nested. serde_json has bounded it to 128 before.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// A piece of what a worker writes.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// The JSON text of a frame.
    Frame(Vec<u8>),
    /// The learner's own output.
    Text(Vec<u8>),
    /// A frame larger than [`FRAME_BYTES`]; nothing after it is understood.
    TooLarge,
}

/// Parts a worker's stdout into frames and text, however its chunks are cut.
#[derive(Debug, Default)]
pub struct Parts {
    /// The frame that has begun and not ended.
    frame: Option<Vec<u8>>,
}

impl Parts {
    /// Takes one chunk.
    pub fn feed(&mut self, mut chunk: &[u8], mut take: impl FnMut(Piece)) {
        while !chunk.is_empty() {
            if let Some(frame) = &mut self.frame {
                let end = chunk.iter().position(|&byte| byte == b'\n');
                frame.extend_from_slice(&chunk[..end.unwrap_or(chunk.len())]);
                if frame.len() > FRAME_BYTES {
                    self.frame = None;
                    return take(Piece::TooLarge);
                }
                let Some(end) = end else { return };
                let mut frame = self.frame.take().unwrap_or_default();
                // An RS inside begins anew: what came before it was no frame.
                if let Some(last) = frame.iter().rposition(|&byte| byte == RS) {
                    let text = frame.drain(..=last).collect();
                    take(Piece::Text(text));
                }
                take(Piece::Frame(frame));
                chunk = &chunk[end + 1..];
            } else {
                let start = chunk.iter().position(|&byte| byte == RS);
                let text = &chunk[..start.unwrap_or(chunk.len())];
                if !text.is_empty() {
                    take(Piece::Text(text.to_vec()));
                }
                let Some(start) = start else { return };
                self.frame = Some(Vec::new());
                chunk = &chunk[start + 1..];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(chunks: &[&[u8]]) -> Vec<Piece> {
        let mut parts = Parts::default();
        let mut pieces = Vec::new();
        for chunk in chunks {
            parts.feed(chunk, |piece| pieces.push(piece));
        }
        pieces
    }

    #[test]
    fn frames_and_text_are_parted_however_the_chunks_are_cut() {
        let text = |text: &str| Piece::Text(text.into());
        let frame = |text: &str| Piece::Frame(text.into());
        for (chunks, expected) in [
            (&[&b"hello\n"[..]][..], vec![text("hello\n")]),
            (&[b"\x1e{}\n"], vec![frame("{}")]),
            (
                &[b"a\x1e{", b"}", b"\nb"],
                vec![text("a"), frame("{}"), text("b")],
            ),
            (&[b"\x1e1\n\x1e2\n"], vec![frame("1"), frame("2")]),
            (&[b"\x1e", b"\n"], vec![frame("")]),
            (&[b"\x1elost\x1e{}\n"], vec![text("lost\x1e"), frame("{}")]),
        ] {
            assert_eq!(pieces(chunks), expected);
        }
        assert_eq!(
            pieces(&[b"\x1e", &vec![b'['; FRAME_BYTES], b"[", b"x\n"])[0],
            Piece::TooLarge
        );
    }

    #[test]
    fn a_reply_that_is_none_says_why() {
        let deep = format!(r#"{{"id":2,"ok":{}1{}}}"#, "[".repeat(65), "]".repeat(65));
        let deeper = format!(r#"{{"id":2,"ok":{}"#, "[".repeat(100_000));
        for (frame, expected) in [
            (r#"{"id":1,"ok":1}"#, "answered twice"),
            (r#"{"id":3,"ok":1}"#, "was not made"),
            (r#"{"ok":1}"#, "no number"),
            (r#"{"id":2}"#, "0 things"),
            (r#"{"id":2,"ok":1,"err":2}"#, "2 things"),
            (r#"{"id":2,"passed":true}"#, "no answer"),
            ("[", "no answer"),
            (&deep, "deeper than 64"),
            (&deeper, "deeper than 64"),
        ] {
            let error = reply(frame.as_bytes(), 2, &[1]).expect_err(frame);
            assert!(error.contains(expected), "{error} does not say {expected}");
        }
        assert!(matches!(
            reply(br#"{"id":2,"ok":null}"#, 2, &[]),
            Ok(Reply::Ok(Value::Null))
        ));
    }
}
