//! A process that is not there, and one that takes arguments.

mod unknown {
    fn run_within(_source: &str) {}

    harness::serve! { fn run_within(&str), process guest }
}

mod arguments {
    fn visitor(_source: &str) {}

    harness::serve! { process visitor }
}

fn main() {}
