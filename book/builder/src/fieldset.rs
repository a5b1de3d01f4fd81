//! The fieldsets of one built page, as far as a quiz needs them.

use std::cell::RefCell;

use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::page::{content_of, value};

/// One fieldset of a page.
#[derive(Debug, Default)]
pub struct Fieldset {
    /// As written in the attribute.
    pub class: String,
    /// Its elements, without those inside of them.
    pub parts: Vec<Part>,
}

/// An element of a quiz with the text in it; loose text has no element.
#[derive(Debug, Default)]
pub struct Part {
    /// Its tag, such as `label`.
    pub element: String,
    /// All text in it.
    pub text: String,
    /// The radio inputs in it, or itself.
    pub radios: Vec<Radio>,
}

/// A round button of which a browser lets one of each name be chosen.
#[derive(Debug)]
pub struct Radio {
    /// Empty when there is none.
    pub name: String,
    /// Whether it is chosen before anybody has chosen.
    pub checked: bool,
}

impl Part {
    /// Its text as a person would quote it.
    pub fn quoted(&self) -> String {
        let words: Vec<&str> = self.text.split_whitespace().collect();
        let text = words.join(" ");
        match text.char_indices().nth(60) {
            Some((end, _)) => format!("\"{}…\"", &text[..end]),
            None => format!("\"{text}\""),
        }
    }
}

/// The fieldsets of a page.
pub fn read(html: &str) -> Vec<Fieldset> {
    let queue = BufferQueue::default();
    queue.push_back(html.into());
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    // Comes back early after each script; scripts are not run here.
    while !queue.is_empty() {
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    tokenizer.sink.reading.into_inner().fieldsets
}

#[derive(Default)]
struct Sink {
    reading: RefCell<Reading>,
}

#[derive(Default)]
struct Reading {
    fieldsets: Vec<Fieldset>,
    inside: bool,
    /// How many elements are open inside of the fieldset.
    depth: usize,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut reading = self.reading.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                reading.open(&tag);
                content_of(&tag)
            }
            Token::TagToken(tag) => {
                reading.close(&tag);
                TokenSinkResult::Continue
            }
            Token::CharacterTokens(text) => {
                reading.text(&text);
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

impl Reading {
    fn open(&mut self, tag: &Tag) {
        let element = &*tag.name;
        if element == "fieldset" {
            // A fieldset in a fieldset was not closed: it is one of its own.
            self.fieldsets.push(Fieldset {
                class: value(tag, "class").unwrap_or_default(),
                parts: Vec::new(),
            });
            (self.inside, self.depth) = (true, 0);
            return;
        }
        let Some(fieldset) = self.fieldsets.last_mut().filter(|_| self.inside) else {
            return;
        };
        if self.depth == 0 {
            fieldset.parts.push(Part {
                element: element.to_owned(),
                ..Part::default()
            });
        }
        if element == "input"
            && value(tag, "type").as_deref() == Some("radio")
            && let Some(part) = fieldset.parts.last_mut()
        {
            part.radios.push(Radio {
                name: value(tag, "name").unwrap_or_default(),
                checked: value(tag, "checked").is_some(),
            });
        }
        if !matches!(element, "input" | "br" | "hr" | "img" | "wbr") {
            self.depth += 1;
        }
    }

    fn close(&mut self, tag: &Tag) {
        if &*tag.name == "fieldset" {
            self.inside = false;
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn text(&mut self, text: &str) {
        let Some(fieldset) = self.fieldsets.last_mut().filter(|_| self.inside) else {
            return;
        };
        if self.depth == 0 {
            if text.trim().is_empty() {
                return;
            }
            fieldset.parts.push(Part::default());
        }
        if let Some(part) = fieldset.parts.last_mut() {
            part.text.push_str(text);
        }
    }
}
