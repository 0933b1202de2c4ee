//! Algorithms, encodings and expectations by query.

use edge_tests::{Origin, application};
use http::Method;
use serde_json::json;

const SHA_256: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

#[tokio::test]
async fn unknown_algorithms_are_named() {
    let list = application().get("/hash").await.json();
    let names: Vec<_> =
        list.as_array().unwrap().iter().map(|entry| entry["name"].as_str().unwrap()).collect();
    application().post("/hash?algorithm=fnv1a-46", "").await.assert_problem(
        400,
        "invalid-parameter",
        "Invalid parameter",
        &format!(
            "The parameter 'algorithm' is 'fnv1a-46'; it must be one of {}, all.",
            names.join(", ")
        ),
        json!({ "parameter": "algorithm", "actual": "fnv1a-46", "suggestion": "fnv1a-64" }),
    );
    for list in ["", "md5,", ",", "md5 "] {
        let path = format!("/hash?algorithm={}", list.replace(' ', "+"));
        let answer = application().post(&path, "").await;
        assert_eq!(answer.json()["type"], "/problems/invalid-parameter", "'{list}'");
    }
}

#[tokio::test]
async fn each_algorithm_is_named_once() {
    for list in ["fnv1-64,fnv1-64", "sha-256,md5,SHA256", "md5,all"] {
        let path = format!("/hash?algorithm={list}");
        application().post(&path, "").await.assert_problem(
            400,
            "invalid-parameter",
            "Invalid parameter",
            &format!(
                "The parameter 'algorithm' is '{list}'; it must be a list that names each algorithm once, or 'all'."
            ),
            json!({ "parameter": "algorithm", "actual": list }),
        );
    }
}

#[tokio::test]
async fn a_digest_is_written_as_asked() {
    for (algorithm, encoding, digest) in [
        ("sha-256", "hex", SHA_256),
        ("sha-256", "base64", "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="),
        ("sha-256", "base64url", "LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ"),
        ("sha-256", "SRI", "sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="),
        ("crc32", "decimal", "907060870"),
        ("fnv1a-64", "decimal", "11831194018420276491"),
        ("md5", "decimal", "123957004363873451094272536567338222994"),
    ] {
        let path = format!("/hash?algorithm={algorithm}&encoding={encoding}");
        application().post(&path, "hello").await.assert_text(digest);
    }
    let both = application().post("/hash?algorithm=crc32,adler32&encoding=decimal", "hello").await;
    both.assert_text("crc32 (-) = 907060870\nadler32 (-) = 103547413");
}

#[tokio::test]
async fn an_encoding_that_cannot_write_a_digest_is_refused() {
    for (algorithms, encoding, algorithm, taken) in [
        ("sha-256,md5", "sri", "md5", "sha-256, sha-384 and sha-512"),
        ("sha3-256", "sri", "sha3-256", "sha-256, sha-384 and sha-512"),
        ("md5,sha-1", "decimal", "sha-1", "digests of up to 128 bits"),
    ] {
        let path = format!("/hash?algorithm={algorithms}&encoding={encoding}");
        application().post(&path, "").await.assert_problem(
            400,
            "invalid-parameter",
            "Invalid parameter",
            &format!("The encoding {encoding} cannot write {algorithm}; it writes {taken}."),
            json!({ "parameter": "encoding", "actual": encoding, "algorithm": algorithm }),
        );
    }
    application().post("/hash?encoding=base46", "").await.assert_problem(
        400,
        "invalid-parameter",
        "Invalid parameter",
        "The parameter 'encoding' is 'base46'; it must be one of hex, base64, base64url, sri, decimal.",
        json!({ "parameter": "encoding", "actual": "base46", "suggestion": "base64" }),
    );
}

#[tokio::test]
async fn what_is_expected_is_compared() {
    for digest in [SHA_256, &SHA_256.to_uppercase()] {
        let path = format!("/hash?algorithm=sha-256&expect={digest}");
        application().post(&path, "hello").await.assert_text(SHA_256);
    }
    let path = format!("/hash?algorithm=sha-256&encoding=sri&expect={SHA_256}");
    let sri = "sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";
    application().post(&path, "hello").await.assert_text(sri);
    let default = "/hash?expect=a430d84680aabd0b";
    application().post(default, "hello").await.assert_text("a430d84680aabd0b");
}

#[tokio::test]
async fn what_differs_from_the_expected_is_told() {
    let mismatch = |algorithm: &str, expected: &str, actual: &str| {
        let detail = format!("The {algorithm} digest is '{actual}'; '{expected}' was expected.");
        let members = json!({ "algorithm": algorithm, "expected": expected, "actual": actual });
        (detail, members)
    };
    // Differing in the first digit, in the last, and altogether.
    let zeros = "0".repeat(64);
    let first = format!("3{}", &SHA_256[1..]);
    let last = format!("{}5", &SHA_256[..63]);
    for expected in [&first, &last, &zeros] {
        let path = format!("/hash?algorithm=sha256&expect={}", expected.to_uppercase());
        let (detail, members) = mismatch("sha-256", expected, SHA_256);
        let answer = application().post(&path, "hello").await;
        answer.assert_problem(422, "digest-mismatch", "Digest mismatch", &detail, members);
    }
    let Some(origin) = Origin::shared() else { return };
    let url = origin.serve("/hash/expected", "text/plain", b"hello");
    let path = format!("/hash?expect=0000000000000000&url={url}");
    let (detail, members) = mismatch("fnv1a-64", "0000000000000000", "a430d84680aabd0b");
    let answer = application().get(&path).await;
    answer.assert_problem(422, "digest-mismatch", "Digest mismatch", &detail, members);
}

#[tokio::test]
async fn an_expectation_is_a_digest_of_the_one_algorithm() {
    for hex in [
        "",
        "0",
        "a430d84680aabd0",
        "a430d84680aabd0b0",
        "a430d84680aabd0g",
        "+430d84680aabd0b",
        "é30d84680aabd0b",
    ] {
        let path = format!("/hash?expect={}", hex.replace('+', "%2B").replace('é', "%C3%A9"));
        application().post(&path, "hello").await.assert_problem(
            400,
            "invalid-parameter",
            "Invalid parameter",
            &format!("The parameter 'expect' is '{hex}'; it must be a digest of fnv1a-64 in 16 hexadecimal digits."),
            json!({ "parameter": "expect", "actual": hex }),
        );
    }
    application().post("/hash?algorithm=md5,sha-1&expect=00", "").await.assert_problem(
        400,
        "invalid-parameter",
        "Invalid parameter",
        "The parameter 'expect' is '00'; it must be left out with several algorithms.",
        json!({ "parameter": "expect", "actual": "00" }),
    );
}

#[tokio::test]
async fn only_yes_and_no_decode() {
    for value in ["2", "true", "", "-1"] {
        let answer = application().post(&format!("/hash?decode={value}"), "").await;
        answer.assert_problem(
            400,
            "invalid-parameter",
            "Invalid parameter",
            &format!("The parameter 'decode' is '{value}'; it must be a whole number from 0 to 1."),
            json!({ "parameter": "decode", "actual": value, "minimum": 0, "maximum": 1 }),
        );
    }
}

#[tokio::test]
async fn what_the_answer_depends_on_is_told_to_caches() {
    let Some(origin) = Origin::shared() else { return };
    let url = origin.serve("/hash/cached", "text/plain", b"hello");
    let path = format!("/hash?algorithm=hmac-sha-256&url={url}");
    let keyed = application().send(Method::GET, &path, &[("hash-key", ":a2V5:")], "").await;
    assert_eq!((keyed.status.as_u16(), keyed.field("vary")), (200, "Accept, Hash-Key"));
    assert_eq!(keyed.field("cache-control"), "no-store");
    let plain = application().get(&format!("/hash?url={url}")).await;
    assert_eq!(
        (plain.field("vary"), plain.field("cache-control")),
        ("Accept, Hash-Key", "no-cache")
    );
}
