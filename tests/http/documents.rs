//! Text in JSON documents.

use edge_tests::{Answer, application, deploy, manifest};
use http::Method;
use serde_json::{Value, json};

const JSON: (&str, &str) = ("content-type", "application/json");

/// The longest body that is read or answered as JSON, in bytes.
const MOST: usize = 1024 * 1024;

async fn document(path: &str, document: impl Into<Vec<u8>>) -> Answer {
    application().send(Method::POST, path, &[JSON], document.into()).await
}

#[track_caller]
fn assert_json(answer: &Answer, expected: Value) {
    assert_eq!((answer.status.as_u16(), answer.json()), (200, expected));
    assert_eq!(answer.field("content-type"), "application/json");
    assert_eq!(answer.field("content-length"), answer.body.len().to_string());
}

#[tokio::test]
async fn a_document_is_answered_with_one() {
    for (path, text, mapped) in [
        ("/uppercase", "straße \"\\\n\u{1}", "STRASSE \"\\\n\u{1}"),
        ("/lowercase?locale=tr", "ISI", "ısı"),
        ("/titlecase", "hello wORLD", "Hello World"),
        ("/casefold", "Straße", "strasse"),
        ("/uppercase", "", ""),
        ("/uppercase", "\u{feff}a\u{feff}", "\u{feff}A\u{feff}"),
    ] {
        let answer = document(path, json!({ "text": text }).to_string()).await;
        assert_json(&answer, json!({ "text": mapped }));
    }
    let escaped =
        document("/uppercase", " { \"te\\u0078t\" : \"\\ud83d\\ude00\\u00e9\\/\" }\r\n").await;
    assert_eq!(escaped.text(), "{\"text\":\"😀É/\"}");
    let fields = [("content-type", "application/json; charset=UTF-8"), ("content-language", "tr")];
    let body = "{\"text\":\"i\"}";
    let answer = application().send(Method::PUT, "/uppercase", &fields, body).await;
    assert_json(&answer, json!({ "text": "İ" }));
    assert_eq!(answer.field("content-language"), "tr");
}

#[tokio::test]
async fn accept_may_choose_the_other_form() {
    let send = async |fields: &[(&str, &str)], body: &'static str| {
        application().send(Method::POST, "/uppercase", fields, body).await
    };
    let text = send(&[JSON, ("accept", "text/plain")], "{\"text\":\"é\"}").await;
    text.assert_text("É");
    assert_eq!(text.field("vary"), "Accept, Content-Language");
    let json = send(&[("accept", "application/json")], "é").await;
    assert_json(&json, json!({ "text": "É" }));
    let json = send(
        &[("accept", "application/json"), ("content-type", "text/plain; charset=latin1")],
        "a",
    )
    .await;
    assert_json(&json, json!({ "text": "A" }));
    // Between equals the text keeps its form.
    send(&[("accept", "application/json, text/*")], "é").await.assert_text("É");
    let kept = send(&[JSON, ("accept", "*/*")], "{\"text\":\"é\"}").await;
    assert_json(&kept, json!({ "text": "É" }));
    send(&[("accept", "image/png")], "é").await.assert_problem(
        406,
        "not-acceptable",
        "Not acceptable",
        "The Accept field takes none of what can be made here: text/plain, application/json.",
        json!({ "allowed": ["text/plain", "application/json"] }),
    );
}

#[tokio::test]
async fn what_is_not_json_is_told_where() {
    for (body, why, line, column) in [
        ("", "EOF while parsing a value", 1, 0),
        ("abc", "expected value", 1, 1),
        ("{\"text\":\"abc", "EOF while parsing a string", 1, 12),
        ("{\n  \"text\": \"a\",\n}", "trailing comma", 3, 1),
        ("{\"text\":\"a\"} x", "trailing characters", 1, 14),
        ("{\"text\":\"\\x\"}", "invalid escape", 1, 11),
        ("{\"text\":\"a\\ud83d\"}", "unexpected end of hex escape", 1, 17),
        ("\u{feff}{\"text\":\"a\"}", "expected value", 1, 1),
    ] {
        document("/uppercase", body).await.assert_problem(
            422,
            "malformed-json",
            "Malformed JSON",
            &format!("The body is not JSON: {why} at line {line} column {column}."),
            json!({ "line": line, "column": column }),
        );
    }
}

#[tokio::test]
async fn other_documents_are_refused() {
    for (body, line, column) in [
        ("[\"a\"]", 1, 0),
        ("\"a\"", 1, 3),
        ("{}", 1, 2),
        ("{\"text\": 5}", 1, 10),
        ("{\"text\": null}", 1, 13),
        ("{\"text\": [\"a\"]}", 1, 9),
        ("{\"Text\": \"a\"}", 1, 7),
        ("{\"text\": \"a\",\n \"locale\": \"tr\"}", 2, 9),
        ("{\"text\": \"a\", \"text\": \"a\"}", 1, 20),
    ] {
        document("/lowercase", body).await.assert_problem(
            422,
            "unexpected-json",
            "Unexpected JSON",
            &format!(
                "The JSON must be an object whose one member is the string 'text'; it is not at line {line} column {column}."
            ),
            json!({ "line": line, "column": column }),
        );
    }
}

#[tokio::test]
async fn json_is_in_utf_8() {
    document("/uppercase", b"{\"text\":\"a\xff\"}".to_vec()).await.assert_problem(
        422,
        "ill-formed-utf-8",
        "Ill-formed UTF-8",
        "The text is not UTF-8: byte 10 begins an ill-formed sequence.",
        json!({ "offset": 10 }),
    );
    let fields = [("content-type", "application/json; charset=utf-16")];
    application().send(Method::POST, "/uppercase", &fields, "{}").await.assert_problem(
        415,
        "unsupported-media-type",
        "Unsupported media type",
        "The media type 'application/json; charset=utf-16' is not read here; this route reads JSON in UTF-8.",
        json!({ "actual": "application/json; charset=utf-16" }),
    );
}

#[tokio::test]
async fn ill_formed_strings_may_be_replaced() {
    for (text, mapped) in [
        (&b"a\xffb"[..], "A\u{fffd}B"),
        (b"a\\ud800b", "A\u{fffd}B"),
        (b"\\udc00\\ud83d\\ude00\\ud83d", "\u{fffd}😀\u{fffd}"),
        (b"\\ud800\\n\\u00e9\xed\xa0\x80", "\u{fffd}\nÉ\u{fffd}\u{fffd}\u{fffd}"),
    ] {
        let body = [b"{\"text\":\"", text, b"\"}"].concat();
        let answer = document("/uppercase?invalid=replace", body).await;
        assert_json(&answer, json!({ "text": mapped }));
    }
    document("/uppercase?invalid=replace", "{\"text\":\"a\u{1}\"}").await.assert_problem(
        422,
        "malformed-json",
        "Malformed JSON",
        "The body is not JSON: control character (\\u0000-\\u001F) found while parsing a string at line 1 column 10.",
        json!({ "line": 1, "column": 10 }),
    );
}

#[tokio::test]
async fn documents_have_a_limit() {
    let detail = "A body that is read or answered as JSON has at most 1048576 bytes; text/plain, in and out, is streamed.";
    let fit = format!("{{\"text\":\"{}\"}}", "ß".repeat((MOST - 11) / 2));
    assert!((MOST - 1..=MOST).contains(&fit.len()));
    let answer = document("/uppercase", fit).await;
    assert_json(&answer, json!({ "text": "SS".repeat((MOST - 11) / 2) }));
    let actual = MOST + 1;
    document("/uppercase", vec![b' '; actual]).await.assert_problem(
        413,
        "body-too-large",
        "Body too large",
        detail,
        json!({ "limit": MOST, "actual": actual }),
    );
    let fields = [("accept", "application/json")];
    let most = application().send(Method::POST, "/uppercase", &fields, vec![b'a'; MOST]).await;
    assert_json(&most, json!({ "text": "A".repeat(MOST) }));
    application()
        .send(Method::POST, "/uppercase", &fields, vec![b'a'; actual])
        .await
        .assert_problem(
            413,
            "body-too-large",
            "Body too large",
            detail,
            json!({ "limit": MOST, "actual": actual }),
        );
    let Some(app) = deploy(&manifest(), &[("stream_max_body_bytes", "10")]) else { return };
    app.send(Method::POST, "/uppercase", &[JSON], "{\"text\":\"\"}").await.assert_problem(
        413,
        "body-too-large",
        "Body too large",
        "The body has 11 bytes; at most 10 are allowed.",
        json!({ "limit": 10, "actual": 11 }),
    );
}
