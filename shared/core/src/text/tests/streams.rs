//! Streams are cut anywhere, and memory is constant.

use proptest::prelude::*;

use super::*;

/// Characters about the ends of the blocks and pieces that text goes in.
#[test]
fn every_length_about_a_block() {
    for length in (0..=130).chain(1000..=1050).chain(4080..=4110) {
        let ascii: String = ('a'..='z').cycle().take(length).collect();
        for middle in ["", "ß", "漢", "🦀", "\u{390}", "Σ", "é漢𐐨"] {
            let text = [&ascii, middle, &ascii].concat();
            assert_eq!(map(Case::Upper, "und", &text), text.to_uppercase(), "{length}, {middle}");
            let text = text.to_uppercase();
            assert_eq!(map(Case::Lower, "und", &text), text.to_lowercase(), "{length}, {middle}");
        }
    }
}

/// Characters that are context to each other in some language, and some that end it.
fn nasty() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "Σ",
        "Σ",
        "σ",
        "ς",
        "A",
        "a",
        "I",
        "I",
        "i",
        "j",
        "J",
        "Į",
        "į",
        "İ",
        "ı",
        "Ì",
        "í",
        "\u{307}",
        "\u{307}",
        "\u{301}",
        "\u{300}",
        "\u{323}",
        "\u{308}",
        "\u{345}",
        "\u{1d165}",
        "'",
        ".",
        ":",
        "\u{ad}",
        "\u{200d}",
        "ʰ",
        "ή",
        "η",
        "Ή",
        "ά",
        "ι",
        "ϊ",
        "υ",
        "ΰ",
        "α",
        "ᾳ",
        "Ω",
        "ἤ",
        "ῥ",
        "᾽",
        "և",
        "ß",
        "ŉ",
        "ǆ",
        "ﬁ",
        "1",
        "_",
        ",",
        "-",
        " ",
        "\n",
        "\r",
        "漢",
        "カ",
        "ก",
        "א",
        "\"",
        "🦀",
        "🇦",
        "𐐀",
        "𐐨",
        "\0",
    ])
}

fn text(length: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(nasty(), length).prop_map(|parts| parts.concat())
}

/// The bytes in chunks of these lengths, again and again.
fn chunks<'a>(mut bytes: &'a [u8], lengths: &[usize]) -> Vec<&'a [u8]> {
    let mut chunks = Vec::new();
    for &length in lengths.iter().cycle() {
        let (chunk, rest) = bytes.split_at(length.min(bytes.len()));
        chunks.push(chunk);
        bytes = rest;
        if bytes.is_empty() {
            break;
        }
    }
    chunks
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nasty_text_in_any_chunks(
        text in text(0..24),
        lengths in prop::collection::vec(1_usize..9, 1..6),
    ) {
        for case in CASES {
            for tag in TAGS {
                let parts = chunks(text.as_bytes(), &lengths);
                prop_assert_eq!(run(converter(case, tag), parts), (icu(case, tag, &text), Ok(())));
            }
        }
    }

    #[test]
    fn any_text_in_any_chunks(
        text in any::<String>(),
        lengths in prop::collection::vec(1_usize..40, 1..6),
        case in prop::sample::select(CASES.to_vec()),
        tag in prop::sample::select(TAGS.to_vec()),
    ) {
        let parts = chunks(text.as_bytes(), &lengths);
        prop_assert_eq!(run(converter(case, tag), parts), (icu(case, tag, &text), Ok(())));
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None, cases: 8, ..ProptestConfig::default()
    })]

    /// Longer than anything that waits.
    #[test]
    fn long_text_in_any_chunks(
        text in text(1..3000),
        lengths in prop::collection::vec(1_usize..5000, 1..6),
    ) {
        let text = text.repeat(40_000 / text.len() + 1);
        for case in CASES {
            for tag in TAGS {
                let parts = chunks(text.as_bytes(), &lengths);
                let (mapped, result) = run(converter(case, tag), parts);
                prop_assert!(mapped == icu(case, tag, &text), "{:?}, {}", case, tag);
                prop_assert_eq!(result, Ok(()));
            }
        }
    }
}

/// A whole text is one stream, whatever it is cut into on the way, and keeps a byte order mark.
#[test]
fn a_whole_text_about_the_ends_of_its_pieces() {
    let convert = |case: Case, text: &str| case.convert(&Locale::ROOT, text).unwrap();
    assert_eq!(convert(Case::Upper, ""), "");
    assert_eq!(convert(Case::Upper, "\u{feff}ß"), "\u{feff}SS");
    assert_eq!(Case::Upper.convert(&Locale::parse("tr").unwrap(), "i").unwrap(), "İ");
    for length in 65_530..65_540 {
        let text = format!("{}ΟΔΟΣ ΐß", "x".repeat(length));
        for case in [Case::Upper, Case::Lower, Case::Title, Case::Fold] {
            let whole = match case {
                Case::Upper => text.to_uppercase(),
                Case::Lower => text.to_lowercase(),
                Case::Title => map(case, "und", &text),
                Case::Fold => format!("{}οδοσ ι\u{308}\u{301}ss", "x".repeat(length)),
            };
            assert!(convert(case, &text) == whole, "{case:?}, {length}");
        }
    }
}
