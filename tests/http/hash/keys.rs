//! Keys, and what is said without telling them.

use edge_tests::{Answer, App, application};
use http::Method;
use serde_json::{Value, json};

/// `Jefe`, the key of RFC 4231's second test case, and other keys.
const JEFE: &str = ":SmVmZQ==:";
const SECRET: &str = ":c2VjcmV0LXRvLWtlZXA=:";

async fn keyed(app: &App, algorithm: &str, keys: &[&str], body: &str) -> Answer {
    let fields: Vec<_> = keys.iter().map(|key| ("hash-key", *key)).collect();
    app.send(Method::POST, &format!("/hash?algorithm={algorithm}"), &fields, body.to_owned()).await
}

/// Asserts the problem of a request with these keys; `members` without the algorithm.
async fn refused(algorithm: &str, keys: &[&str], name: &str, detail: &str, members: Value) {
    let titles = [
        ("missing-key", "Missing key"),
        ("unexpected-key", "Unexpected key"),
        ("invalid-key", "Invalid key"),
    ];
    let (_, title) = titles.into_iter().find(|(known, _)| *known == name).unwrap();
    let answer = keyed(application(), algorithm, keys, "hello").await;
    answer.assert_problem(400, name, title, detail, members);
}

#[tokio::test]
async fn rfc_4231() {
    let text = "what do ya want for nothing?";
    keyed(application(), "hmac-sha-256", &[JEFE], text)
        .await
        .assert_text("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    keyed(application(), "HMAC-SHA512", &[JEFE], text).await.assert_text(
        "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
    );
}

#[tokio::test]
async fn several_keyed_digests_share_the_key() {
    let answer = keyed(application(), "hmac-sha-512,hmac-sha-256", &[JEFE], "x").await;
    let lines: Vec<_> = answer.text().lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(lines, ["hmac-sha-512", "hmac-sha-256"]);
}

#[tokio::test]
async fn a_key_that_is_needed_is_missed() {
    let detail = "The algorithm 'hmac-sha-256' needs a key; send one in the field Hash-Key.";
    refused("hmac-sha-256", &[], "missing-key", detail, json!({ "algorithm": "hmac-sha-256" }))
        .await;
}

#[tokio::test]
async fn a_key_that_is_not_taken_is_refused() {
    let detail =
        |name: &str| format!("The algorithm '{name}' takes no key; leave out the field Hash-Key.");
    for (algorithms, name) in
        [("sha-256", "sha-256"), ("hmac-sha-256,md5,sha-1", "md5"), ("all", "fnv1a-64")]
    {
        let members = json!({ "algorithm": name });
        refused(algorithms, &[JEFE], "unexpected-key", &detail(name), members).await;
    }
}

#[tokio::test]
async fn a_key_has_the_length_that_the_algorithm_takes() {
    for (key, length) in [
        (":c2hvcnQ=:", 5),
        (":MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MA==:", 31),
        (":MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEy:", 33),
    ] {
        let detail = format!("The key has {length} bytes; 'blake3' takes 32.");
        let members = json!({ "algorithm": "blake3", "required": 32, "actual": length });
        refused("blake3", &[key], "invalid-key", &detail, members).await;
    }
    for name in ["hmac-sha-256", "blake3"] {
        let detail = format!("The key of the algorithm '{name}' is empty.");
        refused(name, &["::"], "invalid-key", &detail, json!({ "algorithm": name })).await;
    }
}

#[tokio::test]
async fn a_malformed_key_is_not_repeated() {
    let detail = "The field Hash-Key is not a byte sequence (RFC 9651), ':BASE64:'.";
    for key in
        ["secret", "", ":c2Vjcm:V0:", ":secret!:", "\"secret\"", ":c2Vj:;a=1", ":c2Vj:, :c2Vj:"]
    {
        refused("hmac-sha-256", &[key], "invalid-key", detail, json!({})).await;
    }
    let detail = "The field Hash-Key is given more than once.";
    refused("hmac-sha-256", &[JEFE, JEFE], "invalid-key", detail, json!({})).await;
}

#[tokio::test]
async fn keys_are_not_logged() {
    let answer = keyed(application(), "hmac-sha-256", &[SECRET], &"k".repeat(4_801)).await;
    assert_eq!(answer.status, 200);
    let refused = keyed(application(), "md5", &[SECRET], &"k".repeat(4_802)).await;
    assert_eq!(refused.status, 400);
    let Some(log) = application().log() else { return };
    let record = log.record("hash", 4_801);
    assert_eq!(record["status"], 200);
    let line = log.wait_for("hash", |line| line.contains("unexpected-key"));
    for line in [line, record.to_string()] {
        assert!(!line.contains("c2VjcmV0") && !line.contains("secret"), "{line}");
    }
}
