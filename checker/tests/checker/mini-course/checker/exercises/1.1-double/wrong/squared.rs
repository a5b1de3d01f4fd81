// Caught by: a number is doubled
pub fn double(n: i32) -> Result<i32, String> {
    Ok(n * n)
}
harness::serve! { fn double(i32) }
