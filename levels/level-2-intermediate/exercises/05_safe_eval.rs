//! Exercise 2.5 · Expressions that run no code
//!
//! `calculate` computes an expression without running it: it parses it and walks
//! the tree, with a list of what may be in it. The shape stands; write each `todo!`:
//!
//! - `fits`: what the parser can take, judged by a look at the text;
//! - `only_expression`: a script that is one expression and nothing else;
//! - `is_listed`: the forms that are missing, and no other form;
//! - `evaluate`: the forms that are missing;
//! - `apply`: no lists, no records, and no text that grows without end;
//! - `own`: what the data has itself, and nothing that it inherits.
//!
//! What follows `own` is complete; you need only `operation`, `fail` and `text` of it.
//! `BinaryOp` and `LogicalOp` are in `ast::expression::operator::binary`, `Statement`
//! and `StatementListItem` in `ast`.
//!
//! Judge it: `cargo checker 2.5` · the whole task: `cargo checker show 2.5` ·
//! a hint: `cargo checker hint 2.5`

use std::{cell::RefCell, ops::ControlFlow};

use boa_engine::{
    Context, JsNativeError, JsResult, JsString, JsValue, Source,
    ast::{
        Expression, Script, Spanned,
        expression::{
            access::{PropertyAccess, PropertyAccessField},
            literal::LiteralKind,
            operator::unary::UnaryOp,
        },
        scope::Scope,
        visitor::{VisitWith, Visitor},
    },
    interner::{Interner, Sym, ToInternedString},
    parser::Parser,
    property::PropertyKey,
};
use serde::Serialize;
use serde_json::{Map, Value as Json};

/// The longest expression, in bytes.
const MAX_LENGTH: usize = 1_000;
/// The most `(`, `[` and `{` in an expression, wherever they stand.
const MAX_BRACKETS: usize = 32;
/// The longest text that an operation may make, in units of UTF-16.
const MAX_TEXT: usize = 10_000;

/// What is wrong.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ErrorKind {
    /// Too large.
    Limit,
    /// Not JavaScript.
    Syntax,
    /// JavaScript, and not on the list.
    Refused,
    /// A variable, a property or an item that is not there.
    Missing,
    /// Not with such a value.
    Type,
    /// A result that JSON does not have.
    Result,
}

/// Why an expression has no value.
#[derive(Serialize)]
pub struct EvalError {
    kind: ErrorKind,
    message: String,
    /// Where the part at fault begins, if it is a part. Both count from 1.
    line: Option<u32>,
    column: Option<u32>,
}

/// What an operator or a function makes of values that are no objects.
type Operation = fn(&[JsValue], &mut Context) -> JsResult<JsValue>;

struct Calculator<'c> {
    /// The names and texts of the tree, which itself holds numbers in their place.
    interner: Interner,
    /// An object of the engine. It has a prototype too, so only its own data counts.
    variables: JsValue,
    /// Lends its operators and its `Math`. It never sees the expression.
    context: &'c mut Context,
}

thread_local! {
    /// For all expressions: no code ever runs in it, so none can leave anything.
    static CONTEXT: RefCell<Context> = RefCell::default();
}

/// The value of `expression`, in which `variables` are known by their names.
pub fn calculate(expression: &str, variables: Map<String, Json>) -> Result<Json, EvalError> {
    if !fits(expression) {
        let problem = "the expression is too long, or has too many brackets";
        return Err(EvalError::new(ErrorKind::Limit, problem));
    }
    let mut interner = Interner::default();
    let script = Parser::new(Source::from_bytes(expression))
        .parse_script(&Scope::new_global(), &mut interner)
        .map_err(|error| EvalError::new(ErrorKind::Syntax, &error.to_string()))?;
    let expression = only_expression(&script)
        .ok_or_else(|| EvalError::new(ErrorKind::Refused, "one expression was expected"))?;
    CONTEXT.with_borrow_mut(|context| {
        let variables = JsValue::from_json(&Json::Object(variables), context)
            .map_err(|error| EvalError::new(ErrorKind::Type, &error.to_string()))?;
        let mut calculator = Calculator {
            interner,
            variables,
            context,
        };
        // All of it is looked at first, and then what is reached is computed.
        if let ControlFlow::Break(refused) = calculator.visit_expression(expression) {
            return Err(refused);
        }
        let value = calculator.evaluate(expression)?;
        let json = calculator.json(&value);
        json.ok_or_else(|| calculator.fail(ErrorKind::Result, expression))
    })
}

/// Whether the parser can take it, without an overflow of its stack and in time.
fn fits(expression: &str) -> bool {
    todo!(
        "hold {} bytes to {MAX_LENGTH}, and the opening brackets to {MAX_BRACKETS}",
        expression.len()
    )
}

/// The expression, if the script is one and nothing else.
fn only_expression(script: &Script) -> Option<&Expression> {
    todo!("look at the {} statements", script.statements().len())
}

impl Calculator<'_> {
    /// The list: a form of expression that has no place here is refused.
    fn is_listed(&self, expression: &Expression) -> bool {
        match expression {
            Expression::Literal(literal) => !matches!(literal.kind(), LiteralKind::BigInt(_)),
            Expression::Parenthesized(_) | Expression::Identifier(_) => true,
            Expression::Unary(_) => self.operation(expression).is_some(),
            _ => todo!("name the other forms that are allowed, and refuse the rest"),
        }
    }

    /// The value of a listed expression. Only what is reached is computed.
    fn evaluate(&mut self, expression: &Expression) -> Result<JsValue, EvalError> {
        match expression {
            Expression::Parenthesized(inner) => self.evaluate(inner.expression()),
            Expression::Literal(literal) => Ok(match literal.kind() {
                LiteralKind::String(text) => JsValue::from(self.text(*text)),
                LiteralKind::Int(number) => JsValue::from(*number),
                LiteralKind::Num(number) => JsValue::from(*number),
                LiteralKind::Bool(bool) => JsValue::from(*bool),
                _ => JsValue::null(),
            }),
            Expression::Unary(unary) if unary.op() == UnaryOp::Not => {
                let value = self.evaluate(unary.target())?;
                Ok(JsValue::from(!value.to_boolean()))
            }
            Expression::Unary(unary) => self.apply(expression, [unary.target()]),
            Expression::Identifier(name) => {
                let name = PropertyKey::from(self.text(name.sym()));
                own(&self.variables, &name).ok_or_else(|| self.fail(ErrorKind::Missing, expression))
            }
            _ => todo!("compute the other forms that are allowed"),
        }
    }

    /// Computes `expression`, which has an operation, from the values of `operands`.
    fn apply<'e>(
        &mut self,
        expression: &Expression,
        operands: impl IntoIterator<Item = &'e Expression>,
    ) -> Result<JsValue, EvalError> {
        let mut values = Vec::new();
        for operand in operands {
            values.push(self.evaluate(operand)?);
        }
        todo!(
            "refuse lists and records, call the operation of {expression:?} with the {} \
             values, and hold a text to {MAX_TEXT} units",
            values.len()
        )
    }
}

/// A property that the data has itself. What it would inherit, such as
/// `constructor`, is not there.
fn own(target: &JsValue, key: &PropertyKey) -> Option<JsValue> {
    todo!(
        "look for {key} among the own properties of {}",
        target.display()
    )
}

// From here on there is nothing to write.

impl Calculator<'_> {
    /// What an operator or a call does, if it is on the list.
    fn operation(&self, expression: &Expression) -> Option<Operation> {
        let name = match expression {
            Expression::Unary(unary) => format!("unary {}", unary.op()),
            Expression::Binary(binary) => binary.op().to_string(),
            Expression::Call(call) => self.path(call.function())?,
            _ => return None,
        };
        Some(match name.as_str() {
            "unary !" => |v, _| Ok(JsValue::from(!v[0].to_boolean())),
            "unary -" => |v, context| v[0].neg(context),
            "unary +" => |v, context| v[0].to_number(context).map(JsValue::from),
            "+" => |v, context| v[0].add(&v[1], context),
            "-" => |v, context| v[0].sub(&v[1], context),
            "*" => |v, context| v[0].mul(&v[1], context),
            "/" => |v, context| v[0].div(&v[1], context),
            "%" => |v, context| v[0].rem(&v[1], context),
            "**" => |v, context| v[0].pow(&v[1], context),
            "<" => |v, context| v[0].lt(&v[1], context).map(JsValue::from),
            "<=" => |v, context| v[0].le(&v[1], context).map(JsValue::from),
            ">" => |v, context| v[0].gt(&v[1], context).map(JsValue::from),
            ">=" => |v, context| v[0].ge(&v[1], context).map(JsValue::from),
            "===" => |v, _| Ok(JsValue::from(v[0].strict_equals(&v[1]))),
            "!==" => |v, _| Ok(JsValue::from(!v[0].strict_equals(&v[1]))),
            "Math.abs" => |v, context| math("abs", v, context),
            "Math.ceil" => |v, context| math("ceil", v, context),
            "Math.floor" => |v, context| math("floor", v, context),
            "Math.max" => |v, context| math("max", v, context),
            "Math.min" => |v, context| math("min", v, context),
            "Math.round" => |v, context| math("round", v, context),
            "Math.sqrt" => |v, context| math("sqrt", v, context),
            _ => return None,
        })
    }

    /// `Math.max`, if a function is called by such a name.
    fn path(&self, function: &Expression) -> Option<String> {
        if let Expression::PropertyAccess(PropertyAccess::Simple(access)) = function
            && let Expression::Identifier(of) = access.target()
            && let PropertyAccessField::Const(name) = access.field()
        {
            let [of, name] = [of, name].map(|name| self.interner.resolve_expect(name.sym()));
            return Some(format!("{of}.{name}"));
        }
        None
    }

    /// A name, its escapes resolved, or a string.
    fn text(&self, text: Sym) -> JsString {
        JsString::from(self.interner.resolve_expect(text).utf16())
    }

    /// JSON has no NaN, no Infinity and no half of a surrogate pair.
    fn json(&mut self, value: &JsValue) -> Option<Json> {
        let finite = value.as_number().is_none_or(f64::is_finite);
        let whole = value
            .as_string()
            .is_none_or(|text| text.to_std_string().is_ok());
        let json = value.to_json(self.context).ok()?;
        json.filter(|_| finite && whole)
    }

    /// An error that names `expression`, such as `ArrowFunction`, and its place.
    fn fail(&self, kind: ErrorKind, expression: &Expression) -> EvalError {
        let form = format!("{expression:?}");
        let form = form.split('(').next().unwrap_or_default();
        let text = expression.to_interned_string(&self.interner);
        let mut error = EvalError::new(kind, &format!("{form}: {text:.80}"));
        // The span of a call begins only at its bracket.
        let mut first = expression;
        while let Expression::Call(call) = first {
            first = call.function();
        }
        let place = first.span().start();
        error.line = Some(place.line_number());
        error.column = Some(place.column_number());
        error
    }
}

/// Visits an expression, and all that is in it if it is listed.
impl<'e> Visitor<'e> for Calculator<'_> {
    type BreakTy = EvalError;

    fn visit_expression(&mut self, expression: &'e Expression) -> ControlFlow<EvalError> {
        if self.is_listed(expression) {
            expression.visit_with(self)
        } else {
            ControlFlow::Break(self.fail(ErrorKind::Refused, expression))
        }
    }
}

/// Calls a function of the engine, in a context in which no script has ever run.
fn math(name: &str, values: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let math = context.intrinsics().objects().math();
    let function = math.get(JsString::from(name), context)?;
    let function = function.as_object().ok_or_else(JsNativeError::typ)?;
    function.call(&JsValue::undefined(), values, context)
}

impl EvalError {
    fn new(kind: ErrorKind, message: &str) -> Self {
        Self {
            kind,
            message: message.to_owned(),
            line: None,
            column: None,
        }
    }
}

harness::serve! { fn calculate(&str, Map<String, Json>) }
