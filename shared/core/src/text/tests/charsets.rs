//! Encodings other than plain UTF-8.

use super::*;

fn charset(label: &str) -> Charset {
    Charset::named(label).expect("a label")
}

fn reading(label: &str, ill_formed: IllFormed) -> impl Fn() -> Converter {
    let charset = charset(label);
    move || Converter::new(Case::Upper, &Locale::ROOT, charset, ill_formed)
}

/// Text whose upper case is itself.
fn check_read(label: &str, input: &[u8], expected: &str) {
    check(reading(label, IllFormed::Refuse), input, expected, Ok(()));
}

/// The text before the error, the error, and the text with replacements.
fn check_broken(label: &str, input: &[u8], before: &str, offset: u64, replaced: &str) {
    let error = Error { offset, charset: charset(label) };
    check(reading(label, IllFormed::Refuse), input, before, Err(error));
    check(reading(label, IllFormed::Replace), input, replaced, Ok(()));
}

#[test]
fn labels_have_names() {
    let names = [
        ("utf-8", "UTF-8"),
        ("UTF8", "UTF-8"),
        (" latin1\n", "windows-1252"),
        ("us-ascii", "windows-1252"),
        ("iso-8859-1", "windows-1252"),
        ("iso-8859-15", "ISO-8859-15"),
        ("sjis", "Shift_JIS"),
        ("gb2312", "GBK"),
        ("ks_c_5601-1987", "EUC-KR"),
        ("utf-16", "UTF-16LE"),
        ("unicodefffe", "UTF-16BE"),
        ("x-user-defined", "x-user-defined"),
    ];
    for (label, name) in names {
        assert_eq!(charset(label).name(), name);
    }
    assert_eq!(Charset::default().name(), "UTF-8");
}

#[test]
fn labels_that_none_has() {
    for label in
        ["", "utf-7", "utf-32", "ebcdic", "hz-gb-2312", "iso-2022-kr", "replacement", "ütf-8"]
    {
        assert_eq!(Charset::named(label), None, "{label}");
    }
}

#[test]
fn one_byte_a_character() {
    check_read("latin1", b"stra\xdfe \xe9\x80\xff", "STRASSE É€Ÿ");
    check_read("iso-8859-7", b"\xe1\xdc", "ΑΆ");
    check_read("koi8-r", b"\xf0\xd2\xc9", "ПРИ");
    check_read("windows-1251", b"\xcf\xf0\xe8", "ПРИ");
    check_read("macintosh", b"\x8e", "É");
    check_read("x-user-defined", b"a\x80", "A\u{f780}");
}

#[test]
fn several_bytes_a_character() {
    check_read("shift_jis", b"a\x8a\xbf\x8e\x9a\xb1", "A漢字ｱ");
    check_read("euc-jp", b"a\xb4\xc1\x8e\xb1\x8f\xb0\xa1", "A漢ｱ丂");
    check_read("euc-kr", b"a\xc7\xd1", "A한");
    check_read("big5", b"a\xba\x7e", "A漢");
    check_read("gbk", b"a\xba\xba", "A汉");
    check_read("gb18030", b"a\x81\x30\x81\x30\xba\xba\x94\x39\xda\x33", "A\u{80}汉💩");
}

/// Its bytes mean what the last escape sequence says.
#[test]
fn iso_2022_jp_has_states() {
    check_read("iso-2022-jp", b"a\x1b$B4A;z\x1b(Jb\\\x1b(Bc", "A漢字B¥C");
    check_broken("iso-2022-jp", b"a\x1b$B4", "A", 4, "A\u{fffd}");
    check_broken("iso-2022-jp", b"a\x1b$Xb", "A", 1, "A\u{fffd}$XB");
    check_broken("iso-2022-jp", b"ab\xffc", "AB", 2, "AB\u{fffd}C");
}

#[test]
fn utf_16_by_label() {
    check_read("utf-16le", b"a\0\xdf\0\x3d\xd8\xa9\xdc", "ASS💩");
    check_read("utf-16be", b"\0a\0\xdf\xd8\x3d\xdc\xa9", "ASS💩");
}

#[test]
fn a_byte_order_mark_outdoes_the_label() {
    for label in ["utf-8", "latin1", "utf-16be", "shift_jis"] {
        check_read(label, b"\xff\xfea\0\xdf\0", "ASS");
        check_read(label, b"\xfe\xff\0a\0\xdf", "ASS");
        check_read(label, b"\xef\xbb\xbfa\xc3\x9f", "ASS");
        check_read(label, b"\xef\xbb\xbf", "");
        check_read(label, b"\xff\xfe", "");
    }
}

#[test]
fn a_byte_order_mark_elsewhere_is_text() {
    check_read("utf-8", b"\xef\xbb\xbf\xef\xbb\xbfa\xef\xbb\xbf", "\u{feff}A\u{feff}");
    check_read("utf-16le", b"\xff\xfe\xff\xfea\0", "\u{feff}A");
}

#[test]
fn what_only_begins_like_a_byte_order_mark() {
    check_read("latin1", b"\xef\xbba", "Ï»A");
    check_read("latin1", b"\xef\xbb", "Ï»");
    check_read("latin1", b"\xfe", "Þ");
    check_read("latin1", b"\xffa", "ŸA");
    check_read("utf-8", b"\xef\xbb\xbe", "\u{fefe}");
    check_broken("utf-8", b"\xef\xbb", "", 0, "\u{fffd}");
    check_broken("utf-8", b"\xef\xbba", "", 0, "\u{fffd}A");
    check_broken("utf-8", b"\xffa", "", 0, "\u{fffd}A");
}

/// The offset counts the mark, and the encoding is the mark's.
#[test]
fn errors_after_a_byte_order_mark() {
    let latin1 = reading("latin1", IllFormed::Refuse);
    let error = |label, offset| Err(Error { offset, charset: charset(label) });
    check(&latin1, b"\xef\xbb\xbfa\xff", "A", error("utf-8", 4));
    check(&latin1, b"\xff\xfea\0\0\xd8b\0", "A", error("utf-16le", 4));
    check(&latin1, b"\xfe\xff\0a\xd8", "A", error("utf-16be", 4));
}

#[test]
fn lone_surrogates() {
    check_broken("utf-16le", b"a\0\x3d\xd8b\0", "A", 2, "A\u{fffd}B");
    check_broken("utf-16le", b"a\0\xa9\xdcb\0", "A", 2, "A\u{fffd}B");
    check_broken("utf-16le", b"a\0\x3d\xd8\x3d\xd8\xa9\xdc", "A", 2, "A\u{fffd}💩");
    check_broken("utf-16be", b"\0a\xd8\x3d\0b", "A", 2, "A\u{fffd}B");
    check_broken("utf-16be", b"\0a\xd8\x3d", "A", 2, "A\u{fffd}");
}

#[test]
fn sequences_without_an_end() {
    check_broken("utf-16le", b"a\0b", "A", 2, "A\u{fffd}");
    check_broken("shift_jis", b"a\x8a", "A", 1, "A\u{fffd}");
    check_broken("euc-jp", b"a\x8f\xb0", "A", 1, "A\u{fffd}");
    check_broken("euc-kr", b"a\xc7", "A", 1, "A\u{fffd}");
    check_broken("big5", b"a\xba", "A", 1, "A\u{fffd}");
    check_broken("gb18030", b"a\x81\x30\x81", "A", 1, "A\u{fffd}");
}

#[test]
fn sequences_that_mean_nothing() {
    check_broken("windows-1253", b"a\xd2b", "A", 1, "A\u{fffd}B");
    check_broken("shift_jis", b"a\x8a b", "A", 1, "A\u{fffd} B");
    check_broken("euc-jp", b"a\xb4bc", "A", 1, "A\u{fffd}BC");
    check_broken("gb18030", b"a\x81\x30\x81bc", "A", 1, "A\u{fffd}0乥C");
}

#[test]
fn errors_tell_the_encoding() {
    let error = Error { offset: 7, charset: charset("sjis") };
    assert_eq!(
        error.to_string(),
        "The text is not Shift_JIS: byte 7 begins an ill-formed sequence."
    );
}

#[test]
fn long_text() {
    let text = "Grüße 漢字 ".repeat(5_000);
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (mapped, result) = run(reading("utf-16le", IllFormed::Refuse)(), utf16.chunks(1_021));
    assert_eq!(result, Ok(()));
    assert!(mapped == text.to_uppercase());
}

#[test]
fn between_characters() {
    let between = |label, bytes: &[u8]| {
        let mut converter = reading(label, IllFormed::Refuse)();
        let tell = |byte: &u8| {
            converter.push(&[*byte], &mut Vec::new()).expect("well-formed");
            u8::from(converter.is_between_characters())
        };
        bytes.iter().map(tell).collect::<Vec<u8>>()
    };
    assert_eq!(between("latin1", b"a\xdf"), [1, 1]);
    assert_eq!(between("utf-16le", b"a\0\x3d\xd8\xa9\xdc"), [0, 1, 0, 0, 0, 1]);
    assert_eq!(between("shift_jis", b"a\x8a\xbf\xb1"), [1, 0, 1, 1]);
    assert_eq!(between("gb18030", b"\x81\x30\x81\x30a"), [0, 0, 0, 1, 1]);
    assert_eq!(between("utf-8", b"\xef\xbb\xbfa"), [0, 0, 1, 1]);
}
