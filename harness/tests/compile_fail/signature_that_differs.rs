//! What `serve!` says of the arguments is not what the code takes.

fn greet(name: &str, times: u32) -> String {
    name.repeat(times as usize)
}

fn double(number: i64) -> i64 {
    number * 2
}

harness::serve! {
    fn greet(&str)
    fn double(&str)
}
