//! What ICU knows of a case mapping in a language.

use std::borrow::Cow;

use icu_casemap::{CaseMapper, TitlecaseMapper};
use icu_properties::props::{
    CaseIgnorable, Cased, GeneralCategory, GeneralCategoryGroup, SoftDotted,
};
use icu_properties::{CodePointMapData, CodePointSetData};

use super::{Case, Locale, Tailoring};

/// A case mapping as a language has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    case: Case,
    tailoring: Tailoring,
}

/// A change of ASCII letters alone, whatever stands about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ascii {
    Upper,
    Lower,
}

impl Ascii {
    pub(super) fn apply(self, bytes: &mut [u8]) {
        match self {
            Self::Upper => bytes.make_ascii_uppercase(),
            Self::Lower => bytes.make_ascii_lowercase(),
        }
    }

    /// The same of a few bytes, in one word: the slice's loop takes each by itself.
    pub(super) fn apply_to_word(self, bytes: [u8; 8]) -> [u8; 8] {
        let first = match self {
            Self::Upper => b'a',
            Self::Lower => b'A',
        };
        let all = |byte: u8| u64::from_ne_bytes([byte; 8]);
        let word = u64::from_ne_bytes(bytes);
        // The top bit of each byte tells whether the rest reaches a bound; no sum leaves its byte.
        let rest = word & all(0x7f);
        let from_first = rest + all(0x80 - first);
        let past_last = rest + all(0x80 - first - 26);
        let letters = (from_first ^ past_last) & !word & all(0x80);
        // The two cases of a letter differ in this bit.
        (word ^ letters >> 2).to_ne_bytes()
    }
}

impl Rules {
    pub(super) fn new(case: Case, locale: &Locale) -> Self {
        Self { case, tailoring: locale.tailoring() }
    }

    /// Maps a whole text, or for [`Case::Title`] a word.
    pub(super) fn map(self, text: &str) -> Cow<'_, str> {
        let language = self.tailoring.language();
        let mapper = CaseMapper::new();
        match self.case {
            Case::Upper => mapper.uppercase_to_string(text, &language),
            Case::Lower => mapper.lowercase_to_string(text, &language),
            Case::Title => TitlecaseMapper::new().titlecase_segment_to_string(
                text,
                &language,
                Default::default(),
            ),
            Case::Fold if self.tailoring == Tailoring::Turkic => mapper.fold_turkic_string(text),
            Case::Fold => mapper.fold_string(text),
        }
    }

    /// What becomes of ASCII, or for [`Case::Title`] of all but the first letter of a word, unless the
    /// language has its own mind about `i` or `j`.
    pub(super) fn ascii(self) -> Option<Ascii> {
        match (self.case, self.tailoring) {
            (_, Tailoring::Turkic) => None,
            (Case::Upper | Case::Lower, Tailoring::Lithuanian) => None,
            (Case::Title, Tailoring::Dutch) => None,
            (Case::Upper, _) => Some(Ascii::Upper),
            (Case::Lower | Case::Fold | Case::Title, _) => Some(Ascii::Lower),
        }
    }

    /// Whether it matters to some character whether a letter that has a case comes before.
    pub(super) fn minds_case_before(self) -> bool {
        self.case == Case::Lower || self.is_dense()
    }

    /// Whether the character may change, or change characters after it, by what stands about it.
    /// All others that do begin with one of these.
    pub(super) fn is_leader(self, character: char) -> bool {
        match (self.case, self.tailoring) {
            (Case::Upper, Tailoring::Greek) => is_greek(character),
            (Case::Upper, Tailoring::Lithuanian) => {
                CodePointSetData::new::<SoftDotted>().contains(character)
            }
            (Case::Lower, Tailoring::Turkic) => matches!(character, 'Σ' | 'I'),
            (Case::Lower, Tailoring::Lithuanian) => matches!(character, 'Σ' | 'I' | 'J' | 'Į'),
            (Case::Lower, _) => character == 'Σ',
            _ => false,
        }
    }

    /// Whether leaders are so frequent that mapping all else with them takes fewer steps.
    pub(super) fn is_dense(self) -> bool {
        self.case == Case::Upper && self.tailoring == Tailoring::Greek
    }

    /// Whether what comes before the character is of no consequence to it and what follows, but
    /// for whether it was a letter that has a case.
    pub(super) fn is_start(self, character: char) -> bool {
        if self.is_dense() && is_greek(character) {
            return false;
        }
        character.is_ascii_alphanumeric() || !is_ignorable(character) && !is_mark(character)
    }
}

/// The blocks of Greek letters with and without accents, and the ohm sign.
fn is_greek(character: char) -> bool {
    matches!(character, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' | '\u{2126}')
}

/// Whether the last character that is not ignorable has a case, and where all are, that `before`.
pub(super) fn ends_cased(text: &str, before: bool) -> bool {
    text.chars().rev().find_map(is_cased).unwrap_or(before)
}

/// Whether the character has a case; `None` for one that is ignorable.
pub(super) fn is_cased(character: char) -> Option<bool> {
    if character.is_ascii_alphabetic() {
        return Some(true);
    }
    let cased = || CodePointSetData::new::<Cased>().contains(character);
    (!is_ignorable(character)).then(cased)
}

fn is_ignorable(character: char) -> bool {
    CodePointSetData::new::<CaseIgnorable>().contains(character)
}

fn is_mark(character: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(character);
    GeneralCategoryGroup::Mark.contains(category)
}
