//! Languages whose case mappings differ from everybody else's.

use icu_locale_core::{LanguageIdentifier, langid};
use oxilangtag::LanguageTag;

/// The language that a case mapping is tailored to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Locale {
    tailoring: Tailoring,
}

/// What a language does differently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tailoring {
    /// Nothing: every language not named below.
    #[default]
    Root,
    /// Turkish and Azerbaijani: `i` and `ı` are two letters, with and without a dot in either case.
    Turkic,
    /// Lithuanian: `i` and `j` keep their dot in lower case under another accent.
    Lithuanian,
    /// Greek: accents are dropped in upper case, but for the disjunctive `ή`.
    Greek,
    /// Armenian: the ligature `և` becomes `ԵՎ`.
    Armenian,
    /// Dutch: `ij` is one letter at the beginning of a word.
    Dutch,
}

impl Locale {
    /// No language in particular.
    pub const ROOT: Self = Self { tailoring: Tailoring::Root };

    /// Reads a language tag, such as `tr` or `el-GR`. One of a language without tailoring is root.
    /// `None` if it is not well-formed ([BCP 47](https://www.rfc-editor.org/info/bcp47)).
    pub fn parse(tag: &str) -> Option<Self> {
        let tag = LanguageTag::parse(tag).ok()?;
        let tailoring = match tag.primary_language().to_ascii_lowercase().as_str() {
            "az" | "aze" | "tr" | "tur" => Tailoring::Turkic,
            "lt" | "lit" => Tailoring::Lithuanian,
            "el" | "ell" => Tailoring::Greek,
            "hy" | "hye" => Tailoring::Armenian,
            "nl" | "nld" => Tailoring::Dutch,
            _ => Tailoring::Root,
        };
        Some(Self { tailoring })
    }

    /// What the language does differently.
    pub fn tailoring(&self) -> Tailoring {
        self.tailoring
    }
}

impl Tailoring {
    /// A language that has it.
    pub(super) const fn language(self) -> LanguageIdentifier {
        match self {
            Self::Root => LanguageIdentifier::UNKNOWN,
            Self::Turkic => langid!("tr"),
            Self::Lithuanian => langid!("lt"),
            Self::Greek => langid!("el"),
            Self::Armenian => langid!("hy"),
            Self::Dutch => langid!("nl"),
        }
    }
}
