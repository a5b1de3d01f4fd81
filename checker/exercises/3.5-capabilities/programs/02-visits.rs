// Test: two sandboxes are visited at once, each with its own values
// Accepted
// Cause: two visits can't be under way together, or data can't leave them
use solution::{Limited, Limits, Sandbox};

const LIMITS: Limits = Limits {
    turns: 10,
    calls: 10,
};

fn main() {
    let mut shops: Vec<Sandbox<Limited>> =
        (0..3).map(|_| Sandbox::bare().limited(LIMITS)).collect();
    let mut office = Sandbox::bare().limited(LIMITS);
    let orders = office.enter(|mut outer| {
        let told = outer.run("(order) => order + '!'").ok()?;
        let mut orders = Vec::new();
        for shop in &mut shops {
            let order = shop.enter(|mut inner| {
                let name = inner.run("'tea'").ok()?;
                let same = inner.run("(text) => text").ok()?;
                let name = inner.call(&same, &name).ok()?;
                inner.read(&name).ok()
            })?;
            let mine = outer.run(&order.to_string()).ok()?;
            let mine = outer.call(&told, &mine).ok()?;
            orders.push(outer.read(&mine).ok()?);
        }
        Some(orders)
    });
    drop(orders);
}
