//! Exercise 3.2 · A session that survives its lines
//!
//! A session runs line after line, and outlives each of them. Write the `todo!`s; the
//! shape is a proposal, and the fields are yours:
//!
//! - `fresh`: a context for a session, with limits, console, jobs and `_`;
//! - `Jobs`: a queue that you run, with an end;
//! - `feed`: commands, empty lines, inputs of several lines, the history;
//! - `run`: what an input came to, when its jobs have run;
//! - `is_unfinished`, `too_large`, `limit_of`: three questions.
//!
//! What an input means, what the console writes and how a value is shown is given
//! below the line.
//!
//! Judge it: `cargo checker 3.2` · the whole task: `cargo checker show 3.2` ·
//! a hint: `cargo checker hint 3.2`

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::rc::Rc;

use boa_engine::ast::declaration::{Binding, LexicalDeclaration, VariableList};
use boa_engine::ast::operations::{ContainsSymbol, bound_names, contains, var_declared_names};
use boa_engine::ast::scope::Scope;
use boa_engine::ast::visitor::{VisitWith as _, Visitor};
use boa_engine::ast::{
    self, Declaration, Expression, Position, Span, Spanned as _, Statement, StatementList,
    StatementListItem,
};
use boa_engine::builtins::promise::PromiseState;
use boa_engine::builtins::{self, date::Date, proxy::Proxy, regexp::RegExp};
use boa_engine::interner::Interner;
use boa_engine::job::{Job, JobExecutor};
use boa_engine::object::ObjectInitializer;
use boa_engine::object::builtins::JsPromise;
use boa_engine::parser::{Error, Parser};
use boa_engine::property::{Attribute, PropertyDescriptor, PropertyKey};
use boa_engine::{
    Context, JsError, JsObject, JsResult, JsString, JsValue, NativeFunction, Source, js_string,
};
use serde::{Deserialize, Serialize};

/// An input may be this long, with all its lines.
const MOST_BYTES: usize = 16 * 1024;
/// Brackets may be this deep inside one another: the parser's stack has an end.
const MOST_NESTED: usize = 100;
/// Values on the engine's stack. Each error that leaves a function leaves some behind.
const MOST_VALUES: usize = 1_000_000;
/// Inputs that the history keeps.
const MOST_HISTORY: usize = 100;
/// What the console keeps of one line.
const MOST_OUTPUT: usize = 1_000;
/// Of a value: letters, elements of one list, and objects inside one another.
const MOST_TEXT: usize = 4_000;
const MOST_ITEMS: usize = 100;
const MOST_DEPTH: usize = 3;

/// What one line may take.
#[derive(Clone, Copy, Deserialize)]
pub struct Limits {
    /// Turns of the loops in one call.
    pub turns: u64,
    /// Calls inside one another.
    pub calls: usize,
    /// Promise jobs.
    pub jobs: usize,
}

/// What came of a line.
#[derive(Serialize, Deserialize)]
pub struct Reply {
    /// What the console wrote meanwhile, in its order.
    pub output: Vec<Output>,
    /// How the line ended.
    pub ended: Ended,
}

/// A line of the console.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Output {
    /// From `console.log`.
    Log(String),
    /// From `console.error`.
    Error(String),
}

/// How a line ended.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// The input is not finished: the next line belongs to it.
    More,
    /// Nothing was run: a command, or an empty line.
    Nothing,
    /// The value, as the session shows it.
    Value(String),
    /// What was thrown or is wrong, as the session shows it.
    Error(String),
    /// The limit that ended it, such as "1000 jobs".
    Limit(String),
}

/// What the console has written since the last reply.
type Journal = Rc<RefCell<Vec<Output>>>;

/// A session: lines in, replies out.
pub struct Repl {
    limits: Limits,
    context: Context,
    journal: Journal,
}

impl Repl {
    /// A new session, each of whose lines has these limits.
    pub fn new(limits: Limits) -> Self {
        let journal = Journal::default();
        Self {
            limits,
            context: fresh(limits, &journal),
            journal,
        }
    }

    /// Takes a line.
    pub fn feed(&mut self, line: &str) -> Reply {
        Reply {
            ended: self.input(line),
            output: self.journal.take(),
        }
    }

    /// The inputs so far, the oldest first.
    pub fn history(&self) -> Vec<String> {
        todo!("the last {MOST_HISTORY} whole inputs")
    }

    /// Takes a line of an input, and runs the input if it is whole.
    fn input(&mut self, line: &str) -> Ended {
        // Before it: commands, empty lines, and what is unfinished.
        if let Some(limit) = too_large(line) {
            return Ended::Limit(limit);
        }
        match read(line) {
            Err(error) if is_unfinished(&error) => todo!("the next line belongs to it"),
            Err(error) => Ended::Error(format!("SyntaxError: {error}")),
            Ok(program) => self.run(&program),
        }
    }

    fn run(&mut self, program: &Program) -> Ended {
        let value = self.context.eval(Source::from_bytes(&program.source));
        // Here: at most `limits.jobs` jobs.
        match value {
            Ok(value) => todo!(
                "at most {} jobs; what was awaited: {}; set `_`; {}",
                self.limits.jobs,
                program.awaits,
                shown(&value, &mut self.context)
            ),
            Err(error) => todo!(
                "the limit {:?}, or {error}",
                limit_of(&error, &self.context)
            ),
        }
    }
}

/// A context with its limits, its console, its queue of jobs, and `_`.
fn fresh(limits: Limits, journal: &Journal) -> Context {
    let context = Context::builder().job_executor(Rc::new(Jobs)).build();
    let mut context = context.expect("nothing else was asked of the builder");
    context.insert_data(Rc::clone(journal));
    lend_console(&mut context).expect("the global object is new");
    todo!(
        "{} turns, {} calls, {MOST_VALUES} values; and `_`",
        limits.turns,
        limits.calls
    )
}

/// Promise jobs, which wait for the end of their line.
struct Jobs;

impl JobExecutor for Jobs {
    fn enqueue_job(self: Rc<Self>, _: Job, _: &mut Context) {
        todo!("keep it, if it is a promise's")
    }

    fn run_jobs(self: Rc<Self>, _: &mut Context) -> JsResult<()> {
        todo!("run them, but not for ever")
    }
}

/// The engine's limit, with its size.
fn limit_of(error: &JsError, context: &Context) -> Option<String> {
    todo!("name {error} among {:?}", context.runtime_limits())
}

/// Whether the parser wants more, and found nothing wrong in what is there.
fn is_unfinished(error: &Error) -> bool {
    todo!("{error}")
}

/// The limit that an input exceeds, looked for before the parser sees it.
fn too_large(text: &str) -> Option<String> {
    todo!("{MOST_BYTES} bytes, {MOST_NESTED} brackets, and not {text}")
}

// ---------------------------------------------------------------------------
// Given: what an input means, what the console writes, what a value looks like.

/// A whole input, as a script for the session.
struct Program {
    source: String,
    /// The script's value is a promise of the input's value.
    awaits: bool,
}

/// Parses an input. Its script declares `let`, `const` and classes like `var`: a
/// later input may declare a name again, and one that failed does not take it. An
/// input that waits becomes an async function. One that begins with a brace is an
/// object if it can be.
fn read(text: &str) -> Result<Program, Error> {
    if text.trim_start().starts_with('{') && !text.trim_end().ends_with(';') {
        if let Ok(object) = program(&format!("({text}\n)")) {
            return Ok(object);
        }
        match program(&format!("({text}")) {
            Err(error) if is_unfinished(&error) => return Err(error),
            _ => {}
        }
    }
    program(text)
}

fn program(text: &str) -> Result<Program, Error> {
    let names = &mut Interner::default();
    let script = Parser::new(Source::from_bytes(text)).parse_script(&Scope::new_global(), names);
    if text.contains("await") {
        match body(text, names) {
            Ok(body) if script.is_err() || contains(&body, ContainsSymbol::AwaitExpression) => {
                return Ok(waiting(text, body.statement_list(), names));
            }
            Err(error) if script.is_err() => return Err(error),
            _ => {}
        }
    }
    Ok(Program {
        source: declared(text, script?.statements(), names, false),
        awaits: false,
    })
}

/// `text` as an async function's body.
fn body(text: &str, names: &mut Interner) -> Result<ast::function::FunctionBody, Error> {
    Parser::new(Source::from_bytes(text)).parse_function_body(names, false, true)
}

/// `const total = await price()` becomes
/// `var total; (async () => { with (this) { var total = await price() } })()`.
/// What `with` finds in the session's global object is read and written there.
fn waiting(text: &str, list: &StatementList, names: &mut Interner) -> Program {
    let (mut head, mut functions) = (String::new(), String::new());
    for name in var_declared_names(list) {
        head += &format!("var {}; ", names.resolve_expect(name));
    }
    for item in list.statements() {
        let StatementListItem::Declaration(declaration) = item else {
            continue;
        };
        for name in bound_names(&**declaration) {
            let name = names.resolve_expect(name);
            head += &format!("var {name}; ");
            match **declaration {
                Declaration::Lexical(_) | Declaration::ClassDeclaration(_) => {}
                _ => functions += &format!("this.{name} = {name}; "),
            }
        }
    }
    let body = declared(text, list, names, true);
    Program {
        source: format!("{head}(async () => {{ with (this) {{ {functions}{body}\n}} }})()"),
        awaits: true,
    }
}

/// `text` with `var` for its own `let`, `const` and classes; with `return` before the
/// expression at its end, if it `returns`.
fn declared(text: &str, list: &StatementList, names: &mut Interner, returns: bool) -> String {
    let mut classes = 0;
    let mut edits = Vec::new();
    for item in list.statements() {
        let StatementListItem::Declaration(declaration) = item else {
            continue;
        };
        let (word, name) = match &**declaration {
            Declaration::Lexical(LexicalDeclaration::Let(list)) => ("let", first(list)),
            Declaration::Lexical(LexicalDeclaration::Const(list)) => ("const", first(list)),
            Declaration::ClassDeclaration(class) => ("class", Some(class.name().span())),
            _ => continue,
        };
        let Some(at) = name.and_then(|name| begins(text, word, offset(text, name.start()))) else {
            continue;
        };
        if let Declaration::ClassDeclaration(class) = &**declaration {
            classes += 1;
            let name = names.resolve_expect(class.name().sym());
            edits.push((at, 0, format!("var {name} = ")));
        } else {
            edits.push((at, word.len(), "var".to_owned()));
        }
    }
    if let Some(StatementListItem::Statement(last)) = list.statements().last()
        && let Statement::Expression(value) = &**last
        && returns
    {
        edits.push((offset(text, begin(value)), 0, "return ".to_owned()));
    }
    let edited = |edits: &[(usize, usize, String)]| {
        let mut text = text.to_owned();
        // From the end, so that the places before it stay where they are.
        for (at, length, word) in edits.iter().rev() {
            text.replace_range(*at..at + length, word);
        }
        text
    };
    let whole = edited(&edits);
    // `class Tea {}` and `(1)` in the next line would become a call. Such a class is
    // left alone.
    if classes > 0 && body(&whole, names).map_or(0, |it| count(it.statement_list())) != count(list)
    {
        edits.retain(|(_, length, word)| *length > 0 || word == "return ");
        return edited(&edits);
    }
    whole
}

/// Without empty ones: a class needs no semicolon, and `var` takes one.
fn count(list: &StatementList) -> usize {
    let empty = StatementListItem::from(Statement::Empty);
    list.statements().iter().filter(|it| **it != empty).count()
}

/// Where the first name of a declaration stands.
fn first(list: &VariableList) -> Option<Span> {
    Some(match list.as_ref().first()?.binding() {
        Binding::Identifier(name) => name.span(),
        Binding::Pattern(pattern) => pattern.span(),
    })
}

/// Where the declaration begins whose first name stands at `name`: between its word
/// and the name are blanks and comments, which may hold the word as well.
fn begins(text: &str, word: &str, name: usize) -> Option<usize> {
    let mut places = text[..name].rmatch_indices(word).map(|(at, _)| at);
    places.find(|at| {
        let mut between = text[at + word.len()..name].trim_start();
        while let Some(end) = match between.get(..2) {
            Some("/*") => between[2..].find("*/").map(|end| end + 4),
            Some("//") => between.find(['\n', '\r', '\u{2028}', '\u{2029}']),
            _ => None,
        } {
            between = between[end..].trim_start();
        }
        between.is_empty()
    })
}

/// Where an expression begins: the span of a call is that of its arguments.
fn begin(value: &Expression) -> Position {
    struct Leftmost(Position);
    impl<'ast> Visitor<'ast> for Leftmost {
        type BreakTy = ();
        fn visit_expression(&mut self, node: &'ast Expression) -> ControlFlow<()> {
            self.0 = self.0.min(node.span().start());
            node.visit_with(self)
        }
    }
    let mut leftmost = Leftmost(value.span().start());
    let _ = leftmost.visit_expression(value);
    leftmost.0
}

/// The byte of `text` at a position, which counts lines and letters from one.
fn offset(text: &str, position: Position) -> usize {
    let (mut line, mut column) = (1, 1);
    for (at, letter) in text.char_indices() {
        if (line, column) == (position.line_number(), position.column_number()) {
            return at;
        }
        match letter {
            '\n' | '\u{2028}' | '\u{2029}' => (line, column) = (line + 1, 1),
            '\r' if !text[at + 1..].starts_with('\n') => (line, column) = (line + 1, 1),
            _ => column += 1,
        }
    }
    text.len()
}

/// Makes `console.log` and `console.error`, which write to the context's `Journal`.
fn lend_console(context: &mut Context) -> JsResult<()> {
    fn log(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
        write(Output::Log, arguments, context)
    }
    fn error(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
        write(Output::Error, arguments, context)
    }
    let console = ObjectInitializer::new(context)
        .function(NativeFunction::from_fn_ptr(log), js_string!("log"), 0)
        .function(NativeFunction::from_fn_ptr(error), js_string!("error"), 0)
        .build();
    context.register_global_property(js_string!("console"), console, Attribute::all())
}

fn write(
    output: fn(String) -> Output,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    if let Some(journal) = context.get_data::<Journal>().cloned()
        && journal.borrow().len() < MOST_OUTPUT
    {
        let mut texts = Vec::new();
        for value in arguments.iter().take(MOST_ITEMS) {
            texts.push(match value.as_string() {
                Some(text) => plain(&text),
                None => shown(value, context),
            });
        }
        journal.borrow_mut().push(output(cut(texts.join(" "))));
    }
    Ok(JsValue::undefined())
}

fn plain(text: &JsString) -> String {
    let head = text.get(..text.len().min(MOST_TEXT));
    head.map_or_else(String::new, |head| head.to_std_string_lossy())
}

fn cut(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MOST_TEXT) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// A value in one line of bounded length. None of the guest's code runs.
fn shown(value: &JsValue, context: &mut Context) -> String {
    let mut text = String::new();
    show(value, &mut Vec::new(), &mut text, context);
    cut(text)
}

fn show(value: &JsValue, around: &mut Vec<JsObject>, text: &mut String, context: &mut Context) {
    let Some(object) = value.as_object() else {
        *text += &match (value.as_string(), value.as_bigint()) {
            (Some(string), _) => format!("{:?}", plain(&string)),
            (_, Some(int)) if int.as_inner().bits() > 4096 => "[BigInt]".to_owned(),
            _ => value.display().to_string(),
        };
        return;
    };
    if around.contains(&object) {
        *text += "[Circular]";
    } else if object.is::<Proxy>() {
        *text += "[Proxy]";
    } else if object.is::<builtins::error::Error>() {
        let [name, message] = ["name", "message"].map(|key| found(&object, js_string!(key)));
        *text += &name.unwrap_or_else(|| "Error".to_owned());
        if let Some(message) = message.filter(|it| !it.is_empty()) {
            *text += &format!(": {message}");
        }
    } else if object.is_callable() || object.is::<Date>() || object.is::<RegExp>() {
        *text += &value.display().to_string();
    } else if around.len() >= MOST_DEPTH {
        *text += if object.is_array() {
            "[Array]"
        } else {
            "[Object]"
        };
    } else {
        around.push(object.clone());
        show_parts(&object, around, text, context);
        around.pop();
    }
}

fn show_parts(
    object: &JsObject,
    around: &mut Vec<JsObject>,
    text: &mut String,
    context: &mut Context,
) {
    let class = class(object).unwrap_or_else(|| "Object".to_owned());
    if let Ok(promise) = JsPromise::from_object(object.clone()) {
        let (state, value) = match promise.state() {
            PromiseState::Pending => ("<pending>", None),
            PromiseState::Fulfilled(value) => ("", Some(value)),
            PromiseState::Rejected(reason) => ("<rejected> ", Some(reason)),
        };
        *text += &format!("Promise {{ {state}");
        if let Some(value) = value {
            show(&value, around, text, context);
        }
        *text += " }";
    } else if object.is_array() {
        let length = own(object, &js_string!("length").into());
        let length = length.and_then(|it| it.value()?.as_number()).unwrap_or(0.0);
        let keys = (0..MOST_ITEMS as u32).take_while(|index| f64::from(*index) < length);
        let keys: Vec<_> = keys.map(PropertyKey::from).collect();
        show_list(
            ("[", "]"),
            &keys,
            length as usize,
            object,
            around,
            text,
            context,
        );
    } else if object.is_ordinary() {
        if class != "Object" {
            *text += &format!("{class} ");
        }
        let keys = object.own_property_keys(context).unwrap_or_default();
        let length = keys.len();
        let keys = &keys[..length.min(MOST_ITEMS)];
        show_list(("{", "}"), keys, length, object, around, text, context);
    } else {
        *text += &format!("[{class}]");
    }
}

fn show_list(
    (open, close): (&str, &str),
    keys: &[PropertyKey],
    length: usize,
    object: &JsObject,
    around: &mut Vec<JsObject>,
    text: &mut String,
    context: &mut Context,
) {
    *text += open;
    for (index, key) in keys.iter().enumerate() {
        if text.len() > MOST_TEXT * 4 {
            break;
        }
        *text += if index == 0 { " " } else { ", " };
        if open == "{" {
            *text += &format!("{}: ", cut(key.to_string()));
        }
        match own(object, key) {
            None => *text += "<empty>",
            Some(property) => match property.value() {
                Some(value) => show(value, around, text, context),
                None => *text += "[Getter/Setter]",
            },
        }
    }
    if length > keys.len() {
        *text += &format!(", … {} more", length - keys.len());
    }
    *text += if length > 0 { " " } else { "" };
    *text += close;
}

fn own(object: &JsObject, key: &PropertyKey) -> Option<PropertyDescriptor> {
    object.borrow().properties().get(key)
}

/// A text that an object has or inherits; no getter is asked, and no proxy.
fn found(object: &JsObject, key: JsString) -> Option<String> {
    let key = PropertyKey::from(key);
    let mut next = Some(object.clone());
    for _ in 0..MOST_ITEMS {
        let object = next.filter(|it| !it.is::<Proxy>())?;
        if let Some(property) = own(&object, &key) {
            return Some(plain(&property.value()?.as_string()?));
        }
        next = object.prototype();
    }
    None
}

fn class(object: &JsObject) -> Option<String> {
    let prototype = object.prototype().filter(|it| !it.is::<Proxy>())?;
    let maker = own(&prototype, &js_string!("constructor").into())?;
    found(&maker.value()?.as_object()?, js_string!("name")).map(cut)
}

harness::serve! { type Repl { new(Limits), feed(&str), history() } }
