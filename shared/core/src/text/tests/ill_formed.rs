//! What is not UTF-8, to the byte.

use proptest::prelude::*;

use super::*;

fn upper() -> Converter {
    converter(Case::Upper, "und")
}

fn error(offset: usize) -> Error {
    Error { offset: offset as u64, charset: Charset::UTF_8 }
}

/// What the standard library makes of the whole, without a byte order mark.
fn expected(bytes: &[u8]) -> (String, Result<(), Error>) {
    let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    match str::from_utf8(bytes) {
        Ok(text) => (text[start..].to_uppercase(), Ok(())),
        Err(broken) => {
            let at = broken.valid_up_to();
            let text = str::from_utf8(&bytes[start.min(at)..at]).expect("UTF-8 before the error");
            (text.to_uppercase(), Err(error(at)))
        }
    }
}

#[test]
fn ill_formed_sequences() {
    let cases: [(&[u8], usize); 12] = [
        (b"\x80", 0),
        (b"ab\xffcd", 2),
        (b"ab\xc0\x80", 2),
        (b"ab\xc3(", 2),
        (b"\xe2\x82(", 0),
        (b"x\xed\xa0\x80", 1),
        (b"x\xe0\x9f\xbf", 1),
        (b"x\xf0\x8f\xbf\xbf", 1),
        (b"x\xf4\x90\x80\x80", 1),
        (b"ab\xc3", 2),
        (b"ab\xe2\x82", 2),
        (b"ab\xf0\x9f\xa6", 2),
    ];
    for (input, offset) in cases {
        let before = str::from_utf8(&input[..offset]).expect("UTF-8 before the error");
        check(upper, input, &before.to_uppercase(), Err(error(offset)));
    }
}

#[test]
fn errors_tell_where() {
    assert_eq!(
        error(1_003).to_string(),
        "The text is not UTF-8: byte 1003 begins an ill-formed sequence."
    );
}

/// All that precedes the error is written, what waits for its context too.
#[test]
fn what_waits_is_not_lost() {
    let lower = || converter(Case::Lower, "und");
    check(lower, &["ΟΔΟΣ'".as_bytes(), b"\xff"].concat(), "οδος'", Err(error(9)));
    let title = || converter(Case::Title, "und");
    check(title, b"the end\xc3", "The End", Err(error(7)));
}

#[test]
fn errors_about_the_ends_of_blocks() {
    for length in (0..=130).chain(4080..=4110) {
        let ascii: Vec<u8> = (b'a'..=b'z').cycle().take(length).collect();
        let broken = [&ascii, &b"\xff"[..], &ascii].concat();
        assert_eq!(run(upper(), [&broken[..]]), expected(&broken), "{length}");
    }
}

/// Sequences and errors wherever a piece may be cut.
#[test]
fn every_cut_of_a_piece() {
    for lead in 0..=4 {
        for text in ["ß", "漢", "🦀", "\u{390}"] {
            for tail in [&b""[..], b"\xf0\x9f\xa6", b"\xe2(", b"\x80\x80\x80\x80\x80"] {
                for bytes in [1024, 4096, 8192] {
                    let count = bytes / text.len();
                    for count in [count - 1, count, count + 1] {
                        let mut bytes = "a".repeat(lead).into_bytes();
                        bytes.extend(text.repeat(count).bytes().chain(tail.iter().copied()));
                        let result = run(upper(), [&bytes[..]]);
                        assert!(result == expected(&bytes), "{lead}, {text}, {tail:?}, {count}");
                    }
                }
            }
        }
    }
}

/// As the Encoding Standard does, which is as the standard library does.
#[test]
fn replaced_sequences() {
    let replacing =
        || Converter::new(Case::Upper, &Locale::ROOT, Charset::UTF_8, IllFormed::Replace);
    let cases: [&[u8]; 8] = [
        b"a\xffb",
        b"a\xe2\x82b",
        b"a\xed\xa0\x80b",
        b"\xf0\x9f\xa6",
        b"\xf0\x9f\xa6\xf0\x9f\xa6\x80",
        b"\xc0\xaf\xe0\x80\xbf\xf0\x81\x82A",
        b"\xe1\x80\xe2\xf0\x91\x92\xf1\xbf",
        b"ab",
    ];
    for input in cases {
        check(replacing, input, &String::from_utf8_lossy(input).to_uppercase(), Ok(()));
    }
}

#[test]
fn between_characters() {
    let mut converter = upper();
    let mut out = Vec::new();
    assert!(converter.is_between_characters());
    for (byte, between) in b"a\xc3\x9f\xf0\x9f\xa6\x80b".iter().zip([1, 0, 1, 0, 0, 0, 1, 1]) {
        converter.push(&[*byte], &mut out).expect("well-formed");
        assert_eq!(converter.is_between_characters(), between == 1);
    }
    assert_eq!(out, "ASS🦀B".as_bytes());
}

/// Text with a stray byte here and there.
fn mostly_text() -> impl Strategy<Value = Vec<u8>> {
    let character = any::<char>().prop_map(|character| character.to_string().into_bytes());
    let byte = any::<u8>().prop_map(|byte| vec![byte]);
    prop::collection::vec(prop_oneof![50 => character, 1 => byte], 0..150)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_split_anywhere(bytes in mostly_text(), at in any::<prop::sample::Index>()) {
        let (head, tail) = bytes.split_at(at.index(bytes.len() + 1));
        prop_assert_eq!(run(upper(), [head, tail]), expected(&bytes));
    }
}
