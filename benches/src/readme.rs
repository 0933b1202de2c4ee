//! A document's measured parts, most often the README's: what stands between `<!-- measure:NAME -->` and
//! `<!-- /measure:NAME -->`, each on a line of its own.

use std::fs;

use anyhow::{Context, Result};

/// Replaces one measurement's part of a document.
pub fn write(document: &str, name: &str, report: &str) -> Result<()> {
    let path = crate::repository(document);
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let text = replace(&text, name, report)
        .with_context(|| format!("{document} has no marks for the measurement `{name}`"))?;
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// The text with another report between the marks, if both are there.
fn replace(text: &str, name: &str, report: &str) -> Option<String> {
    let (before, rest) = text.split_once(&format!("<!-- measure:{name} -->\n"))?;
    let (_, after) = rest.split_once(&format!("<!-- /measure:{name} -->"))?;
    Some(format!("{before}<!-- measure:{name} -->\n{report}\n<!-- /measure:{name} -->{after}"))
}

#[cfg(test)]
mod tests {
    use super::replace;

    const README: &str = "a\n<!-- measure:x -->\nold\n<!-- /measure:x -->\nb\n<!-- measure:y -->\n<!-- /measure:y -->\n";

    #[test]
    fn only_the_named_part_changes() {
        let x = replace(README, "x", "new\nlines").expect("marks");
        assert_eq!(x, README.replace("old", "new\nlines"));
        let y = replace(README, "y", "first").expect("marks");
        assert_eq!(y, README.replace("y -->\n<", "y -->\nfirst\n<"));
    }

    #[test]
    fn both_marks_must_be_there() {
        assert_eq!(replace(README, "z", "new"), None);
        assert_eq!(replace("<!-- measure:x -->\n", "x", "new"), None);
    }
}
