//! 1.1 double: twice a number.

/// Twice `n`, or an error if that is too large.
pub fn double(n: i32) -> Result<i32, String> {
    n.checked_mul(2).ok_or_else(|| format!("{n} is too large"))
}

harness::serve! { fn double(i32) }
