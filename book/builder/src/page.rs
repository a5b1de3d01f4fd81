//! One built page, as far as links need it: its ids, and what it points at.

use std::cell::RefCell;
use std::collections::BTreeSet;

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// What a page points at, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// As written in the attribute.
    pub url: String,
    /// For example `img src`.
    pub attribute: String,
    /// Whether a browser fetches it by itself, without a click.
    pub fetched: bool,
    /// In the built page, counted from one.
    pub line: u64,
}

/// The parts of a page that matter to links.
#[derive(Debug, Default)]
pub struct Page {
    /// What a fragment can point to.
    pub ids: BTreeSet<String>,
    /// In the order of the page.
    pub targets: Vec<Target>,
    /// `<base href>`: what the page's relative links start from.
    pub base: Option<String>,
}

impl Page {
    /// Reads a page the way a browser would, mistakes in it included.
    pub fn parse(html: &str) -> Self {
        let queue = BufferQueue::default();
        queue.push_back(html.into());
        let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
        // Comes back early after each script; scripts are not run here.
        while !queue.is_empty() {
            let _ = tokenizer.feed(&queue);
        }
        tokenizer.end();
        tokenizer.sink.page.into_inner()
    }
}

#[derive(Default)]
struct Sink {
    page: RefCell<Page>,
    in_style: RefCell<bool>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                self.page.borrow_mut().take(&tag, line);
                *self.in_style.borrow_mut() = &*tag.name == "style";
                content_of(&tag)
            }
            Token::TagToken(_) => {
                *self.in_style.borrow_mut() = false;
                TokenSinkResult::Continue
            }
            Token::CharacterTokens(text) if *self.in_style.borrow() => {
                self.page.borrow_mut().take_css(&text, "style", line);
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

impl Page {
    fn take(&mut self, tag: &Tag, line: u64) {
        let element = &*tag.name;
        let relation = value(tag, "rel").unwrap_or_default();
        for attribute in &tag.attrs {
            let name = &*attribute.name.local;
            let url = attribute.value.trim();
            let fetched = match (element, name) {
                ("base", "href") => {
                    self.base = Some(url.to_owned());
                    continue;
                }
                (_, "id") | ("a", "name") => {
                    self.ids.insert(attribute.value.to_string());
                    continue;
                }
                (_, "style") => {
                    self.take_css(url, "style attribute", line);
                    continue;
                }
                (_, "srcset") => {
                    for candidate in url.split(',') {
                        let url = candidate.split_whitespace().next().unwrap_or_default();
                        self.push(url, "srcset", true, line);
                    }
                    continue;
                }
                // A canonical or author link is for people and robots to follow.
                ("link", "href") => !matches!(
                    relation.as_str(),
                    "canonical" | "author" | "license" | "help" | "next" | "prev" | "alternate"
                ),
                ("a" | "area", "href") | ("form", "action") | ("button", "formaction") => false,
                ("image" | "use", "href" | "xlink:href")
                | (_, "src" | "poster" | "background" | "ping")
                | ("object", "data") => true,
                _ => continue,
            };
            self.push(url, &format!("{element} {name}"), fetched, line);
        }
    }

    fn take_css(&mut self, css: &str, place: &str, line: u64) {
        for url in css_urls(css) {
            self.push(&url, place, true, line);
        }
    }

    fn push(&mut self, url: &str, attribute: &str, fetched: bool, line: u64) {
        self.targets.push(Target {
            url: url.to_owned(),
            attribute: attribute.to_owned(),
            fetched,
            line,
        });
    }
}

/// How to go on after a start tag. The content of these is no markup; without a
/// tree builder the tokenizer has to be told.
pub fn content_of(tag: &Tag) -> TokenSinkResult<()> {
    match &*tag.name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" => TokenSinkResult::RawData(RawKind::Rawtext),
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        _ => TokenSinkResult::Continue,
    }
}

/// The value of a tag's attribute.
pub fn value(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs
        .iter()
        .find(|attribute| &*attribute.name.local == name)
        .map(|attribute| attribute.value.to_string())
}

/// What a stylesheet fetches: every `url(…)`, and `@import "…"`.
pub fn css_urls(css: &str) -> Vec<String> {
    let unquoted = |text: &str| {
        text.trim()
            .trim_matches(|c| c == '"' || c == '\'')
            .to_owned()
    };
    let mut urls = Vec::new();
    let mut rest = css;
    while let Some(start) = rest.find("url(") {
        let after = &rest[start + 4..];
        // A data URL may hold brackets, even a `url(…)`, inside its quotes.
        let end = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after[1..].find(quote).map(|at| at + 2),
            _ => after.find(')'),
        };
        let Some(end) = end else { break };
        urls.push(unquoted(&after[..end]));
        rest = &after[end..];
    }
    for (start, _) in css.match_indices("@import") {
        let after = css[start + 7..].trim_start();
        if let Some(quote @ ('"' | '\'')) = after.chars().next()
            && let Some(end) = after[1..].find(quote)
        {
            urls.push(after[1..=end].to_owned());
        }
    }
    urls
}

#[cfg(test)]
mod tests {
    use super::{Page, css_urls};

    #[test]
    fn reads_ids_links_and_what_is_fetched() {
        let page = Page::parse(
            "<title><a href=no></title><h2 id='a&amp;b'>x</h2>\n<a href=\"y.html#z\">y</a>\
             <script>const s = '<img src=no>';</script><script src=book.js></script>\
             <!-- <img src=no> --><img src=cat.png srcset='cat2.png 2x, cat3.png 3x'>\
             <style>p { background: url('p.png') }</style><base href='/'>",
        );
        let seen: Vec<_> = page
            .targets
            .iter()
            .map(|target| (target.url.as_str(), target.fetched, target.line))
            .collect();
        assert_eq!(
            seen,
            [
                ("y.html#z", false, 2),
                ("book.js", true, 2),
                ("cat.png", true, 2),
                ("cat2.png", true, 2),
                ("cat3.png", true, 2),
                ("p.png", true, 2),
            ]
        );
        assert!(page.ids.contains("a&b"));
        assert_eq!(page.base.as_deref(), Some("/"));
    }

    #[test]
    fn reads_a_stylesheet() {
        let css = "@import 'a.css'; @import url(b.css); \
                   i { background: url(\"data:image/svg+xml,<a b='url(x)'>\") } \
                   @font-face { src: url('f.woff2') }";
        let urls = css_urls(css);
        assert_eq!(
            urls,
            [
                "b.css",
                "data:image/svg+xml,<a b='url(x)'>",
                "f.woff2",
                "a.css"
            ]
        );
    }
}
