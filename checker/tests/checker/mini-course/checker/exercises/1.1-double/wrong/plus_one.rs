// Caught by: zero stays zero
pub fn double(n: i32) -> Result<i32, String> {
    Ok(n + n.max(1))
}
harness::serve! { fn double(i32) }
