//! Bodies in content codings: hashed as sent, or decoded.

use std::io::Write;

use edge_tests::{Answer, App, Origin, application, deploy, manifest};
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use http::Method;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::{Value, json};

use super::{fnv1a_64, positions};

/// `positions(300_000)` by `brotli --quality=11`.
const BROTLI: &[u8] = include_bytes!("../../data/positions.br");
/// Bytes in [`BROTLI`] and the other long messages.
const LENGTH: usize = 300_000;
/// `hello` in Brotli.
const HELLO: &[u8] = b"\x0b\x02\x80hello\x03";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// A frame of so many blocks of 128 KiB of zeros (RFC 8878, section 3.1.1), with a window of 2 to
/// the power of `window_log` bytes.
fn zstd_zeros(blocks: u32, window_log: u8) -> Vec<u8> {
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0, (window_log - 10) << 3];
    for block in 1..=blocks {
        let (is_last, repeated) = (u32::from(block == blocks), 1 << 1);
        let header = (128 * 1024) << 3 | repeated | is_last;
        frame.extend(&header.to_le_bytes()[..3]);
        frame.push(0);
    }
    frame
}

/// `bytes` in each coding.
fn coded(bytes: &[u8]) -> [(&'static str, Vec<u8>); 4] {
    [
        ("gzip", gzip(bytes)),
        ("x-gzip", gzip(bytes)),
        ("deflate", deflate(bytes)),
        ("zstd", zstd(bytes)),
    ]
}

/// The answer to a body in `codings` whose content is hashed.
async fn decode(app: &App, codings: &str, body: impl Into<Vec<u8>>) -> Answer {
    let fields = [("content-encoding", codings)];
    app.send(Method::POST, "/hash?decode=1", &fields, body.into()).await
}

#[tokio::test]
async fn a_coded_body_is_hashed_as_sent() {
    for path in ["/hash", "/hash?decode=0"] {
        for coding in ["gzip", "unheard-of", "br, br, br"] {
            let fields = [("content-encoding", coding)];
            let answer = application().send(Method::POST, path, &fields, "hello").await;
            answer.assert_text("a430d84680aabd0b");
        }
    }
}

#[tokio::test]
async fn content_is_hashed_without_its_coding() {
    for length in [0, 1, 65_535, 65_536, 65_537, LENGTH] {
        let content = positions(length);
        for (coding, body) in coded(&content) {
            decode(application(), coding, body).await.assert_text(&fnv1a_64(&content));
        }
    }
    decode(application(), "br", BROTLI).await.assert_text(&fnv1a_64(&positions(LENGTH)));
    decode(application(), "BR", HELLO).await.assert_text("a430d84680aabd0b");
    decode(application(), "identity", "hello").await.assert_text("a430d84680aabd0b");
    application().post("/hash?decode=1", "hello").await.assert_text("a430d84680aabd0b");
}

#[tokio::test]
async fn json_and_time_are_those_of_the_content() {
    let fields = [("content-encoding", "gzip"), ("accept", "application/json")];
    let body = gzip(&positions(100_000));
    let answer = application().send(Method::PUT, "/hash?decode=1", &fields, body).await;
    assert_eq!(answer.json()["bytes"], 100_000);
    let timing = answer.field("server-timing");
    let names: Vec<_> = timing.split(", ").map(|lap| lap.split(";dur=").next().unwrap()).collect();
    assert_eq!(names, ["read", "decode", "hash"], "{timing}");
}

#[tokio::test]
async fn codings_are_undone_in_the_reverse_of_their_order() {
    let content = positions(10_000);
    let digest = fnv1a_64(&content);
    decode(application(), "zstd, gzip", gzip(&zstd(&content))).await.assert_text(&digest);
    decode(application(), "identity,gzip , zstd", zstd(&gzip(&content))).await.assert_text(&digest);
    let lines = [("content-encoding", "gzip"), ("content-encoding", "deflate")];
    let body = deflate(&gzip(&content));
    let answer = application().send(Method::POST, "/hash?decode=1", &lines, body).await;
    answer.assert_text(&digest);
}

#[tokio::test]
async fn members_and_frames_follow_each_other() {
    let (one, two) = (positions(70_001), b"hello".to_vec());
    let digest = fnv1a_64(&[&one[..], &two].concat());
    let gzip = [gzip(&one), gzip(&[]), gzip(&two)].concat();
    decode(application(), "gzip", gzip).await.assert_text(&digest);
    let skippable = b"\x5a\x2a\x4d\x18\x03\0\0\0abc";
    let zstd = [skippable, &zstd(&one)[..], skippable, &zstd(&two), &zstd(&[])].concat();
    decode(application(), "zstd", zstd).await.assert_text(&digest);
}

#[tokio::test]
async fn a_body_may_be_cut_anywhere_on_its_way() {
    let content = positions(3_000);
    for (coding, body) in coded(&content).into_iter().chain([("br", HELLO.to_vec())]) {
        let fields = [("content-encoding", coding)];
        let mut upload = application().upload_with("/hash?decode=1", &fields);
        for byte in &body {
            upload.send(vec![*byte]).await;
        }
        let digest = if coding == "br" { fnv1a_64(b"hello") } else { fnv1a_64(&content) };
        upload.finish().await.assert_text(&digest);
    }
}

#[tokio::test]
async fn unknown_codings_are_refused() {
    for (codings, unknown) in [("compress", "compress"), ("gzip, Snappy", "snappy")] {
        let answer = decode(application(), codings, "hello").await;
        answer.assert_problem(
            415,
            "unsupported-content-coding",
            "Unsupported content coding",
            &format!("The Content-Encoding '{unknown}' is not decoded here; known are gzip, deflate, br, zstd."),
            json!({ "actual": unknown }),
        );
        assert_eq!(answer.field("accept-encoding"), "gzip, deflate, br, zstd");
    }
    let answer = decode(application(), "gzip, gzip, gzip", "hello").await;
    answer.assert_problem(
        415,
        "unsupported-content-coding",
        "Unsupported content coding",
        "The Content-Encoding names 3 codings; at most 2 are decoded here.",
        json!({ "limit": 2, "actual": 3 }),
    );
}

/// The name and the title of a kind of problem.
type Kind = (&'static str, &'static str);
const TRUNCATED: Kind = ("truncated-coding", "Truncated content coding");
const MALFORMED: Kind = ("malformed-coding", "Malformed content coding");

async fn assert_broken(coding: &str, body: Vec<u8>, kind: Kind, said: &str, members: Value) {
    let (name, title) = kind;
    decode(application(), coding, body).await.assert_problem(422, name, title, said, members);
}

#[tokio::test]
async fn content_that_ends_early_is_said_to() {
    let content = positions(LENGTH);
    for (coding, body) in coded(&content).into_iter().chain([("br", BROTLI.to_vec())]) {
        let name = coding.trim_start_matches("x-");
        let detail = format!("The {name} data ends early.");
        for length in [0, 1, 5, body.len() / 2, body.len() - 1] {
            let cut = body[..length].to_vec();
            assert_broken(coding, cut, TRUNCATED, &detail, json!({ "coding": name })).await;
        }
    }
}

#[tokio::test]
async fn content_that_goes_on_is_said_to() {
    for (coding, body) in [("deflate", deflate(b"hello")), ("br", HELLO.to_vec())] {
        let detail = format!("The {coding} data goes on after its end.");
        for rest in [&b"\0"[..], b"and more"] {
            let longer = [&body[..], rest].concat();
            assert_broken(coding, longer, MALFORMED, &detail, json!({ "coding": coding })).await;
        }
    }
    // What follows a member or a frame can only be another one.
    for (coding, body) in [("gzip", gzip(b"hello")), ("zstd", zstd(b"hello"))] {
        let detail = format!("The {coding} data is broken.");
        let longer = [body, vec![0; 64]].concat();
        assert_broken(coding, longer, MALFORMED, &detail, json!({ "coding": coding })).await;
    }
}

#[tokio::test]
async fn broken_content_is_said_to_be() {
    let mut cases = vec![("br", vec![0xff; 64]), ("deflate", gzip(b"hello"))];
    for (coding, mut body) in [("gzip", gzip(b"hello")), ("zstd", zstd(b"hello"))] {
        cases.push((coding, b"these are not the bytes of a coding".to_vec()));
        // A byte of the checksum.
        let at = if coding == "gzip" { body.len() - 6 } else { body.len() - 2 };
        body[at] ^= 1;
        cases.push((coding, body));
    }
    // Frames of 11 bytes that say that they have 1000 or 10, and one with a bit that is reserved.
    for (descriptor, size) in [(0x60, &[0xe8, 0x02][..]), (0x20, &[10]), (0x28, &[11])] {
        let header = [&[0x28, 0xb5, 0x2f, 0xfd, descriptor], size].concat();
        cases.push(("zstd", [&header, &b"\x59\0\0hello world"[..]].concat()));
    }
    for (coding, body) in cases {
        let detail = format!("The {coding} data is broken.");
        assert_broken(coding, body, MALFORMED, &detail, json!({ "coding": coding })).await;
    }
}

#[tokio::test]
async fn a_window_is_as_large_as_http_allows() {
    let content = vec![0; 3 * 128 * 1024];
    decode(application(), "zstd", zstd_zeros(3, 23)).await.assert_text(&fnv1a_64(&content));
    let detail = "A zstd frame asks for a window of 16777216 bytes; at most 8388608 are allowed.";
    let members = json!({ "coding": "zstd", "limit": 8_388_608, "actual": 16_777_216 });
    assert_broken("zstd", zstd_zeros(3, 24), MALFORMED, detail, members).await;
}

#[tokio::test]
async fn bombs_are_given_up() {
    const FREE: u64 = 64 << 20;
    for (coding, bomb) in [
        ("zstd", zstd_zeros(600, 17)),
        ("gzip", gzip(&vec![0; 120 << 20])),
        ("gzip, gzip", gzip(&gzip(&vec![0; 120 << 20]))),
    ] {
        let answer = decode(application(), coding, bomb.clone()).await;
        let limit = answer.json()["limit"].as_u64().unwrap();
        assert!((FREE..=FREE + 256 * bomb.len() as u64).contains(&limit), "{coding}: {limit}");
        answer.assert_problem(
            413,
            "body-too-large",
            "Body too large",
            &format!("The body decodes to more than the {limit} bytes that are allowed for what was sent."),
            json!({ "limit": limit }),
        );
    }
}

#[tokio::test]
async fn long_content_takes_no_more_memory() {
    let Some(app) = deploy(&manifest(), &[]) else { return };
    let bodies = [
        ("gzip", gzip(&vec![0; 60 << 20])),
        ("deflate", deflate(&vec![0; 60 << 20])),
        ("zstd", zstd_zeros(480, 17)),
    ];
    let digest = fnv1a_64(&vec![0; 60 << 20]);
    for (coding, body) in bodies {
        app.reset_statistics("hash");
        decode(&app, coding, body).await.assert_text(&digest);
        let peak = app.peak_memory_bytes("hash").unwrap();
        assert!(peak < 8 << 20, "{coding}: {peak} bytes");
    }
    // Two windows of eight mebibytes, while one grows out of the other, and what is around them.
    app.reset_statistics("hash");
    decode(&app, "zstd", zstd_zeros(480, 23)).await.assert_text(&digest);
    let peak = app.peak_memory_bytes("hash").unwrap();
    assert!(peak < 24 << 20, "zstd with the largest window: {peak} bytes");
}

#[tokio::test]
async fn a_deployment_limits_the_body_and_what_it_decodes_to() {
    let Some(app) = deploy(&manifest(), &[("stream_max_body_bytes", "100000")]) else { return };
    let most = positions(100_000);
    decode(&app, "gzip", gzip(&most)).await.assert_text(&fnv1a_64(&most));
    decode(&app, "gzip", gzip(&positions(100_001))).await.assert_problem(
        413,
        "body-too-large",
        "Body too large",
        "The body has more than the 100000 bytes that are allowed.",
        json!({ "limit": 100_000 }),
    );
    decode(&app, "gzip", vec![0; 100_001]).await.assert_problem(
        413,
        "body-too-large",
        "Body too large",
        "The body has 100001 bytes; at most 100000 are allowed.",
        json!({ "limit": 100_000, "actual": 100_001 }),
    );
}

#[tokio::test]
async fn a_remote_resource_is_decoded_as_it_says() {
    let Some(origin) = Origin::shared() else { return };
    let serve = |path: &str, coding: &str, body: &[u8]| {
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-encoding: {coding}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        origin.serve_raw(path, &[head.as_bytes(), body].concat())
    };
    let body = gzip(b"hello");
    let url = serve("/hash/coded", "gzip", &body);
    // The coding of the request, which has no body, is not the resource's.
    let fields = [("content-encoding", "br")];
    let decoded = format!("/hash?decode=1&url={url}");
    let answer = application().send(Method::GET, &decoded, &fields, "").await;
    answer.assert_text("a430d84680aabd0b");
    let as_sent = application().get(&format!("/hash?url={url}")).await;
    as_sent.assert_text(&fnv1a_64(&body));
    for request in origin.requests("/hash/coded") {
        assert!(request.to_lowercase().contains("\r\naccept-encoding: identity\r\n"), "{request}");
    }
    let url = serve("/hash/half-coded", "gzip", &body[..12]);
    let answer = application().get(&format!("/hash?decode=1&url={url}")).await;
    let (name, title) = TRUNCATED;
    let members = json!({ "coding": "gzip" });
    answer.assert_problem(422, name, title, "The gzip data ends early.", members);
}
