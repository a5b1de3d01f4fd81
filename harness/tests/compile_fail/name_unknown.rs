//! A function and a type that do not exist.

fn evaluate(source: &str) -> usize {
    source.len()
}

harness::serve! {
    fn evalute(&str)
    type Playgruond { new() }
}
