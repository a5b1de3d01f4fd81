//! Results that can't be turned into JSON: a type of one's own without
//! `Serialize`, and a boxed error.

use std::error::Error;

struct Order {
    _count: u32,
}

fn place(count: u32) -> Order {
    Order { _count: count }
}

fn parse(text: &str) -> Result<i64, Box<dyn Error>> {
    Ok(text.parse()?)
}

struct Cart;

impl Cart {
    fn open(limit: u32) -> Result<Self, Order> {
        Err(Order { _count: limit })
    }

    fn first(&self) -> Option<Order> {
        None
    }
}

harness::serve! {
    fn place(u32)
    fn parse(&str)
    type Cart { open(u32), first() }
}
