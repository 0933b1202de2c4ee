//! Text in other encodings than UTF-8.

use edge_tests::{Answer, application};
use http::Method;
use serde_json::json;

async fn encoded(charset: &str, text: &[u8]) -> Answer {
    let media = format!("text/plain; charset={charset}");
    let fields = [("content-type", media.as_str())];
    application().send(Method::POST, "/uppercase", &fields, text.to_vec()).await
}

#[tokio::test]
async fn labels_of_the_encoding_standard_are_read() {
    for (charset, text, upper) in [
        ("windows-1251", &b"\xcf\xf0\xe8\xe2\xe5\xf2, \xb8\xe6"[..], "ПРИВЕТ, ЁЖ"),
        ("KOI8-R", b"\xf0\xd2\xc9\xd7\xc5\xd4", "ПРИВЕТ"),
        ("iso-8859-1", b"stra\xdfe \xff", "STRASSE Ÿ"),
        ("\"latin1\"", b"\x9cuvre \x80", "ŒUVRE €"),
        ("us-ascii", b"\xe9", "É"),
        ("iso-8859-7", b"\xef\xe4\xef\xf2 \xdc", "ΟΔΟΣ Ά"),
        ("Shift_JIS", b"\x93\xfa\x96\x7b\x8c\xea \x82\x81\x84\x77\x83\xbf", "日本語 ＡЖΑ"),
        ("euc-jp", b"\xc6\xfc\xcb\xdc\xb8\xec \xa3\xe1", "日本語 Ａ"),
        ("iso-2022-jp", b"\x1b$BF|K\\8l\x1b(B a\x1b$B'q\x1b(B", "日本語 AЯ"),
        ("gbk", b"\xba\xba\xd7\xd6 \xa8\xa6", "汉字 É"),
        ("gb18030", b"\xba\xba \x81\x30\x8b\x37a", "汉 ŸA"),
        ("big5", b"\xba\x7e\xa6\x72 a", "漢字 A"),
        ("ks_c_5601-1987", b"\xc7\xd1\xb1\xdb \xac\xf1", "한글 Я"),
        ("macintosh", b"\x8e", "É"),
        ("utf-16", b"a\0\xdf\0=\xd8\0\xde", "ASS😀"),
        ("utf-16be", b"\0a\0\xdf\xd8=\xde\0", "ASS😀"),
        ("unicode-1-1-utf-8", "é".as_bytes(), "É"),
    ] {
        encoded(charset, text).await.assert_text(upper);
    }
}

#[tokio::test]
async fn a_byte_order_mark_outdoes_what_is_declared() {
    for (text, upper) in [
        (&b"\xff\xfea\0\xdf\0=\xd8\0\xde"[..], "ASS😀"),
        (b"\xfe\xff\0a\0\xdf\xd8=\xde\0", "ASS😀"),
        (b"\xef\xbb\xbf\xc3\xa9", "É"),
        (b"\xff\xfe", ""),
    ] {
        for charset in ["utf-8", "windows-1252", "utf-16be"] {
            encoded(charset, text).await.assert_text(upper);
        }
        application().post("/uppercase", text).await.assert_text(upper);
    }
    // Of two marks the second is text.
    let twice = b"\xef\xbb\xbf\xef\xbb\xbfa";
    application().post("/uppercase", twice.to_vec()).await.assert_text("\u{feff}A");
}

#[tokio::test]
async fn other_labels_are_refused() {
    for label in ["utf-7", "hz-gb-2312", "klingon", ""] {
        encoded(label, b"abc").await.assert_problem(
            415,
            "unsupported-media-type",
            "Unsupported media type",
            &format!(
                "The media type 'text/plain; charset={label}' is not read here; this route reads the encodings of the WHATWG Encoding Standard."
            ),
            json!({ "actual": format!("text/plain; charset={label}") }),
        );
    }
}

#[tokio::test]
async fn long_texts_are_read_wherever_they_are_cut() {
    // One byte more before each, so that characters lie across every border.
    for before in 0..4 {
        let text = [&b"abcd"[..before], &b"\x93\xfa\x82\x81x".repeat(60_000)].concat();
        let upper = format!("{}{}", &"ABCD"[..before], "日ＡX".repeat(60_000));
        assert!(encoded("shift_jis", &text).await.text() == upper, "{before}");
    }
    let text = "é😀ß".repeat(50_000).encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    assert!(encoded("utf-16le", &text).await.text() == "É😀SS".repeat(50_000));
}

/// Asserts that the text breaks at this byte.
async fn assert_broken(charset: &str, name: &str, text: &[u8], offset: usize) {
    encoded(charset, text).await.assert_problem(
        422,
        "ill-formed-text",
        "Ill-formed text",
        &format!("The text is not {name}: byte {offset} begins an ill-formed sequence."),
        json!({ "charset": name, "offset": offset }),
    );
}

#[tokio::test]
async fn offsets_count_the_bytes_as_sent() {
    assert_broken("shift_jis", "Shift_JIS", b"\x93\xfa\xffa", 2).await;
    assert_broken("shift_jis", "Shift_JIS", b"\x93\xfaab\x93", 4).await;
    assert_broken("sjis", "Shift_JIS", b"\x93\xfa\x81 a", 2).await;
    assert_broken("windows-1253", "windows-1253", b"ab\xe1\xd2c", 3).await;
    assert_broken("utf-16", "UTF-16LE", b"a\0\0\xd8b\0", 2).await;
    assert_broken("utf-8", "UTF-16LE", b"\xff\xfea\0\0\xdc", 4).await;
    assert_broken("utf-8", "UTF-16BE", b"\xfe\xff\0a\0", 4).await;
    assert_broken("iso-2022-jp", "ISO-2022-JP", b"a\x1b$BF|\x1b(Bb\xffc", 10).await;
    assert_broken("euc-kr", "EUC-KR", b"\xc7\xd1\xc7", 2).await;
    let mut late = b"\xe1".repeat(200_000);
    late[65_535] = 0xd2;
    assert_broken("windows-1253", "windows-1253", &late, 65_535).await;
    // The mark is counted too.
    application().post("/uppercase", b"\xef\xbb\xbfa\xff".to_vec()).await.assert_problem(
        422,
        "ill-formed-utf-8",
        "Ill-formed UTF-8",
        "The text is not UTF-8: byte 4 begins an ill-formed sequence.",
        json!({ "offset": 4 }),
    );
}

#[tokio::test]
async fn late_ill_formed_text_aborts_the_answer() {
    let mut text =
        "é".repeat(400_000).encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    text[500_002..500_004].copy_from_slice(b"\0\xdc");
    let fields = [("content-type", "text/plain; charset=utf-16le")];
    let aborted = application().try_send(Method::POST, "/uppercase", &fields, text).await;
    let received = aborted.expect_err("the transfer breaks off").received;
    assert!(received.len() <= 500_002);
    assert!(received.chunks(2).all(|letter| letter == "É".as_bytes()));
    let Some(log) = application().log() else { return };
    let line = log.wait_for("uppercase", |line| line.contains("UTF-16LE"));
    assert!(line.contains("\"aborted\":\"the text is not UTF-16LE at byte 500002\""), "{line}");
}

#[tokio::test]
async fn ill_formed_text_may_be_replaced() {
    let replaced = async |charset: &str, text: &[u8]| {
        let media = format!("text/plain; charset={charset}");
        let fields = [("content-type", media.as_str())];
        let path = "/uppercase?invalid=replace";
        application().send(Method::POST, path, &fields, text.to_vec()).await
    };
    replaced("shift_jis", b"a\x93\xfa\xffb\x93").await.assert_text("A日\u{fffd}B\u{fffd}");
    replaced("utf-16le", b"a\0\0\xd8b\0c").await.assert_text("A\u{fffd}B\u{fffd}");
    replaced("windows-1253", b"\xd2\xe1").await.assert_text("\u{fffd}Α");
}
