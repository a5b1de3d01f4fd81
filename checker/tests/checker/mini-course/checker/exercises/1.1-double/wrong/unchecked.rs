// Caught by: a number that is too large is an error
pub fn double(n: i32) -> Result<i32, String> {
    Ok(n.wrapping_mul(2))
}
harness::serve! { fn double(i32) }
