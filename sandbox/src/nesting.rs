//! A look at a source before it is parsed.
//!
//! The parser, the compiler and the destructor of a syntax tree work by native
//! recursion, and a native stack overflow ends the process: a few hundred
//! opened brackets are enough. So brackets are counted first, without
//! recursion, by a scanner that knows strings, templates, comments and regular
//! expressions.
//!
//! A slash is the start of a regular expression or a division, depending on
//! grammar. Where the token before does not decide it (`}`, `++`, `yield`), the
//! scanner does not guess, for a guess can be turned against it: it scans the
//! rest of the source both ways, and either may refuse it. The same goes for
//! HTML-like comments, which the engine knows with Annex B only.

mod literal;

use crate::error::Position;

/// Operators, keywords and calls in one statement and around it, for every
/// level of nesting.
const CHAIN: usize = 16;

/// Commas in one statement or pair of brackets and around it, for every level
/// of nesting.
const COMMAS: usize = 64;

/// `default:` within `default:`. Boa 0.22 looks at what follows one twice, so each
/// level doubles the time: 22 levels take two seconds, 60 longer than the world
/// stands, and nothing interrupts it.
const DEFAULTS: usize = 12;

/// Ways to read one source that are tried before it is refused as it is.
const READINGS: usize = 64;

/// Refuses `source` at the place where it nests more than `limit` levels.
pub(crate) fn check(source: &str, limit: usize) -> Result<(), Position> {
    let mut readings = vec![Scanner::new(source, limit)];
    let mut count = 1;
    while let Some(mut scanner) = readings.pop() {
        scanner
            .run(&mut readings, &mut count)
            .map_err(|TooDeep| place(source, scanner.at))?;
    }
    Ok(())
}

/// The line and column of the byte `at`.
fn place(source: &str, at: usize) -> Position {
    let before = &source[..at.min(source.len())];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap_or("").chars().count();
    Position {
        file: None,
        line: u32::try_from(line + 1).unwrap_or(u32::MAX),
        column: u32::try_from(column + 1).unwrap_or(u32::MAX),
    }
}

struct TooDeep;

/// What the token before means for a slash.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// A value ended: a slash divides.
    Operand,
    /// A value is awaited: a slash starts a regular expression.
    Operator,
    /// Either.
    Unclear,
}

/// One opened bracket, or the whole source.
#[derive(Clone, Copy, Default)]
struct Level {
    bracket: char,
    /// The keyword before a `(` was `if`, `while`, `for` or `with`.
    head: bool,
    chain: usize,
    commas: usize,
    /// All of this level: each may be within the one before.
    elses: usize,
    /// It has a `default`.
    default: bool,
    /// The `default`s around this level.
    outer_defaults: usize,
    /// The chains and commas around this level, which this level is within.
    outer_chain: usize,
    outer_commas: usize,
}

#[derive(Clone)]
struct Scanner<'source> {
    source: &'source str,
    at: usize,
    limit: usize,
    levels: Vec<Level>,
    before: Before,
    /// The last token was a `}`, after which a new statement may start.
    after_block: bool,
    /// The last token was `.`, `?.` or `#`: a keyword is a name now.
    after_dot: bool,
    /// The last token was a word that may be no operand, such as `async`.
    after_soft_word: bool,
    /// The last token was a keyword whose parenthesis is followed by a statement.
    after_head: bool,
    /// A line ended since the last token.
    new_line: bool,
    /// Where the last character of an operator ended, to count `&&` once.
    operator_end: usize,
}

impl<'source> Scanner<'source> {
    fn new(source: &'source str, limit: usize) -> Self {
        Self {
            source,
            at: 0,
            limit,
            levels: vec![Level::default()],
            before: Before::Operator,
            after_block: false,
            after_dot: false,
            after_soft_word: false,
            after_head: false,
            new_line: true,
            operator_end: usize::MAX,
        }
    }

    fn run(&mut self, readings: &mut Vec<Self>, count: &mut usize) -> Result<(), TooDeep> {
        if self.at == 0 && self.starts("#!") {
            self.line_comment();
        }
        while let Some(letter) = self.peek() {
            match letter {
                letter if is_line_end(letter) => {
                    self.new_line = true;
                    self.next();
                }
                letter if letter.is_whitespace() || letter == '\u{feff}' => {
                    self.next();
                }
                '/' if self.starts("//") => self.line_comment(),
                '/' if self.starts("/*") => self.block_comment(),
                '<' if self.starts("<!--") => {
                    self.fork(readings, count, |other| {
                        other.line_comment();
                        Ok(())
                    })?;
                    self.token(letter)?;
                }
                '-' if self.new_line && self.starts("-->") => {
                    self.fork(readings, count, |other| {
                        other.line_comment();
                        Ok(())
                    })?;
                    self.new_line = false;
                    self.token(letter)?;
                }
                '/' if self.before == Before::Unclear => {
                    self.fork(readings, count, |other| {
                        other.before = Before::Operator;
                        other.token('/')
                    })?;
                    self.before = Before::Operand;
                    self.token(letter)?;
                }
                _ => {
                    self.token(letter)?;
                    self.new_line = false;
                }
            }
        }
        Ok(())
    }

    /// Puts another reading of the source from here on the list.
    fn fork(
        &self,
        readings: &mut Vec<Self>,
        count: &mut usize,
        read: impl FnOnce(&mut Self) -> Result<(), TooDeep>,
    ) -> Result<(), TooDeep> {
        *count += 1;
        if *count > READINGS {
            return Err(TooDeep);
        }
        let mut other = self.clone();
        other.new_line = false;
        read(&mut other)?;
        readings.push(other);
        Ok(())
    }

    fn token(&mut self, letter: char) -> Result<(), TooDeep> {
        match letter {
            '"' | '\'' => {
                self.operand();
                self.string(letter);
                self.ended(Before::Operand);
            }
            '`' => {
                if self.before != Before::Operator {
                    // Tagged, or a new statement.
                    self.operand();
                    self.link()?;
                }
                self.next();
                return self.template();
            }
            '(' | '[' | '{' => {
                let head = self.after_head;
                if letter != '{' && self.before != Before::Operator {
                    self.link()?;
                }
                self.next();
                self.open(letter, head)?;
            }
            ')' | ']' | '}' => {
                self.next();
                return self.close(letter);
            }
            '/' if self.before == Before::Operator => {
                self.regexp()?;
                self.ended(Before::Operand);
            }
            ';' => {
                self.next();
                let level = self.level();
                level.chain = 0;
                level.commas = 0;
                self.ended(Before::Operator);
            }
            ',' => {
                self.next();
                let most = self.limit.saturating_mul(COMMAS);
                let level = self.level();
                level.chain = 0;
                // What is in square brackets is a list, however long it is.
                if level.bracket != '[' {
                    level.commas += 1;
                }
                if level.outer_commas + level.commas > most {
                    return Err(TooDeep);
                }
                self.ended(Before::Operator);
            }
            letter if letter.is_ascii_digit() => {
                self.operand();
                self.skip_while(|it| is_name(it) || it == '.');
                self.ended(Before::Operand);
            }
            letter if is_name(letter) || letter == '\\' => self.word()?,
            '#' => {
                self.next();
                self.after_dot = true;
            }
            '.' => {
                self.next();
                if self.starts("..") {
                    self.next();
                    self.next();
                    self.operator()?;
                } else {
                    self.operator()?;
                    self.after_dot = true;
                }
            }
            '+' | '-' if self.starts("++") || self.starts("--") => {
                self.next();
                self.next();
                self.operator()?;
                // `a++ / 2`, but `++/x/.lastIndex`.
                self.before = Before::Unclear;
            }
            _ => {
                // `&&` is one operator, `!!` are two.
                let joined = self.at == self.operator_end && "=&|<>*?".contains(letter);
                self.next();
                self.operator_end = self.at;
                if joined {
                    self.ended(Before::Operator);
                } else {
                    self.operator()?;
                }
            }
        }
        Ok(())
    }

    /// An operator, or one character of it.
    fn operator(&mut self) -> Result<(), TooDeep> {
        self.link()?;
        self.ended(Before::Operator);
        Ok(())
    }

    /// One more link of the statement's chain.
    fn link(&mut self) -> Result<(), TooDeep> {
        let most = self.limit.saturating_mul(CHAIN);
        let level = self.level();
        level.chain += 1;
        if level.outer_chain + level.chain > most {
            return Err(TooDeep);
        }
        Ok(())
    }

    /// A value starts. After another value that means a new statement: on a new
    /// line, or after a block.
    fn operand(&mut self) {
        let statement = self.after_block
            || (self.new_line && self.before == Before::Operand && !self.after_soft_word);
        if statement {
            let level = self.level();
            level.chain = 0;
            level.commas = 0;
        }
    }

    fn ended(&mut self, before: Before) {
        self.before = before;
        self.after_block = false;
        self.after_dot = false;
        self.after_soft_word = false;
        self.after_head = false;
    }

    fn word(&mut self) -> Result<(), TooDeep> {
        let start = self.at;
        self.skip_while(|it| is_name(it) || it == '\\');
        let word = &self.source[start..self.at];
        if self.after_dot {
            self.ended(Before::Operand);
            return Ok(());
        }
        match word {
            "else" => {
                let most = self.limit.saturating_mul(CHAIN);
                let level = self.level();
                level.elses += 1;
                if level.outer_chain + level.elses > most {
                    return Err(TooDeep);
                }
                self.operator()?;
            }
            "catch" | "finally" | "in" | "instanceof" => self.operator()?,
            // After a block it is the end of `do {}`, which may be a chain.
            "while" if self.after_block => {
                self.operator()?;
                self.after_head = true;
            }
            "if" | "while" | "for" | "with" => {
                self.operand();
                self.operator()?;
                self.after_head = true;
            }
            "default" => {
                let level = self.level();
                level.default = true;
                level.chain = 0;
                level.commas = 0;
                if level.outer_defaults >= DEFAULTS {
                    return Err(TooDeep);
                }
                self.ended(Before::Operator);
            }
            "return" | "throw" | "case" | "var" | "const" | "break" | "continue" | "switch"
            | "try" => {
                let level = self.level();
                level.chain = 0;
                level.commas = 0;
                self.ended(Before::Operator);
            }
            "typeof" | "void" | "delete" | "new" | "do" | "extends" | "function" | "class" => {
                self.operand();
                self.operator()?;
            }
            "await" | "yield" | "of" | "async" | "let" | "get" | "set" | "static" | "using" => {
                let head = self.after_head;
                self.operand();
                self.link()?;
                self.ended(Before::Unclear);
                self.after_soft_word = true;
                // `for await (…)`
                self.after_head = head;
            }
            _ => {
                self.operand();
                self.ended(Before::Operand);
            }
        }
        Ok(())
    }

    fn open(&mut self, bracket: char, head: bool) -> Result<(), TooDeep> {
        let outer = *self.level();
        self.levels.push(Level {
            bracket,
            head,
            outer_chain: outer.outer_chain + outer.chain + outer.elses,
            outer_commas: outer.outer_commas + outer.commas,
            outer_defaults: outer.outer_defaults + usize::from(outer.default),
            ..Level::default()
        });
        if self.levels.len() > self.limit + 1 {
            return Err(TooDeep);
        }
        self.ended(Before::Operator);
        Ok(())
    }

    fn close(&mut self, bracket: char) -> Result<(), TooDeep> {
        let level = if self.levels.len() > 1 {
            self.levels.pop().unwrap_or_default()
        } else {
            Level::default()
        };
        if level.bracket == '$' && bracket == '}' {
            return self.template();
        }
        self.ended(match bracket {
            ')' if level.head => Before::Operator,
            '}' => Before::Unclear,
            _ => Before::Operand,
        });
        self.after_block = bracket == '}';
        Ok(())
    }

    fn level(&mut self) -> &mut Level {
        // The first level is never popped.
        let last = self.levels.len() - 1;
        &mut self.levels[last]
    }

    fn peek(&self) -> Option<char> {
        self.source[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += letter.len_utf8();
        Some(letter)
    }

    fn starts(&self, text: &str) -> bool {
        self.source[self.at..].starts_with(text)
    }

    fn skip_while(&mut self, keep: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&keep) {
            self.next();
        }
    }
}

fn is_line_end(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

fn is_name(letter: char) -> bool {
    letter == '_'
        || letter == '$'
        || letter.is_alphanumeric()
        || matches!(letter, '\u{200c}' | '\u{200d}')
}
