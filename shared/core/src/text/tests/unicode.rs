//! Every character, and the root locale.

use super::*;
use crate::text::rules::Ascii;

fn every_character() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

/// Each on a line of its own, so that none is in another's context.
fn lines() -> String {
    every_character().flat_map(|character| [character, '\n']).collect()
}

#[test]
fn upper_case_of_every_character_is_the_standard_librarys() {
    assert_eq!(map(Case::Upper, "und", &lines()), lines().to_uppercase());
}

#[test]
fn lower_case_of_every_character_is_the_standard_librarys() {
    assert_eq!(map(Case::Lower, "und", &lines()), lines().to_lowercase());
}

#[test]
fn final_sigma_about_every_character_is_the_standard_librarys() {
    let text: String = every_character().map(|character| format!("AΣ{character}Σ\n")).collect();
    assert!(map(Case::Lower, "und", &text) == text.to_lowercase());
}

#[test]
fn every_character_in_every_case_and_language_is_icus() {
    let lines = lines();
    for case in CASES {
        for tag in TAGS {
            assert!(map(case, tag, &lines) == icu(case, tag, &lines), "{case:?}, {tag}");
        }
    }
}

/// Below the ideographs, where all that look about are.
#[test]
fn every_character_among_others_is_icus() {
    let text: String = ('\0'..'\u{3000}')
        .chain('\u{a640}'..'\u{ac00}')
        .chain('\u{1d100}'..'\u{1d300}')
        .map(|character| format!("Σ{character}\u{301}ι{character}\u{307}A{character}Σ\n"))
        .collect();
    for case in CASES {
        for tag in TAGS {
            assert!(map(case, tag, &text) == icu(case, tag, &text), "{case:?}, {tag}");
        }
    }
}

#[test]
fn words_are_of_the_same_unicode() {
    let (major, minor, update) = char::UNICODE_VERSION;
    let version = (u64::from(major), u64::from(minor), u64::from(update));
    assert_eq!(unicode_segmentation::UNICODE_VERSION, version);
}

#[test]
fn full_mappings() {
    check_text(Case::Upper, "und", "", "");
    check_text(Case::Upper, "und", "straße", "STRASSE");
    check_text(Case::Upper, "und", "ŉ ﬁn ΐ", "\u{2bc}N FIN \u{399}\u{308}\u{301}");
    check_text(Case::Upper, "und", "ᾳ ſ ı ΐ", "ΑΙ S I \u{399}\u{308}\u{301}");
    check_text(Case::Upper, "und", "Ωmega 𐐨 ჯ 漢字 🦀", "ΩMEGA 𐐀 Ჯ 漢字 🦀");
    check_text(Case::Lower, "und", "STRASSE İ Ω K Ჯჯ", "strasse i\u{307} ω k ჯჯ");
    check_text(Case::Title, "und", "ßeta ﬁn ŉ", "Sseta Fin \u{2bc}N");
    check_text(Case::Fold, "und", "Straße ΣΊΣΥΦΟΣ ﬁ İ", "strasse σίσυφοσ fi i\u{307}");
}

#[test]
fn text_is_not_normalized() {
    check_text(Case::Upper, "und", "e\u{301}é", "E\u{301}É");
    check_text(Case::Lower, "und", "E\u{301}É", "e\u{301}é");
}

/// The condition `Final_Sigma` of `SpecialCasing.txt`.
#[test]
fn final_sigma() {
    check_text(Case::Lower, "und", "ΟΔΟΣ", "οδος");
    check_text(Case::Lower, "und", "ΟΔΟΣ. ΣΑΣ", "οδος. σας");
    check_text(Case::Lower, "und", "Σ", "σ");
    check_text(Case::Lower, "und", "ΑΣΑ ΑΣ:Α ΑΣ:", "ασα ασ:α ας:");
    check_text(Case::Lower, "und", "Α\u{301}Σ\u{301} 'Σ' Α'Σ'", "α\u{301}ς\u{301} 'σ' α'ς'");
    check_text(Case::Lower, "und", "ΣΣΣ 1Σ aΣ", "σσς 1σ aς");
    check_text(Case::Title, "und", "ΟΔΟΣ σας ΣΑΣ", "Οδος Σας Σας");
}

/// Words are those of UAX #29, and begin with a letter, a number or a symbol.
#[test]
fn title_case() {
    check_text(Case::Title, "und", "the QUICK brown", "The Quick Brown");
    check_text(Case::Title, "und", "can't e.g. o'neill", "Can't E.g. O'neill");
    check_text(Case::Title, "und", "«hello» 49ers 'twas", "«Hello» 49ers 'Twas");
    check_text(Case::Title, "und", "ǆungla ǈ dž", "ǅungla ǈ Dž");
    check_text(Case::Title, "und", "well-known snake_case", "Well-Known Snake_case");
}

#[test]
fn ascii_changes_in_a_word_as_in_a_slice() {
    for change in [Ascii::Upper, Ascii::Lower] {
        for (byte, at) in (0..=255).flat_map(|byte| (0..8).map(move |at| (byte, at))) {
            let mut bytes = *b"aZ@[`{\x7f\xff";
            bytes[at] = byte;
            let mut expected = bytes;
            change.apply(&mut expected);
            assert_eq!(change.apply_to_word(bytes), expected, "{change:?} of {bytes:?}");
        }
    }
}
