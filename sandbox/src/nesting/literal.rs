//! What is not code: strings, templates, regular expressions, comments.

use super::{Before, COMMAS, Scanner, TooDeep, is_line_end};

impl Scanner<'_> {
    /// From within a template to its end or to its next `${`.
    pub(super) fn template(&mut self) -> Result<(), TooDeep> {
        while let Some(letter) = self.next() {
            match letter {
                '\\' => {
                    self.next();
                }
                '`' => break,
                '$' if self.peek() == Some('{') => {
                    self.next();
                    return self.open('$', false);
                }
                _ => {}
            }
        }
        self.ended(Before::Operand);
        Ok(())
    }

    pub(super) fn string(&mut self, quote: char) {
        self.next();
        while let Some(letter) = self.next() {
            match letter {
                '\\' => self.continuation(),
                // An error, and the parser goes no further. (The line separators
                // are allowed in strings.)
                '\n' | '\r' => return self.at = self.source.len(),
                letter if letter == quote => return,
                _ => {}
            }
        }
    }

    /// What a backslash in a string is followed by.
    pub(super) fn continuation(&mut self) {
        // A line continuation may be two characters.
        if self.next() == Some('\r') && self.peek() == Some('\n') {
            self.next();
        }
    }

    /// A regular expression: its groups nest too.
    pub(super) fn regexp(&mut self) -> Result<(), TooDeep> {
        self.next();
        let mut class = false;
        let mut groups = 0_usize;
        let mut alternatives = 0_usize;
        while let Some(letter) = self.peek() {
            if is_line_end(letter) {
                // An error, and the parser goes no further.
                self.at = self.source.len();
                return Ok(());
            }
            self.next();
            match letter {
                // A line end is no part of it even after a backslash.
                '\\' if self.peek().is_none_or(is_line_end) => {}
                '\\' => {
                    self.next();
                }
                '[' => class = true,
                ']' => class = false,
                '(' if !class => {
                    groups += 1;
                    if groups > self.limit {
                        return Err(TooDeep);
                    }
                }
                '|' if !class => {
                    alternatives += 1;
                    if alternatives > self.limit.saturating_mul(COMMAS) {
                        return Err(TooDeep);
                    }
                }
                ')' if !class => groups = groups.saturating_sub(1),
                '/' if !class => return Ok(()),
                _ => {}
            }
        }
        Ok(())
    }

    pub(super) fn line_comment(&mut self) {
        self.skip_while(|it| !is_line_end(it));
    }

    pub(super) fn block_comment(&mut self) {
        let rest = &self.source[self.at + 2..];
        let length = rest.find("*/").map_or(rest.len(), |end| end + 2);
        if rest[..length].contains(is_line_end) {
            self.new_line = true;
        }
        self.at += 2 + length;
    }
}
