//! The course's Markdown (briefs, hints, explanations) for a terminal: prose
//! fitted to the width, headings bold, code set in. Inline marks stay as they
//! are; they read well enough.

use super::terminal::{STRONG, styled, width};

/// `text` for a terminal.
pub fn markdown(text: &str) -> String {
    fitted(text, width())
}

fn fitted(text: &str, width: usize) -> String {
    let mut lines = Vec::new();
    let mut paragraph = String::new();
    let mut in_code = false;
    for line in text.trim_end().lines() {
        let plain = line.trim_start();
        let begins = plain.is_empty()
            || plain.starts_with("```")
            || plain.starts_with('#')
            || marker(plain) > 0;
        if in_code || begins {
            flush(&mut paragraph, &mut lines, width);
        }
        if plain.starts_with("```") {
            in_code = !in_code;
        } else if in_code {
            lines.push(format!("    {line}").trim_end().to_owned());
        } else if plain.is_empty() {
            lines.push(String::new());
        } else if plain.starts_with('#') {
            lines.push(styled(STRONG, plain.trim_start_matches('#').trim()));
        } else {
            if paragraph.is_empty() {
                // The depth of a list is kept.
                paragraph.push_str(&line[..line.len() - plain.len()]);
            } else {
                paragraph.push(' ');
            }
            paragraph.push_str(plain);
        }
    }
    flush(&mut paragraph, &mut lines, width);
    lines.join("\n")
}

/// Ends a paragraph or an item of a list.
fn flush(paragraph: &mut String, lines: &mut Vec<String>, width: usize) {
    let text = std::mem::take(paragraph);
    let plain = text.trim_start();
    if plain.is_empty() {
        return;
    }
    let indent = text.len() - plain.len();
    let first = " ".repeat(indent);
    let hanging = " ".repeat(indent + marker(plain));
    let options = textwrap::Options::new(width)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .break_words(false)
        .initial_indent(&first)
        .subsequent_indent(&hanging);
    lines.push(textwrap::fill(plain, options));
}

/// How wide the marker of a list's item is; 0 if it is none.
fn marker(line: &str) -> usize {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    if line.starts_with("- ") {
        2
    } else if digits > 0 && line[digits..].starts_with(". ") {
        digits + 2
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_fitted_and_code_is_left_alone() {
        let text = "One line\nand the next.\n\n- an item that is too long for its line\n- two\n\n```rust\nlet a_long_line_of_code = 1;\n```\n### Head\n";
        let expected = "One line and the\nnext.\n\n- an item that is\n  too long for its\n  line\n- two\n\n    let a_long_line_of_code = 1;\nHead";
        assert_eq!(
            anstream::adapter::strip_str(&fitted(text, 20)).to_string(),
            expected
        );
    }
}
