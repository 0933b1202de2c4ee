//! The texts that are sent and mapped.

use std::iter;

/// A line in ASCII.
pub const ASCII: &str = "The quick brown fox jumps over the lazy dog.";
/// A line in many scripts. Some of its letters become two or three in upper case.
pub const MIXED: &str = "Größe, ﬁn; Ξεσκεπάζω την ψυχοφθόρα βδελυγμία: ΐ; Съешь же ещё этих мягких французских булок. 漢字 🦀";

/// So many bytes of the line with a number before each: no part is like another.
pub fn numbered(line: &str, bytes: usize) -> String {
    let mut lines = (0..).map(|number| format!("{number}: {line}\n"));
    let mut text = String::with_capacity(bytes);
    while let Some(line) = lines.next().filter(|line| text.len() + line.len() <= bytes) {
        text += &line;
    }
    text.extend(iter::repeat_n('.', bytes - text.len()));
    text
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn the_text_has_the_length_and_whole_lines() {
        assert_eq!(numbered("é", 0), "");
        assert_eq!(numbered("é", 5), ".....");
        assert_eq!(numbered("é", 6), "0: é\n");
        assert_eq!(numbered("é", 13), "0: é\n1: é\n.");
    }
}
