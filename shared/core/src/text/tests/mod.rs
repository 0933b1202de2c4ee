//! Text, from the bytes of a stream to its answer, against ICU over the whole.

mod charsets;
mod context;
mod ill_formed;
mod languages;
mod streams;
mod unicode;

use icu_casemap::{CaseMapper, TitlecaseMapper};
use icu_locale_core::LanguageIdentifier;
use unicode_segmentation::UnicodeSegmentation;

use super::{Case, Charset, Converter, Error, IllFormed, Locale};

const CASES: [Case; 4] = [Case::Upper, Case::Lower, Case::Title, Case::Fold];

/// A language of each tailoring.
const TAGS: [&str; 6] = ["und", "tr", "lt", "el", "hy", "nl"];

/// A mapping of UTF-8 without errors.
fn converter(case: Case, tag: &str) -> Converter {
    let locale = Locale::parse(tag).expect("a language tag");
    Converter::new(case, &locale, Charset::UTF_8, IllFormed::Refuse)
}

/// Pushes the parts one after the other; what was written, and how the stream ended.
fn run<'a>(
    mut converter: Converter,
    parts: impl IntoIterator<Item = &'a [u8]>,
) -> (String, Result<(), Error>) {
    let mut out = Vec::new();
    let result = parts.into_iter().try_for_each(|part| converter.push(part, &mut out));
    let result = result.and_then(|()| converter.finish(&mut out));
    (String::from_utf8(out).expect("UTF-8"), result)
}

/// What becomes of a whole text.
fn map(case: Case, tag: &str, text: &str) -> String {
    let (mapped, result) = run(converter(case, tag), [text.as_bytes()]);
    result.expect("well-formed");
    mapped
}

/// What ICU makes of a whole text, in title case by its words.
fn icu(case: Case, tag: &str, text: &str) -> String {
    let language: LanguageIdentifier = tag.parse().expect("a language tag");
    let mapper = CaseMapper::new();
    match (case, tag) {
        (Case::Upper, _) => mapper.uppercase_to_string(text, &language).into(),
        (Case::Lower, _) => mapper.lowercase_to_string(text, &language).into(),
        (Case::Fold, "tr") => mapper.fold_turkic_string(text).into(),
        (Case::Fold, _) => mapper.fold_string(text).into(),
        (Case::Title, _) => {
            let mapper = TitlecaseMapper::new();
            let title =
                |word| mapper.titlecase_segment_to_string(word, &language, Default::default());
            text.split_word_bounds().map(title).collect()
        }
    }
}

/// The whole at once, split in two at every place, and byte by byte.
fn check(
    converter: impl Fn() -> Converter,
    input: &[u8],
    expected: &str,
    result: Result<(), Error>,
) {
    let expected = (expected.to_owned(), result);
    for at in 0..=input.len() {
        let (head, tail) = input.split_at(at);
        assert_eq!(run(converter(), [head, tail]), expected, "{input:?} split at {at}");
    }
    assert_eq!(run(converter(), input.chunks(1)), expected, "{input:?} byte by byte");
}

/// A text without errors.
fn check_text(case: Case, tag: &str, text: &str, expected: &str) {
    check(|| converter(case, tag), text.as_bytes(), expected, Ok(()));
}
