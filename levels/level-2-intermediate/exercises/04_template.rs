//! Exercise 2.4 · Templates that are never code
//!
//! `render` parses a template into a tree and walks the tree. The parser is given,
//! and so is `Page`, which reads what is written and tells what a browser would
//! take the next text for. Write each `todo!`:
//!
//! - `find`: a path leads through keys of objects, and through nothing else;
//! - `walk`, `step`, `write`: the tree becomes text, within three limits;
//! - `escape`: a value stays a value, wherever it stands.
//!
//! Judge it: `cargo checker 2.4` · the whole task: `cargo checker show 2.4` ·
//! a hint: `cargo checker hint 2.4`

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value as Json;

/// How deep the bodies of blocks and partials may stand in one another.
const MAX_DEPTH: usize = 64;
/// How many nodes and bodies may be walked.
const MAX_STEPS: usize = 100_000;
/// How long the page may become, in bytes.
const MAX_OUTPUT: usize = 256 * 1024;
/// What an address may begin with, if it begins with a scheme.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Fills `template` with `data`.
pub fn render(template: &str, data: Json) -> Result<String, TemplateError> {
    let (body, partials) = parse(template)?;
    let scope = Scope {
        item: &data,
        index: None,
        outer: None,
    };
    let mut writer = Writer {
        partials: &partials,
        page: Page::default(),
        output: String::new(),
        steps: 0,
    };
    writer.walk(&body, &scope, 0, At::START)?;
    Ok(writer.output)
}

/// What names mean: in the data, or in one item of an `{{#each}}`.
struct Scope<'a> {
    item: &'a Json,
    index: Option<Json>,
    outer: Option<&'a Scope<'a>>,
}

impl Scope<'_> {
    /// The value at `path`, such as `this`, `@index` or `order.name`.
    fn find(&self, path: &str) -> Option<&Json> {
        todo!(
            "`find`: {path} in {}, item {:?} of its list, or further out: {}",
            self.item,
            self.index,
            self.outer.is_some()
        )
    }

    /// The value at `path`, or an error that names it.
    fn need(&self, path: &str, at: At) -> Result<&Json, TemplateError> {
        self.find(path)
            .ok_or_else(|| at.error(Kind::Missing, format!("there is no {path}")))
    }
}

/// Writes one page.
struct Writer<'a> {
    partials: &'a Partials,
    /// Reads all that is written, and tells what a browser would take the next text for.
    page: Page,
    output: String,
    steps: usize,
}

impl Writer<'_> {
    /// Writes `body`, which belongs to the tag at `owner`, and the bodies in it,
    /// which are one level deeper. The errors of a whole body, those of its depth and
    /// of its step, are at `owner`.
    fn walk(
        &mut self,
        body: &[Node],
        scope: &Scope<'_>,
        depth: usize,
        owner: At,
    ) -> Result<(), TemplateError> {
        // Here is the place for what concerns the whole body: its depth, its step.
        for &Node { at, ref what } in body {
            self.step(at)?;
            match what {
                What::Text(text) => self.write(text, at)?,
                What::Value(path) => {
                    let safe = escape(scope.need(path, at)?, self.page.place(), at)?;
                    self.write(&safe, at)?;
                }
                What::Raw(path) => {
                    let raw = text(scope.need(path, at)?, at)?;
                    todo!("`walk`: {raw} between tags, elsewhere {:?}", Kind::Place)
                }
                What::If(path, then, otherwise) => {
                    let holds = scope.find(path).is_some_and(truthy);
                    let lengths = (then.len(), otherwise.len());
                    todo!("`walk`: one of two bodies, {lengths:?}, at depth {depth}: {holds}")
                }
                What::Each(path, turn, otherwise) => {
                    let lengths = (turn.len(), otherwise.len());
                    todo!("`walk`: the first of {lengths:?} for each item of {path}")
                }
                What::Partial(name) => {
                    todo!("`walk`: {name} of {}, {owner:?}", self.partials.len())
                }
            }
        }
        Ok(())
    }

    /// Counts a step of the node or body at `at`.
    fn step(&mut self, at: At) -> Result<(), TemplateError> {
        todo!(
            "`step`: {} so far; past {MAX_STEPS} it is {:?} at {at:?}",
            self.steps,
            Kind::Steps
        )
    }

    /// The only way into the output, so that `page` misses nothing.
    fn write(&mut self, text: &str, at: At) -> Result<(), TemplateError> {
        // The look at the size belongs here.
        self.page.read(text);
        todo!(
            "`write`: {text:?} behind {} bytes; past {MAX_OUTPUT} it is {:?} at {at:?}",
            self.output.len(),
            Kind::Output
        )
    }
}

/// What to write for `value`, so that at `place` it is a value and nothing else.
fn escape(value: &Json, place: Place<'_>, at: At) -> Result<String, TemplateError> {
    match place {
        Place::Text | Place::Attribute => Ok(html(&text(value, at)?)),
        Place::Address { before } => {
            let (whole, part) = (text(value, at)?, percent(&text(value, at)?));
            todo!(
                "`escape`: after {before:?}, {whole} or {part}, or else {:?} if not {SCHEMES:?}",
                Kind::Address
            )
        }
        Place::Script => {
            todo!("`escape`: {value} in JSON, where neither HTML nor JavaScript finds an end")
        }
        Place::Nowhere(why) => Err(at.error(Kind::Place, format!("no value can stand {why}"))),
    }
}

// ---- Given: what the code above uses ----------------------------------------

type Body = Vec<Node>;
type Partials = HashMap<String, Body>;

struct Node {
    at: At,
    what: What,
}

/// Paths are as they were written, such as `order.name`.
enum What {
    Text(String),
    Value(String),
    Raw(String),
    /// With what follows `{{else}}`.
    If(String, Body, Body),
    Each(String, Body, Body),
    Partial(String),
}

/// What a browser would take the next text for.
#[derive(PartialEq)]
enum Place<'a> {
    /// Between tags, also those of a title.
    Text,
    /// In a quoted attribute value.
    Attribute,
    /// In a quoted `href` or the like, of which `before` is written already: HTML, in
    /// lower case.
    Address { before: &'a str },
    /// At the beginning of a script, for a value in JSON.
    Script,
    /// At a point where no escaping is enough, in words for a message.
    Nowhere(&'static str),
}

/// What `{{#if}}` takes for yes.
fn truthy(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::Bool(yes) => *yes,
        Json::Number(number) => number.as_f64() != Some(0.0),
        Json::String(text) => !text.is_empty(),
        Json::Array(items) => !items.is_empty(),
        Json::Object(_) => true,
    }
}

/// A value as a person reads it. A list or an object is no text.
fn text(value: &Json, at: At) -> Result<String, TemplateError> {
    match value {
        Json::Null => Ok(String::new()),
        Json::String(text) => Ok(text.clone()),
        Json::Bool(_) | Json::Number(_) => Ok(value.to_string()),
        Json::Array(_) => Err(at.error(Kind::Type, "a list is no text")),
        Json::Object(_) => Err(at.error(Kind::Type, "an object is no text")),
    }
}

/// `text` as one part of an address: whatever could have a meaning is `%XX`.
fn percent(text: &str) -> String {
    let code = |byte: u8| match char::from(byte) {
        c if c.is_ascii_alphanumeric() || "-._~".contains(c) => c.to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(code).collect()
}

/// `text` for the space between tags and for both kinds of quotes.
fn html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}

/// Where a tag or a text begins in the template, counted from 1, in `char`s.
#[derive(Debug, Clone, Copy)]
struct At {
    line: usize,
    column: usize,
}

impl At {
    const START: At = At { line: 1, column: 1 };

    fn error(self, kind: Kind, message: impl Into<String>) -> TemplateError {
        TemplateError {
            kind,
            message: message.into(),
            line: self.line,
            column: self.column,
        }
    }
}

/// Why there is no page.
#[derive(Serialize)]
pub struct TemplateError {
    kind: Kind,
    message: String,
    line: usize,
    column: usize,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Syntax,  // the template can't be parsed
    Missing, // no such key, no such partial
    Type,    // a list where a text is wanted, or the other way round
    Place,   // no value can stand there
    Address, // a scheme that is not allowed
    Depth,   // a limit was reached: this one, or one of the next two
    Steps,
    Output,
}

// ---- Given: the parser. There is no need to read on -------------------------

/// The body of the template, and its partials by name.
fn parse(template: &str) -> Result<(Body, Partials), TemplateError> {
    let mut parser = Parser {
        rest: template,
        at: At::START,
        partials: Partials::new(),
    };
    let (body, _) = parser.body(&[], At::START, 0)?;
    Ok((body, parser.partials))
}

struct Parser<'t> {
    rest: &'t str,
    at: At,
    partials: Partials,
}

impl<'t> Parser<'t> {
    /// What precedes one of the tags `ends`, and which of them it is.
    fn body(
        &mut self,
        ends: &[&str],
        opened: At,
        depth: usize,
    ) -> Result<(Body, &'t str), TemplateError> {
        if depth > MAX_DEPTH {
            let message = format!("blocks more than {MAX_DEPTH} deep");
            return Err(opened.error(Kind::Depth, message));
        }
        let mut body = Body::new();
        loop {
            let (text, at) = self.take(self.rest.find("{{").unwrap_or(self.rest.len()));
            if !text.is_empty() {
                let what = What::Text(text.to_owned());
                body.push(Node { at, what });
            }
            if self.rest.is_empty() {
                return match ends.last() {
                    None => Ok((body, "")),
                    Some(end) => Err(opened.error(Kind::Syntax, format!("no {end} follows"))),
                };
            }
            let raw = self.rest.starts_with("{{{");
            let close = if raw { "}}}" } else { "}}" };
            let Some(end) = self.rest.find(close) else {
                return Err(self.at.error(Kind::Syntax, format!("no {close} follows")));
            };
            let (tag, at) = self.take(end + close.len());
            let tag = tag[close.len()..end].trim();
            let (word, name) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
            let what = match word {
                _ if raw => What::Raw(named(tag, at)?),
                "#if" | "#each" => {
                    let (path, end) = (named(name, at)?, word.replace('#', "/"));
                    let (then, found) = self.body(&["else", &end], at, depth + 1)?;
                    let otherwise = match found {
                        "else" => self.body(&[&end], at, depth + 1)?.0,
                        _ => Body::new(),
                    };
                    match word {
                        "#if" => What::If(path, then, otherwise),
                        _ => What::Each(path, then, otherwise),
                    }
                }
                "#define" => {
                    let name = named(name.trim().trim_matches('"'), at)?;
                    let (partial, _) = self.body(&["/define"], at, depth + 1)?;
                    self.partials.insert(name, partial);
                    continue;
                }
                ">" => What::Partial(named(name, at)?),
                _ if ends.contains(&tag) => return Ok((body, tag)),
                _ => What::Value(named(tag, at)?),
            };
            body.push(Node { at, what });
        }
    }

    /// Goes on by `bytes`. Gives them, and where they began.
    fn take(&mut self, bytes: usize) -> (&'t str, At) {
        let (taken, rest) = self.rest.split_at(bytes);
        let at = self.at;
        for c in taken.chars() {
            self.at.column += 1;
            if c == '\n' {
                self.at.line += 1;
                self.at.column = 1;
            }
        }
        self.rest = rest;
        (taken, at)
    }
}

/// A path, or the name of a partial: words with dots between them. Not a long one,
/// because it is looked up whenever its tag is walked.
fn named(text: &str, at: At) -> Result<String, TemplateError> {
    let letter = |c: char| c.is_alphanumeric() || "_-$".contains(c);
    let word = |word: &str| word == "@index" || !word.is_empty() && word.chars().all(letter);
    match text.trim() {
        name if name.len() <= 200 && name != "else" && name.split('.').all(word) => {
            Ok(name.to_owned())
        }
        other => {
            let shown: String = other.chars().take(40).collect();
            Err(at.error(Kind::Syntax, format!("{shown:?} does not belong here")))
        }
    }
}

// ---- Given: the page, read as a browser reads it ----------------------------

/// Strict on purpose: where a browser would have to guess, the page is lost, and no
/// value can stand in the rest of it.
#[derive(Default)]
struct Page {
    state: State,
    /// The tag so far. A quoted value in it is one `"`.
    tag: String,
    /// The attribute value, the comment or the raw text so far.
    inside: String,
}

#[derive(Default, Clone, Copy)]
enum State {
    #[default]
    Text,
    Tag,
    Quoted(char),
    Comment,
    Raw,    // the text of one of `RAW`
    RawTag, // from a `<` in it
    Lost,
}

/// Elements with text in which a browser looks for their end tag only. In SVG or in
/// a `<select>` it reads tags in the same text, so any other tag there is too much.
const RAW: [&str; 9] = [
    "iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp",
];

/// How much of a tag or an address may precede a value, in bytes: all of it is read
/// again for each value.
const MAX_BEFORE: usize = 2048;

impl Page {
    fn place(&self) -> Place<'_> {
        let before = self.inside.as_str();
        match self.state {
            State::Text => Place::Text,
            State::Tag | State::RawTag => Place::Nowhere("in a tag outside of quotes"),
            State::Quoted(_) if self.tag.len() > MAX_BEFORE => {
                Place::Nowhere("in a tag of more than 2 KiB")
            }
            State::Quoted(_) => self.place_in_quotes(before),
            State::Comment => Place::Nowhere("in a comment"),
            State::Raw => match self.element() {
                "title" | "textarea" => Place::Text,
                "script" if before.trim().is_empty() => Place::Script,
                _ => Place::Nowhere("in a style sheet or the like, or in a script but first"),
            },
            State::Lost => Place::Nowhere("after HTML at which browsers have to guess"),
        }
    }

    fn place_in_quotes<'a>(&self, before: &'a str) -> Place<'a> {
        let code = ["srcdoc", "srcset", "style"];
        let addresses = ["cite", "data", "href", "ping", "poster", "src"];
        let loaders = [
            "base", "embed", "frame", "iframe", "link", "object", "script",
        ];
        // Of `xlink:href`, what counts is `href`.
        let name = self.attribute().and_then(|name| name.rsplit(':').next());
        match name.unwrap_or_default() {
            name if name.starts_with("on") || code.contains(&name) => {
                Place::Nowhere("in an attribute that is code")
            }
            _ if loaders.contains(&self.element()) => {
                Place::Nowhere("in the tag of something that the page loads")
            }
            name if name.ends_with("action") || addresses.contains(&name) => match before.len() {
                0..=MAX_BEFORE => Place::Address { before },
                _ => Place::Nowhere("in an address of more than 2 KiB"),
            },
            _ => Place::Attribute,
        }
    }

    fn read(&mut self, text: &str) {
        for c in text.chars().map(|c| c.to_ascii_lowercase()) {
            self.state = self.after(c);
        }
    }

    fn after(&mut self, c: char) -> State {
        let part = self.inside.as_str();
        match self.state {
            State::Text if c == '<' => {
                self.tag.clear();
                return State::Tag;
            }
            State::Text | State::Lost => return self.state,
            State::Tag => return self.after_tag(c),
            State::Quoted(quote) if c == quote => {
                self.tag.push_str("\" ");
                return State::Tag;
            }
            // `--!>` is an end as well, except in `<!--!>`.
            State::Comment
                if c == '>'
                    && (part.ends_with("--") || part.len() > 4 && part.ends_with("--!")) =>
            {
                return State::Text;
            }
            State::Raw if c == '<' => {
                self.inside.clear();
                return State::RawTag;
            }
            State::RawTag => return self.after_raw_tag(c),
            _ => {}
        }
        self.inside.push(c);
        self.state
    }

    fn after_tag(&mut self, c: char) -> State {
        match c {
            'a'..='z' => {}
            '!' | '/' if self.tag.is_empty() => {}
            '<' if self.tag.is_empty() => return State::Tag,
            '?' if self.tag.is_empty() => return State::Lost,
            _ if self.tag.is_empty() => return State::Text,
            _ if self.tag == "/" => return State::Lost,
            '>' => {
                self.inside.clear();
                return match self.element() {
                    "plaintext" => State::Lost,
                    name if RAW.contains(&name) => State::Raw,
                    _ => State::Text,
                };
            }
            '"' | '\'' if !self.tag.starts_with('!') => {
                self.inside.clear();
                return match self.attribute() {
                    Some(_) => State::Quoted(c),
                    None => State::Lost,
                };
            }
            _ => {}
        }
        self.tag.push(c);
        match self.tag.as_str() {
            "!--" => {
                self.inside = String::from("--"); // for `<!-->`, which is a whole comment
                State::Comment
            }
            "![cdata[" => State::Lost,
            _ => State::Tag,
        }
    }

    fn after_raw_tag(&mut self, c: char) -> State {
        let end = format!("/{}", self.element());
        match c {
            '>' | '/' | '\t' | '\n' | '\x0C' | '\r' | ' ' if self.inside == end => {
                self.tag = end;
                return self.after_tag(c);
            }
            _ if end[self.inside.len()..].starts_with(c) => self.inside.push(c),
            '<' if self.inside.is_empty() => {}
            'a'..='z' | '!' | '?' => return State::Lost,
            _ if self.inside.is_empty() => {
                self.inside.push('<');
                return State::Raw;
            }
            _ => return State::Lost,
        }
        State::RawTag
    }

    fn element(&self) -> &str {
        let ends = |c: char| c == '/' || c.is_ascii_whitespace();
        self.tag.split(ends).next().unwrap_or_default()
    }

    /// The attribute whose value begins after this tag so far.
    fn attribute(&self) -> Option<&str> {
        let (before, last) = self.tag.rsplit_once(|c: char| c.is_ascii_whitespace())?;
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:@".contains(c);
        let name = last.strip_suffix('=')?;
        // In `<p a= b="…">` the quote belongs to a value without quotes.
        let begins = !name.is_empty() && !before.trim_end().ends_with('=');
        (begins && name.chars().all(plain)).then_some(name)
    }
}

harness::serve! { fn render(&str, Json) }
