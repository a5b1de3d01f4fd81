//! The ordinary cases: functions of many shapes, and two types.
//!
//! Driven over pipes by `tests/served/`. Try it yourself:
//! `cargo run -p harness --example served_orders`

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Order {
    item: String,
    count: u32,
}

fn greet(name: &str) -> String {
    format!("Hello, {name}!")
}

/// A borrowed result.
fn first_word(text: &str) -> Option<&str> {
    text.split_whitespace().next()
}

fn parse_count(text: String) -> Result<u32, String> {
    text.parse().map_err(|error| format!("{text}: {error}"))
}

fn total(orders: Vec<Order>, discount: Option<u32>) -> u32 {
    orders.iter().map(|order| order.count).sum::<u32>() - discount.unwrap_or(0)
}

fn place(order: Order) -> Result<Order, Order> {
    if order.count == 0 {
        Err(order)
    } else {
        Ok(order)
    }
}

fn nothing() {}

fn echo(value: Value) -> Value {
    value
}

fn ratio(part: f64, whole: f64) -> f64 {
    part / whole
}

fn ratios(parts: Vec<f64>, whole: f64) -> Result<Vec<f64>, f64> {
    if whole < 0.0 {
        return Err(f64::NAN);
    }
    Ok(parts.into_iter().map(|part| part / whole).collect())
}

fn by_place(row: i32) -> BTreeMap<(i32, i32), i32> {
    BTreeMap::from([((row, 1), 5)])
}

fn repeat(text: &str, times: usize) -> String {
    text.repeat(times)
}

fn nested(levels: u32) -> Value {
    (0..levels).fold(Value::Null, |inner, _| Value::Array(vec![inner]))
}

/// Not `Send`, as a context of a script engine is not.
struct Ledger {
    lines: Rc<RefCell<Vec<String>>>,
    last: Result<usize, String>,
}

impl Ledger {
    fn new() -> Self {
        Self {
            lines: Rc::default(),
            last: Ok(0),
        }
    }

    fn add(&mut self, line: &str) -> Result<usize, String> {
        self.last = if line.is_empty() {
            Err("an empty line".to_owned())
        } else {
            self.lines.borrow_mut().push(line.to_owned());
            Ok(self.lines.borrow().len())
        };
        self.last.clone()
    }

    fn lines(&self) -> Vec<String> {
        self.lines.borrow().clone()
    }

    /// A lent result is still told as `Ok` or `Err`.
    fn last(&self) -> &Result<usize, String> {
        &self.last
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        println!("closed after {} lines", self.lines.borrow().len());
    }
}

struct Account {
    cents: u64,
}

impl Account {
    fn open(cents: i64) -> Result<Self, String> {
        let cents = cents.try_into().map_err(|_| format!("{cents} is a debt"))?;
        Ok(Self { cents })
    }

    fn cents(&self) -> u64 {
        self.cents
    }
}

harness::serve! {
    fn greet(&str)
    fn first_word(&str)
    fn parse_count(String),
    fn total(Vec<Order>, Option<u32>),
    fn place(Order);
    fn nothing();
    fn echo(Value)
    fn ratio(f64, f64)
    fn ratios(Vec<f64>, f64)
    fn by_place(i32)
    fn repeat(&str, usize,)
    fn nested(u32)
    type Ledger { new(), add(&str), lines(), last() }
    type Account { open(i64), cents() }
}
