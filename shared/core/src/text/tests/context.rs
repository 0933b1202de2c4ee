//! How far a mapping looks about.

use super::*;

/// What follows a character that looks about is within reach up to so many bytes.
const REACH: usize = 4096;

#[test]
fn final_sigma_looks_past_as_many_ignorable_characters_as_are_promised() {
    let reach = "\u{301}".repeat(REACH / 2);
    for (before, after, expected) in [("Α", "Α", "ασ"), ("Α", " ", "ας"), ("1", "Α", "1σ")]
    {
        let text = [before, "Σ", &reach, after].concat();
        let expected = [expected, &reach, &after.to_lowercase()].concat();
        assert_eq!(map(Case::Lower, "und", &text), expected, "{before:?}, {after:?}");
    }
}

/// Beyond its reach a sigma is final; what comes before is never out of sight.
#[test]
fn final_sigma_looks_no_farther() {
    let run = "\u{301}".repeat(10_000);
    let text = ["ΑΣ", &run, "ΑΣ", &run, "Σ"].concat();
    assert_eq!(map(Case::Lower, "und", &text), ["ας", &run, "ας", &run, "ς"].concat());
}

#[test]
fn sigmas_without_end() {
    let text = "Σ".repeat(20_000);
    let expected = ["σ".repeat(19_999).as_str(), "ς"].concat();
    assert_eq!(map(Case::Lower, "und", &text), expected);
}

#[test]
fn accents_as_far_as_is_promised() {
    let below = "\u{323}".repeat(REACH / 2 - 1);
    let lower = ["i\u{307}", &below, "\u{300}"].concat();
    assert_eq!(map(Case::Lower, "lt", &["I", &below, "\u{300}"].concat()), lower);
    assert_eq!(map(Case::Upper, "lt", &["i", &below, "\u{307}"].concat()), ["I", &below].concat());
    assert_eq!(map(Case::Lower, "tr", &["I", &below, "\u{307}"].concat()), ["i", &below].concat());
    let accents = "\u{301}".repeat(REACH / 2);
    assert_eq!(map(Case::Upper, "el", &["α", &accents].concat()), "Α");
    assert_eq!(map(Case::Upper, "el", &["ή", &accents, " "].concat()), "Ή ");
    assert_eq!(map(Case::Upper, "el", &["ή", &accents, "x"].concat()), "ΗX");
}

/// A Greek word is one context, however it is cut but before an iota or upsilon.
#[test]
fn greek_words_without_end() {
    let text = "μυστήριο".repeat(2_000);
    assert_eq!(map(Case::Upper, "el", &text), "ΜΥΣΤΗΡΙΟ".repeat(2_000));
    assert_eq!(map(Case::Upper, "el", &"ή".repeat(20_000)), "Η".repeat(20_000));
}

/// A run of spaces counts as a word of its own.
#[test]
fn words_after_long_ones_are_whole() {
    for length in 8180..8200 {
        let spaces = " ".repeat(length);
        let title = map(Case::Title, "und", &[&spaces, "ΟΔΟΣ can't"].concat());
        assert_eq!(title.trim_start(), "Οδος Can't", "after {length} bytes");
    }
}

/// Between blanks without end too.
#[test]
fn words_as_long_as_is_promised_are_whole() {
    let [blank, lower] = [" ".repeat(5_000), "x".repeat(REACH - 1)];
    let text = [&blank, "a", &lower, &blank, "a", &lower, "'", "a"].concat();
    let expected = [&blank, "A", &lower, &blank, "A", &lower, "'", "a"].concat();
    assert_eq!(map(Case::Title, "und", &text), expected);
}

#[test]
fn longer_words_are_cut() {
    let text = "a".repeat(20_000);
    let cut = ["A", &"a".repeat(8_191)].concat();
    let expected = [&cut, &cut, "A", &"a".repeat(20_000 - 2 * 8_192 - 1)].concat();
    assert_eq!(map(Case::Title, "und", &text), expected);
}

/// What waits is a few thousand bytes, whatever the text.
#[test]
fn memory_is_constant() {
    const MOST: usize = 8192;
    let endless = ["Σ", "a", "\u{301}", "'", "I", "i", "ή", "α", " ", "漢", "🇦", "a.", "Σ'", "1,"];
    for unit in endless {
        for case in CASES {
            for tag in TAGS {
                let mut converter = converter(case, tag);
                let mut out = Vec::new();
                for _ in 0..20 {
                    let chunk = unit.repeat(1000);
                    converter.push(chunk.as_bytes(), &mut out).expect("well-formed");
                }
                let settled = out.len();
                converter.finish(&mut out).expect("well-formed");
                assert!(out.len() - settled <= MOST, "{unit:?}, {case:?}, {tag}");
            }
        }
    }
}
