// Caught by: a number that is too large is an error
pub fn double(n: i32) -> Result<i32, String> {
    Ok(n.checked_mul(2).unwrap())
}
harness::serve! { fn double(i32) }
