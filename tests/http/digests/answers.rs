//! Digests of an answer's own bytes, for those who want them.

use edge_tests::{Answer, application};
use http::Method;

use super::WORLD;

/// SHA-256 and SHA-512 of `OK` and of nothing, as members of a field.
const OK_256: &str = "sha-256=:VlM5vE0z1ygXtYMCQRLrf1zfPl7vAlLW7BucmpThK7M=:";
const OK_512: &str = "sha-512=:kAEQyVFWDv+Fe0QOicwp9SlBbg47PX8K1RZRv9vYAluRdoxe19tTUtGlUjNUzgbO0sQgR+M6PpWKG7pfdC24dA==:";
const NOTHING_256: &str = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";

async fn health(method: Method, fields: &[(&str, &str)]) -> Answer {
    let answer = application().send(method, "/health", fields, "").await;
    assert_eq!(answer.status, 200);
    answer
}

#[tokio::test]
async fn nothing_is_added_unasked() {
    let answer = health(Method::GET, &[]).await;
    assert_eq!((answer.field("content-digest"), answer.field("repr-digest")), ("", ""));
}

#[tokio::test]
async fn the_most_preferred_algorithm_is_taken() {
    for (wanted, digest) in [
        ("sha-256=1", OK_256),
        ("sha-512=10", OK_512),
        ("sha-256=3, sha-512=4", OK_512),
        ("sha-512=3, sha-256=4", OK_256),
        // Between equals the shorter.
        ("sha-512=5, sha-256=5", OK_256),
        // The legacy ones are not made, whatever the preference.
        ("md5=10, sha=9, sha-512=1", OK_512),
        ("sha-256=0, sha-512=1", OK_512),
        ("sha-256=5;q=1, other=(1 2)", OK_256),
    ] {
        let answer = health(Method::GET, &[("want-repr-digest", wanted)]).await;
        let fields = (answer.field("content-digest"), answer.field("repr-digest"));
        assert_eq!(fields, ("", digest), "{wanted}");
        let answer = health(Method::GET, &[("want-content-digest", wanted)]).await;
        let fields = (answer.field("content-digest"), answer.field("repr-digest"));
        assert_eq!(fields, (digest, ""), "{wanted}");
        answer.assert_text("OK");
    }
    let lines = [("want-repr-digest", "sha-256=1"), ("want-repr-digest", "sha-512=2")];
    assert_eq!(health(Method::GET, &lines).await.field("repr-digest"), OK_512);
}

#[tokio::test]
async fn a_preference_that_cannot_be_met_is_ignored() {
    for wanted in [
        "",
        "sha-256=0",
        "md5=10",
        "sha-256",
        "sha-256=11",
        "sha-256=-1",
        "sha-256=1.0",
        "sha-256=x",
        "sha-256=(5)",
        "sha-256=5,",
        "SHA-256=5",
        "?",
    ] {
        let answer = health(Method::GET, &[("want-repr-digest", wanted)]).await;
        assert_eq!(answer.field("repr-digest"), "", "{wanted}");
    }
}

#[tokio::test]
async fn the_content_of_head_is_nothing() {
    let fields = [("want-content-digest", "sha-256=1"), ("want-repr-digest", "sha-256=1")];
    let get = health(Method::GET, &fields).await;
    assert_eq!((get.field("content-digest"), get.field("repr-digest")), (OK_256, OK_256));
    let head = health(Method::HEAD, &fields).await;
    assert_eq!((head.field("content-digest"), head.field("repr-digest")), (NOTHING_256, OK_256));
    assert_eq!(head.field("content-length"), "2");
}

/// The digest of an answer's bytes by `/hash`, as a member of a field.
async fn member(bytes: &[u8]) -> String {
    let path = "/hash?algorithm=sha-256&encoding=base64";
    let digest = application().post(path, bytes.to_vec()).await;
    format!("sha-256=:{}:", digest.text())
}

#[tokio::test]
async fn every_whole_answer_has_a_digest() {
    let fields = [("want-content-digest", "sha-256=10"), ("want-repr-digest", "sha-256=10")];
    for (method, path) in [
        (Method::GET, "/"),
        (Method::GET, "/hash"),
        (Method::GET, "/image/info?file=badge.png"),
        (Method::GET, "/image/resize:1400x/grayscale?file=landscape.jpg&format=png"),
        (Method::POST, "/hash?algorithm=all"),
        (Method::POST, "/uppercase"),
    ] {
        let body = if method == Method::GET { "" } else { WORLD };
        let answer = application().send(method, path, &fields, body).await;
        assert_eq!(answer.status, 200, "{path}");
        let expected = member(&answer.body).await;
        let digests = (answer.field("content-digest"), answer.field("repr-digest"));
        assert_eq!(digests, (&*expected, &*expected), "{path}");
        assert_eq!(answer.field("content-length"), answer.body.len().to_string(), "{path}");
    }
}

#[tokio::test]
async fn problems_have_digests_too() {
    let fields = [("want-repr-digest", "sha-256=10")];
    for (method, path, status) in [
        (Method::GET, "/nowhere", 404),
        (Method::DELETE, "/hash", 405),
        (Method::POST, "/hash?algorithm=x", 400),
    ] {
        let answer = application().send(method, path, &fields, "").await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.field("repr-digest"), member(&answer.body).await, "{path}");
    }
}

#[tokio::test]
async fn answers_without_content_have_none() {
    let wanted = ("want-repr-digest", "sha-256=10");
    let options = application().send(Method::OPTIONS, "/hash", &[wanted], "").await;
    assert_eq!((options.status.as_u16(), options.field("repr-digest")), (204, ""));
    let tag = application().get("/hash").await.field("etag").to_owned();
    let fields = [wanted, ("if-none-match", &*tag)];
    let unchanged = application().send(Method::GET, "/hash", &fields, "").await;
    assert_eq!((unchanged.status.as_u16(), unchanged.field("repr-digest")), (304, ""));
}

#[tokio::test]
async fn a_streamed_answer_has_none() {
    let fields = [("want-content-digest", "sha-256=10"), ("want-repr-digest", "sha-256=10")];
    let text = "x".repeat(200_000);
    let answer = application().send(Method::POST, "/uppercase", &fields, text).await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 200_000));
    assert_eq!((answer.field("content-digest"), answer.field("repr-digest")), ("", ""));
}

#[tokio::test]
async fn a_preference_selects_no_other_answer() {
    let plain = application().get("/hash").await;
    let fields = [("want-repr-digest", "sha-512=10")];
    let described = application().send(Method::GET, "/hash", &fields, "").await;
    assert_eq!(described.body, plain.body);
    assert_eq!(described.field("etag"), plain.field("etag"));
    assert_eq!(described.field("vary"), "Accept");
}
