//! What `serve!` can't read: nothing at all, names of arguments, a result, and
//! `&self`.

mod nothing {
    harness::serve! {}
}

mod names {
    harness::serve! { fn evaluate(source: &str) -> usize }
}

mod result {
    harness::serve! { fn evaluate(&str) -> usize }
}

mod receiver {
    harness::serve! { type Playground { new(), run(&self, source: &str) } }
}

mod no_constructor {
    harness::serve! { type Playground {} }
}

fn main() {}
