//! Characters whose mapping depends on what stands about them: they wait until that is there.

use super::mapping::Mapping;
use super::rules::{Rules, ends_cased, is_cased};

/// Bytes that wait at most: a character and what may have a say in what becomes of it.
const HELD_BYTES: usize = 4096 + 8;

/// Stands in for a letter out of sight. It has a case, and no language changes it beyond ASCII.
const LETTER: &str = "a";

/// A mapping of characters where they stand.
pub(super) struct Context {
    rules: Rules,
    mapping: Mapping,
    /// A leader and what follows it.
    held: String,
    /// Whether the last character before those that wait, but for ignorable ones, has a case.
    after_cased: bool,
}

impl Context {
    pub(super) fn new(rules: Rules) -> Self {
        let mapping = Mapping::new(rules);
        Self { rules, mapping, held: String::new(), after_cased: false }
    }

    /// Appends to `out` what becomes of `text`, as far as that is settled.
    pub(super) fn push(&mut self, mut text: &str, out: &mut Vec<u8>) {
        while !text.is_empty() {
            if !self.held.is_empty() {
                text = self.hold(text, out);
                continue;
            }
            let (before, rest) = text.split_at(self.mapping.append(text, out));
            if self.rules.minds_case_before() {
                self.after_cased = ends_cased(before, self.after_cased);
            }
            let leader = rest.chars().next();
            self.held.extend(leader);
            text = &rest[leader.map_or(0, char::len_utf8)..];
        }
    }

    /// Ends the text.
    pub(super) fn finish(&mut self, out: &mut Vec<u8>) {
        self.settle(None, out);
    }

    /// Takes in what may matter to the leader, and settles it where that ends. Returns the rest.
    fn hold<'a>(&mut self, text: &'a str, out: &mut Vec<u8>) -> &'a str {
        let room = text.floor_char_boundary(HELD_BYTES - self.held.len());
        let is_start = |&(_, character): &(usize, char)| self.rules.is_start(character);
        let mut characters = text[..room].char_indices();
        let start = if self.rules.is_dense() {
            characters.rfind(is_start)
        } else {
            characters.find(is_start)
        };
        let end = start.map_or(room, |(at, _)| at);
        let (held, rest) = text.split_at(end);
        self.held.push_str(held);
        if let Some(next) = rest.chars().next() {
            self.settle(Some(next), out);
        }
        rest
    }

    /// Maps what waits. A letter stands in for what was before, and for what is `next`.
    fn settle(&mut self, next: Option<char>, out: &mut Vec<u8>) {
        let before = if self.after_cased { LETTER } else { "" };
        let after = if next.and_then(is_cased) == Some(true) { LETTER } else { "" };
        let text = [before, &self.held, after].concat();
        let mapped = self.rules.map(&text);
        out.extend_from_slice(&mapped.as_bytes()[before.len()..mapped.len() - after.len()]);
        self.after_cased = ends_cased(&self.held, self.after_cased);
        self.held.clear();
    }
}
