//! Bodies whose transfer goes wrong, with the digest that they should have.

use std::time::Duration;

use edge_tests::{application, deploy_with, manifest};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// `Content-Digest` of `hello`.
const DIGEST: &str = "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:";

/// What comes after a request.
#[derive(PartialEq)]
enum Then {
    Wait,
    HangUp,
}

/// The answer to a request that ends with these fields and bytes.
async fn exchange(fields: &str, body: &str, then: Then) -> (u16, Value) {
    let host = application().authority();
    let request = format!(
        "POST /hash?algorithm=md5 HTTP/1.1\r\nHost: {host}\r\nContent-Digest: {DIGEST}\r\nConnection: close\r\n{fields}\r\n\r\n{body}"
    );
    let mut stream = application().connect().await;
    stream.write_all(request.as_bytes()).await.unwrap();
    if then == Then::HangUp {
        stream.shutdown().await.unwrap();
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap_or_else(|_| body.into()))
}

fn incomplete(detail: &str) -> (u16, Value) {
    let title = "Incomplete body";
    let kind = "/problems/incomplete-body";
    (400, json!({ "type": kind, "title": title, "status": 400, "detail": detail }))
}

#[tokio::test]
async fn what_arrives_whole_is_hashed() {
    let whole = (200, Value::from("5d41402abc4b2a76b9719d911017c592"));
    assert_eq!(exchange("Content-Length: 5", "hello", Then::Wait).await, whole);
    let chunked = "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n";
    assert_eq!(exchange("Transfer-Encoding: chunked", chunked, Then::Wait).await, whole);
}

#[tokio::test]
async fn what_ends_early_is_incomplete_and_not_a_mismatch() {
    let incomplete = incomplete("The body broke off before its end.");
    assert_eq!(exchange("Content-Length: 6", "hello", Then::HangUp).await, incomplete);
    assert_eq!(exchange("Content-Length: 5", "", Then::HangUp).await, incomplete);
    assert_eq!(
        exchange("Transfer-Encoding: chunked", "5\r\nhello\r\n", Then::HangUp).await,
        incomplete
    );
    assert_eq!(
        exchange("Transfer-Encoding: chunked", "6\r\nhello", Then::HangUp).await,
        incomplete
    );
}

#[tokio::test]
async fn what_is_longer_than_it_says_is_what_it_says() {
    let (status, problem) = exchange("Content-Length: 4", "hello", Then::Wait).await;
    let registered = "https://iana.org/assignments/http-problem-types#digest-mismatched-values";
    assert_eq!((status, &problem["type"]), (400, &json!(registered)));
    let (status, problem) = exchange("Content-Length: 0", "hello", Then::Wait).await;
    assert_eq!((status, &problem["type"]), (400, &json!(registered)));
}

#[tokio::test]
async fn what_stalls_is_given_up() {
    let impatient = |options: &mut edge_host::Options| {
        options.limits.idle = Duration::from_millis(50);
    };
    let Some(app) = deploy_with(&manifest(), &[], impatient) else { return };
    let mut upload = app.upload_with("/hash", &[("content-digest", DIGEST)]);
    upload.send("hel").await;
    let (_pieces, answer) = upload.begin().await;
    assert_eq!(answer.status(), 400);
    let body = edge_tests::read(answer.into_body()).await.unwrap();
    let (_, expected) = incomplete("The body broke off before its end.");
    assert_eq!(serde_json::from_slice::<Value>(&body).unwrap(), expected);
}
