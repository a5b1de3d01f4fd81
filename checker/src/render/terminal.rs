//! Text for a terminal: fitted to its width, and with what guests and learners
//! wrote made harmless.

use std::borrow::Cow;
use std::io::Write as _;

use anstyle::{AnsiColor, Style};
use crossterm::terminal;

/// Good news.
pub const GOOD: Style = AnsiColor::Green.on_default().bold();
/// Bad news.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// Something to look at.
pub const NOTE: Style = AnsiColor::Yellow.on_default();
/// What may be passed over.
pub const QUIET: Style = Style::new().dimmed();
/// Headings and names.
pub const STRONG: Style = Style::new().bold();

/// `text` in `style`; streams that take no color drop the style.
pub fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Makes the terminal raw (keys come one by one, unseen) or as usual again, and
/// says whether it could.
pub fn set_raw(raw: bool) -> bool {
    if raw {
        terminal::enable_raw_mode().is_ok()
    } else {
        terminal::disable_raw_mode().is_ok()
    }
}

/// Whether the terminal is raw.
pub fn is_raw() -> bool {
    terminal::is_raw_mode_enabled().unwrap_or(false)
}

/// `text` with line ends that a raw terminal takes for such.
pub fn lines(text: &str) -> Cow<'_, str> {
    if is_raw() {
        text.replace('\n', "\r\n").into()
    } else {
        text.into()
    }
}

/// Says something to the person at once, beside the answer.
pub fn note(text: &str) {
    let text = format!("{}\n", styled(NOTE, &wrapped(text, "")));
    // Nobody is left to be told that stderr is closed.
    let _ = anstream::stderr().lock().write_all(lines(&text).as_bytes());
}

/// `text`, cut after `most` characters.
pub fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        None => text.into(),
        Some((end, _)) => {
            let all = text.chars().count();
            format!("{}… ({all} characters in all)", &text[..end]).into()
        }
    }
}

/// How many columns prose may take.
pub fn width() -> usize {
    // Not crossterm's size: without a terminal that starts a program, twice a call.
    let columns = terminal_size::terminal_size().map_or(80, |(columns, _)| columns.0);
    columns_from(std::env::var("COLUMNS").ok().as_deref(), columns)
}

/// `COLUMNS` wins over what the terminal says; both may be nonsense.
fn columns_from(variable: Option<&str>, terminal: u16) -> usize {
    variable
        .and_then(|columns| columns.parse().ok())
        .unwrap_or(usize::from(terminal))
        .clamp(20, 80)
}

/// Prose fitted to the width, every line behind `indent`.
pub fn wrapped(text: &str, indent: &str) -> String {
    fitted(text, indent, width())
}

fn fitted(text: &str, indent: &str, width: usize) -> String {
    // Words are broken nowhere: paths and calls are there to be copied.
    let options = textwrap::Options::new(width)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .break_words(false)
        .initial_indent(indent)
        .subsequent_indent(indent);
    textwrap::fill(text, options)
}

/// Lines as they are, every one behind `indent`.
pub fn indented(text: &str, indent: &str) -> String {
    text.trim_end_matches('\n')
        .lines()
        .map(|line| format!("{indent}{line}").trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Text of a guest or a learner with everything that could steer a terminal
/// made visible: control characters, escapes, and marks that turn the direction
/// of writing. Line ends and tabs stay.
pub fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\t' => visible.push(letter),
            '\r' => visible.push('␍'),
            '\u{1b}' => visible.push('␛'),
            '\u{7f}' => visible.push('␡'),
            '\u{0}'..='\u{1f}' => {
                // The pictures of the control characters stand in their order.
                visible.extend(char::from_u32(0x2400 + u32::from(letter)));
            }
            '\u{80}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => visible.extend(letter.escape_unicode()),
            _ => visible.push(letter),
        }
    }
    visible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_gets_through() {
        for (text, expected) in [
            ("plain\ttext\n", "plain\ttext\n"),
            ("\u{1b}[2J", "␛[2J"),
            ("a\rb\u{8}", "a␍b␈"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("\u{202e}txt", "\\u{202e}txt"),
            ("ünïcödé 🦀", "ünïcödé 🦀"),
        ] {
            assert_eq!(visible(text), expected);
        }
    }

    #[test]
    fn prose_fits_whatever_the_terminal_claims() {
        for (variable, terminal, columns) in [
            (Some("40"), 100, 40),
            (Some("nonsense"), 60, 60),
            (None, 0, 20),
            (None, 500, 80),
        ] {
            assert_eq!(columns_from(variable, terminal), columns);
        }
        let text = fitted(
            "A context keeps its globals from one run to the next.",
            "  ",
            20,
        );
        assert!(text.lines().all(|line| line.len() <= 20), "{text}");
    }
}
