//! Two texts against each other, so that the difference is found without color.

use pretty_assertions::StrComparison;

/// Expected (`<`) against got (`>`).
pub fn diff(expected: &str, got: &str) -> String {
    marked("< expected / got >", expected, got)
}

/// The learner's file (`<`) against the reference (`>`).
pub fn changes(own: &str, reference: &str) -> String {
    marked("< yours / reference >", own, reference)
}

/// Both texts line by line, `<` before what only the left one has and `>`
/// before what only the right one has; what differs within a line is colored.
fn marked(header: &str, left: &str, right: &str) -> String {
    let comparison = StrComparison::new(left, right).to_string();
    // Its own first line says "left" and "right", which say nothing here.
    let lines = comparison.split_once('\n').map_or("", |(_, lines)| lines);
    format!("{header}\n{}", lines.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_reads_without_color() {
        let plain =
            anstream::adapter::strip_str(&diff("{\n  \"a\": 1\n}", "{\n  \"a\": 2\n}")).to_string();
        assert_eq!(
            plain,
            "< expected / got >\n {\n<  \"a\": 1\n>  \"a\": 2\n }"
        );
    }
}
