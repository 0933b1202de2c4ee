//! Letter case, called from Rust.

use super::instance::Instance;
use super::instance::bindings::exports::edge::functions::text::{
    Error as TextError, IllFormed, IllFormedText, LetterCase, Options,
};

/// A stream of UTF-8 to upper case.
pub fn upper() -> Options {
    Options {
        to: LetterCase::Uppercase,
        locale: None,
        charset: None,
        ill_formed: IllFormed::Refuse,
    }
}

#[test]
fn a_stream_of_text_is_that_text_wherever_it_is_split() {
    let mut instance = Instance::new();
    let text = "ijs, ΟΔΟΣ straße".as_bytes();
    let options = Options { to: LetterCase::Titlecase, locale: Some("nl".to_owned()), ..upper() };
    for at in 0..=text.len() {
        let converter = instance.converter(&options).unwrap();
        let mut out = instance.push(converter, &text[..at]).unwrap();
        out.extend(instance.push(converter, &text[at..]).unwrap());
        out.extend(instance.finish(converter).unwrap());
        assert_eq!(String::from_utf8(out).unwrap(), "IJs, Οδος Straße", "{at}");
    }
}

#[test]
fn a_stream_may_be_in_any_encoding() {
    let mut instance = Instance::new();
    let options = Options { charset: Some("windows-1253".to_owned()), ..upper() };
    let converter = instance.converter(&options).unwrap();
    // U+0390, which grows more than anything else.
    let out = instance.push(converter, &[0xc0; 20_000]).unwrap();
    let rest = instance.finish(converter).unwrap();
    let out = String::from_utf8([out, rest].concat()).unwrap();
    assert_eq!(out, "\u{399}\u{308}\u{301}".repeat(20_000));
}

#[test]
fn ill_formed_text_is_refused_again_and_again_or_replaced() {
    let mut instance = Instance::new();
    let ill_formed = TextError::Input(IllFormedText {
        offset: 3,
        charset: "UTF-8".to_owned(),
        message: "The text is not UTF-8: byte 3 begins an ill-formed sequence.".to_owned(),
    });
    let converter = instance.converter(&upper()).unwrap();
    assert_eq!(instance.push(converter, b"ab").unwrap(), b"AB");
    assert_eq!(instance.push(converter, b"c\xff"), Err(ill_formed.clone()));
    assert_eq!(instance.push(converter, b"d"), Err(ill_formed.clone()));
    assert_eq!(instance.finish(converter), Err(ill_formed.clone()));

    let converter = instance.converter(&upper()).unwrap();
    assert_eq!(instance.push(converter, b"abc\xc3").unwrap(), b"ABC");
    assert_eq!(instance.finish(converter), Err(ill_formed));

    let options = Options { ill_formed: IllFormed::Replace, ..upper() };
    let converter = instance.converter(&options).unwrap();
    assert_eq!(instance.push(converter, b"abc\xffd").unwrap(), "ABC\u{fffd}D".as_bytes());
    assert_eq!(instance.finish(converter).unwrap(), b"");
}

#[test]
fn a_text_that_cannot_be_read_is_explained() {
    let mut instance = Instance::new();
    let locale = "The locale 'no language' is no language tag (BCP 47).";
    assert_eq!(
        instance.convert("a", LetterCase::Uppercase, Some("no language")),
        Err(TextError::Unsupported(locale.to_owned()))
    );
    let options = Options { locale: Some("no language".to_owned()), ..upper() };
    assert_eq!(
        instance.converter(&options).unwrap_err(),
        TextError::Unsupported(locale.to_owned())
    );
    let options = Options { charset: Some("ebcdic".to_owned()), ..upper() };
    assert_eq!(
        instance.converter(&options).unwrap_err(),
        TextError::Unsupported("The Encoding Standard has no encoding 'ebcdic'.".to_owned())
    );
}
