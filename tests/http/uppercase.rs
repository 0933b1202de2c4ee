use edge_tests::{application, deploy, manifest, read};
use http::Method;
use http_body_util::BodyExt;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test]
async fn full_mapping() {
    for (text, upper) in [
        ("", ""),
        ("straße", "STRASSE"),
        ("ŉ ﬁ \u{390} ǆ ß", "ʼN FI \u{399}\u{308}\u{301} Ǆ SS"),
        ("naïve Ünïcode, 123 \u{1f600}", "NAÏVE ÜNÏCODE, 123 \u{1f600}"),
        ("line\r\nbreak\n", "LINE\r\nBREAK\n"),
    ] {
        application().post("/uppercase", text).await.assert_text(upper);
    }
}

#[tokio::test]
async fn text_types_are_read() {
    for media in [
        "text/plain",
        "text/html; charset=UTF-8",
        "application/octet-stream",
        "application/x-www-form-urlencoded",
        "text/csv; charset=\"utf-8\"",
    ] {
        let fields = [("content-type", media)];
        let answer = application().send(Method::PUT, "/uppercase", &fields, "abc").await;
        answer.assert_text("ABC");
    }
}

#[tokio::test]
async fn other_types_are_refused() {
    let send = async |media| {
        application().send(Method::POST, "/uppercase", &[("content-type", media)], "abc").await
    };
    send("image/png").await.assert_problem(
        415,
        "unsupported-media-type",
        "Unsupported media type",
        "The media type 'image/png' is not read here; this route reads text/* and application/json.",
        json!({ "actual": "image/png" }),
    );
    assert_eq!(send("application/problem+json").await.status, 415);
}

#[tokio::test]
async fn coded_bodies_are_refused() {
    let fields = [("content-encoding", "gzip")];
    let answer = application().send(Method::POST, "/uppercase", &fields, "abc").await;
    answer.assert_problem(
        415,
        "unsupported-content-coding",
        "Unsupported content coding",
        "The Content-Encoding 'gzip' is not read here; send the body as it is.",
        json!({ "actual": "gzip" }),
    );
    assert_eq!(answer.field("accept-encoding"), "identity");
}

#[tokio::test]
async fn long_texts_are_mapped_wherever_they_are_cut() {
    // Characters of one to four bytes, some of which grow, at every offset to a chunk's border.
    let text = "aß€\u{1f600}\u{390}ﬁ".repeat(40_000);
    let upper = "ASS€\u{1f600}\u{399}\u{308}\u{301}FI".repeat(40_000);
    let answer = application().post("/uppercase", text).await;
    assert_eq!(answer.status, 200);
    assert!(answer.text() == upper);
    assert_eq!(answer.field("server-timing"), "");
}

#[tokio::test]
async fn a_character_may_lie_across_the_lookahead() {
    for before in 65_533..=65_536 {
        let text = format!("{}\u{1f600}ß", "x".repeat(before));
        let upper = format!("{}\u{1f600}SS", "X".repeat(before));
        assert!(application().post("/uppercase", text).await.text() == upper, "{before}");
    }
}

#[tokio::test]
async fn the_answer_begins_before_the_last_input() {
    let mut upload = application().upload("/uppercase");
    upload.send(vec![b'a'; 64 * 1024]).await;
    let (mut pieces, answer) = upload.begin().await;
    assert_eq!(answer.status(), 200);
    let mut body = answer.into_body();
    let first = body.frame().await.unwrap().unwrap().into_data().unwrap();
    assert!(first.iter().all(|byte| *byte == b'A'));
    // Only now does the rest of the input exist.
    pieces.send_data("the rest".into()).await.unwrap();
    drop(pieces);
    let rest = read(body).await.unwrap();
    assert_eq!(first.len() + rest.len(), 64 * 1024 + 8);
    assert!(rest.ends_with(b"ATHE REST") || rest == b"THE REST");
}

/// Text with a byte at `offset` that is no UTF-8.
fn ill_formed_at(offset: usize, length: usize) -> Vec<u8> {
    let mut text = vec![b'x'; length];
    text[offset] = 0xff;
    text
}

#[tokio::test]
async fn early_ill_formed_text_is_a_problem() {
    for offset in [0, 1_003, 65_535] {
        let answer = application().post("/uppercase", ill_formed_at(offset, 200_000)).await;
        answer.assert_problem(
            422,
            "ill-formed-utf-8",
            "Ill-formed UTF-8",
            &format!("The text is not UTF-8: byte {offset} begins an ill-formed sequence."),
            json!({ "offset": offset }),
        );
    }
    // A character that begins in the last byte of the lookahead, and has no end.
    for rest in ["", "and more text"] {
        let text = [&[b'x'; 65_535], &b"\xc3"[..], rest.as_bytes()].concat();
        let answer = application().post("/uppercase", text).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["offset"]), (422, &json!(65_535)));
    }
    application().post("/uppercase", b"ab\xe2\x82".to_vec()).await.assert_problem(
        422,
        "ill-formed-utf-8",
        "Ill-formed UTF-8",
        "The text is not UTF-8: byte 2 begins an ill-formed sequence.",
        json!({ "offset": 2 }),
    );
}

#[tokio::test]
async fn late_ill_formed_text_aborts_the_answer() {
    let offset = 1_000_003;
    let body = ill_formed_at(offset, 1_200_000);
    let aborted = application().try_send(Method::POST, "/uppercase", &[], body).await;
    let received = aborted.expect_err("the transfer breaks off").received;
    assert!(received.len() <= offset && received.iter().all(|byte| *byte == b'X'));
    let Some(log) = application().log() else { return };
    let line = log.wait_for("uppercase", |line| line.contains("the text is not UTF-8"));
    assert!(line.contains("\"aborted\":\"the text is not UTF-8 at byte 1000003\""), "{line}");
}

#[tokio::test]
async fn a_body_that_breaks_off_breaks_off_its_answer() {
    let host = application().authority();
    let head =
        format!("POST /uppercase HTTP/1.1\r\nHost: {host}\r\nContent-Length: 200000\r\n\r\n");
    let mut stream = application().connect().await;
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&[b'a'; 100_003]).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = Vec::new();
    // How the connection ends is of no consequence: the last chunk is what would end the answer.
    let _ = stream.read_to_end(&mut answer).await;
    assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n"));
    assert!(!answer.ends_with(b"\r\n0\r\n\r\n"));
    let Some(log) = application().log() else { return };
    assert_eq!(log.record("uppercase", 100_003)["aborted"], "the body broke off");
}

#[tokio::test]
async fn a_deployment_may_limit_the_body() {
    let Some(app) = deploy(&manifest(), &[("stream_max_body_bytes", "100000")]) else { return };
    assert_eq!(app.post("/uppercase", vec![b'a'; 100_000]).await.body, vec![b'A'; 100_000]);
    for route in ["/uppercase", "/hash"] {
        app.post(route, vec![b'a'; 100_001]).await.assert_problem(
            413,
            "body-too-large",
            "Body too large",
            "The body has 100001 bytes; at most 100000 are allowed.",
            json!({ "limit": 100_000, "actual": 100_001 }),
        );
    }
    let mut upload = app.upload("/hash");
    upload.send(vec![b'a'; 100_001]).await;
    upload.finish().await.assert_problem(
        413,
        "body-too-large",
        "Body too large",
        "The body has more than the 100000 bytes that are allowed.",
        json!({ "limit": 100_000 }),
    );
}
