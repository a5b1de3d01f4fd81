//! A small rule engine: the first rule whose condition holds decides, and says why.
//! A condition is parsed by Boa and walked by us. It never runs.

use boa_engine::{
    Context, JsResult, JsString, JsValue, Source,
    ast::{
        Expression, Statement, StatementListItem,
        expression::literal::LiteralKind,
        expression::operator::binary::{BinaryOp, LogicalOp, RelationalOp},
        scope::Scope,
    },
    interner::{Interner, Sym, ToInternedString},
    js_string,
    parser::Parser,
    property::PropertyKey,
};
use serde_json::json;

const RULES: [(&str, &str, u32); 3] = [
    ("bulk", "total > 200 && items > 9", 15),
    ("summer", "(month === 'July') && total > 50", 10),
    ("bribe", "total > 50 && items.constructor('return 1')()", 99),
];

fn main() -> JsResult<()> {
    let context = &mut Context::default();
    for order in [
        json!({ "month": "July", "items": 12, "total": 240 }),
        json!({ "month": "July", "items": 2, "total": 230 }),
        json!({ "month": "May", "items": 2, "total": 80 }),
    ] {
        println!("{order}");
        let order = JsValue::from_json(&order, context)?;
        for (name, condition, percent) in RULES {
            // ANCHOR: parse
            let mut interner = Interner::default();
            let script = Parser::new(Source::from_bytes(condition))
                .parse_script(&Scope::new_global(), &mut interner)
                .expect("our rules are JavaScript");
            let [StatementListItem::Statement(only)] = script.statements().statements() else {
                panic!("none, several, or a declaration");
            };
            let Statement::Expression(condition) = only.as_ref() else {
                panic!("a statement of another kind");
            };
            // ANCHOR_END: parse
            let why = Vec::new();
            let mut walk = Walk {
                interner,
                order: &order,
                why,
            };
            let holds = walk.value(condition, context);
            let why = walk.why.join(", ");
            match holds {
                Ok(value) if value.to_boolean() => {
                    println!("  {name:<6} yes      {why}: {percent} % off");
                    break;
                }
                Ok(_) => println!("  {name:<6} no       {why}"),
                Err(met) => println!("  {name:<6} refused  {why}, then {met}"),
            }
        }
        // ANCHOR: inherited
        let key = js_string!("constructor");
        let object = order.as_object().expect("made from an object");
        assert!(object.get(key.clone(), context)?.is_callable()); // Object itself
        assert!(own(&order, &key.into()).is_none());
        // ANCHOR_END: inherited
    }
    Ok(())
}

struct Walk<'o> {
    interner: Interner,
    order: &'o JsValue,
    /// The comparisons that were made, with their values.
    why: Vec<String>,
}

impl Walk<'_> {
    fn text(&self, text: Sym) -> JsString {
        JsString::from(self.interner.resolve_expect(text).utf16())
    }

    // ANCHOR: walk
    fn value(&mut self, node: &Expression, context: &mut Context) -> Result<JsValue, String> {
        match node {
            Expression::Parenthesized(inner) => self.value(inner.expression(), context),
            Expression::Identifier(name) => {
                let key = PropertyKey::from(self.text(name.sym()));
                own(self.order, &key).ok_or_else(|| format!("no {key} in the order"))
            }
            Expression::Literal(literal) => match literal.kind() {
                LiteralKind::Int(number) => Ok(JsValue::from(*number)),
                LiteralKind::String(text) => Ok(JsValue::from(self.text(*text))),
                _ => Err("another kind of literal".to_owned()),
            },
            Expression::Binary(binary) => {
                let left = self.value(binary.lhs(), context)?;
                if binary.op() == BinaryOp::Logical(LogicalOp::And) && !left.to_boolean() {
                    return Ok(left); // the right side is not reached
                }
                let right = self.value(binary.rhs(), context)?;
                let holds = match binary.op() {
                    BinaryOp::Logical(LogicalOp::And) => return Ok(right),
                    _ if left.is_object() || right.is_object() => return Err("an object".into()),
                    BinaryOp::Relational(RelationalOp::StrictEqual) => left.strict_equals(&right),
                    BinaryOp::Relational(RelationalOp::GreaterThan) => {
                        let holds = left.gt(&right, context);
                        holds.map_err(|error| error.to_string())?
                    }
                    other => return Err(format!("the operator {other}")),
                };
                let (left, right) = (left.display(), right.display());
                self.why.push(format!("{left} {} {right}", binary.op()));
                Ok(JsValue::from(holds))
            }
            // Not what is bad, but all that was not named above.
            other => Err(other.to_interned_string(&self.interner)),
        }
    }
    // ANCHOR_END: walk
}

// ANCHOR: own
/// A property that the object has itself.
fn own(object: &JsValue, key: &PropertyKey) -> Option<JsValue> {
    let property = object.as_object()?.borrow().properties().get(key)?;
    property.value().cloned()
}
// ANCHOR_END: own
