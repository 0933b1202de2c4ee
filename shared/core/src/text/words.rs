//! Title case: by words.

use std::iter;

use unicode_segmentation::UnicodeSegmentation;

use super::rules::Rules;

/// Bytes that wait at most, for the end of the word that they belong to: two words of half as many,
/// or a longer one that is cut.
const HELD_BYTES: usize = 8192;

/// Words whose end depends on what follows: `can`, `'`, and then `t` are one.
const OPEN: usize = 2;

/// A mapping of words.
pub(super) struct Words {
    rules: Rules,
    held: String,
}

impl Words {
    pub(super) fn new(rules: Rules) -> Self {
        Self { rules, held: String::new() }
    }

    /// Appends to `out` what becomes of `text`, as far as that is settled.
    pub(super) fn push(&mut self, mut text: &str, out: &mut Vec<u8>) {
        while self.held.len() + text.len() > HELD_BYTES {
            let room = HELD_BYTES - self.held.len();
            let (head, rest) = text.split_at(text.floor_char_boundary(room));
            self.held.push_str(head);
            text = rest;
            self.settle(OPEN, out);
        }
        self.held.push_str(text);
    }

    /// Ends the text.
    pub(super) fn finish(&mut self, out: &mut Vec<u8>) {
        self.settle(0, out);
    }

    /// Maps the words that wait but for the last `open`, or at least the first.
    fn settle(&mut self, open: usize, out: &mut Vec<u8>) {
        let words: Vec<&str> = words(&self.held).collect();
        let ended = words.len().saturating_sub(open).max(1).min(words.len());
        let ended = &words[..ended];
        for word in ended {
            self.append(word, out);
        }
        let length: usize = ended.iter().map(|word| word.len()).sum();
        self.held.drain(..length);
    }

    fn append(&self, word: &str, out: &mut Vec<u8>) {
        let begins_with_letter =
            word.starts_with(|character: char| character.is_ascii_alphabetic());
        match self.rules.ascii() {
            Some(change) if word.is_ascii() && (begins_with_letter || word.len() == 1) => {
                let start = out.len();
                out.extend_from_slice(word.as_bytes());
                change.apply(&mut out[start..]);
                out[start..=start].make_ascii_uppercase();
            }
            _ => out.extend_from_slice(self.rules.map(word).as_bytes()),
        }
    }
}

/// The words of a text, blanks and punctuation included.
fn words(mut text: &str) -> impl Iterator<Item = &str> {
    iter::from_fn(move || {
        let (word, rest) = text.split_at(first_word(text)?.len());
        text = rest;
        Some(word)
    })
}

fn first_word(text: &str) -> Option<&str> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    // A blank ends a word of letters, and before anything visible it is one by itself.
    match text.as_bytes()[letters..] {
        [b' ', ..] if letters > 0 => Some(&text[..letters]),
        [b' ', b'!'..=b'~', ..] => Some(" "),
        _ => text.split_word_bounds().next(),
    }
}
