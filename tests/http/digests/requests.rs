//! Digests of a request's body are verified.

use edge_tests::{Answer, application};
use http::Method;
use serde_json::{Value, json};

use super::{WORLD, WORLD_LINE};

/// Where the types of these problems are registered.
const REGISTRY: &str = "https://iana.org/assignments/http-problem-types#";

/// The digests of [`WORLD`] in RFC 9530, appendix D, by their keys.
const SAMPLES: [(&str, &str); 6] = [
    (
        "sha-512",
        "WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==",
    ),
    ("sha-256", "X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE="),
    ("md5", "Sd/dVLAcvNLSq16eXua5uQ=="),
    ("sha", "07CavjDP4u3/TungoUHJO/Wzr4c="),
    ("adler", "OZkGFw=="),
    ("crc32c", "Q3lHIA=="),
];

/// SHA-256 of [`WORLD_LINE`].
const LINE: &str = ":RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";

async fn hash(fields: &[(&str, &str)], body: &str) -> Answer {
    application().send(Method::POST, "/hash", fields, body.to_owned()).await
}

#[track_caller]
fn assert_mismatched(answer: &Answer, digests: &[(&str, &str, &str)]) {
    let list: Vec<_> =
        digests.iter().map(|(header, key, _)| format!("{key} in {header}")).collect();
    let members: Vec<_> = digests
        .iter()
        .map(|(header, key, digest)| {
            json!({ "algorithm": key, "provided_digest": digest, "header": header })
        })
        .collect();
    answer.assert_problem(
        400,
        &format!("{REGISTRY}digest-mismatched-values"),
        "Mismatched digest values",
        &format!("The body does not have the digest that was sent: {}.", list.join(", ")),
        json!({ "mismatched_digests": members }),
    );
}

#[tokio::test]
async fn the_samples_of_the_standard_are_verified() {
    for (key, digest) in SAMPLES {
        let field = format!("{key}=:{digest}:");
        for header in ["content-digest", "repr-digest"] {
            hash(&[(header, &field)], WORLD).await.assert_text("42c215bb9b0fcfb3");
        }
        let answer = hash(&[("repr-digest", &field)], WORLD_LINE).await;
        assert_mismatched(&answer, &[("Repr-Digest", key, &format!(":{digest}:"))]);
    }
}

#[tokio::test]
async fn the_example_of_the_problem_types_is_a_mismatch() {
    let field = format!("sha-256={LINE}");
    let answer = hash(&[("repr-digest", &field)], "{\"hello\": \"woXYZ\"}\n").await;
    assert_mismatched(&answer, &[("Repr-Digest", "sha-256", LINE)]);
}

#[tokio::test]
async fn every_digest_has_to_match() {
    let all = SAMPLES.map(|(key, digest)| format!("{key}=:{digest}:")).join(", ");
    let fields = [("content-digest", &*all), ("repr-digest", &*all)];
    hash(&fields, WORLD).await.assert_text("42c215bb9b0fcfb3");

    let md5 = ":Sd/dVLAcvNLSq16eXua5uA==:";
    let sha_256 = format!("sha-256={LINE}, md5={md5}, adler=:OZkGFw==:");
    let fields = [("content-digest", "crc32c=:Q3lHIA==:"), ("repr-digest", &*sha_256)];
    let answer = hash(&fields, WORLD).await;
    let expected = [("Repr-Digest", "sha-256", LINE), ("Repr-Digest", "md5", md5)];
    assert_mismatched(&answer, &expected);
}

#[tokio::test]
async fn lines_of_a_field_are_one_dictionary() {
    let (good, bad) = ("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:", ":AAAAAA==:");
    let fields = [("content-digest", good), ("content-digest", "adler=:AAAAAA==:")];
    assert_mismatched(&hash(&fields, WORLD).await, &[("Content-Digest", "adler", bad)]);
    // The last of a key counts (RFC 9651, section 4.2.2).
    let fields = [("content-digest", "sha-256=:AAAA:"), ("content-digest", good)];
    hash(&fields, WORLD).await.assert_text("42c215bb9b0fcfb3");
    // Parameters and letters that are not known mean nothing.
    let field = format!("{good};note=1;other, x=(1 2);y=2");
    hash(&[("content-digest", &field)], WORLD).await.assert_text("42c215bb9b0fcfb3");
    hash(&[("content-digest", "")], WORLD).await.assert_text("42c215bb9b0fcfb3");
}

#[tokio::test]
async fn unknown_algorithms_are_passed_over_where_another_is_verified() {
    let known = "unixsum=:GQU=:, adler=:OZkGFw==:, sha-257=?1";
    hash(&[("content-digest", known), ("repr-digest", "id-sha-256=:AA==:")], WORLD)
        .await
        .assert_text("42c215bb9b0fcfb3");
    let answer =
        hash(&[("repr-digest", "unixsum=:GQU=:, x"), ("content-digest", "y=1")], WORLD).await;
    answer.assert_problem(
        400,
        &format!("{REGISTRY}digest-unsupported-algorithms"),
        "Unsupported hashing algorithms",
        "None of the digests of the body can be verified here; known are sha-256, sha-512, sha, md5, adler, crc32c.",
        json!({ "unsupported_algorithms": [
            { "algorithm": "y", "header": "Content-Digest" },
            { "algorithm": "unixsum", "header": "Repr-Digest" },
            { "algorithm": "x", "header": "Repr-Digest" },
        ] }),
    );
    assert_eq!(answer.field("want-content-digest"), "sha-256=10, sha-512=10");
    assert_eq!(answer.field("want-repr-digest"), "sha-256=10, sha-512=10");
}

#[tokio::test]
async fn values_that_an_algorithm_does_not_make_are_invalid() {
    let invalid = |key: &str, header: &str, reason: &str| -> Value {
        json!({ "algorithm": key, "header": header, "reason": reason })
    };
    let no_bytes = "digest value is not a byte sequence";
    let content = "sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4:, sha-256=x, md5=(:AA==:)";
    let repr = "crc32c=:Q3lHIAA=:, adler, sha=::, foo=:AA==:";
    let answer = hash(&[("content-digest", content), ("repr-digest", repr)], WORLD).await;
    answer.assert_problem(
        400,
        &format!("{REGISTRY}digest-invalid-values"),
        "Invalid digest values",
        "A digest of the body is not one that its algorithm makes.",
        json!({ "invalid_digests": [
            invalid("sha-512", "Content-Digest", "digest value is not 64 bytes long"),
            invalid("sha-256", "Content-Digest", no_bytes),
            invalid("md5", "Content-Digest", no_bytes),
            invalid("crc32c", "Repr-Digest", "digest value is not 4 bytes long"),
            invalid("adler", "Repr-Digest", no_bytes),
            invalid("sha", "Repr-Digest", "digest value is not 20 bytes long"),
        ] }),
    );
}

#[tokio::test]
async fn fields_that_are_no_dictionaries_are_malformed() {
    for field in
        ["sha-256=:****:", "sha-256=:AA==", "SHA-256=:AA==:", "sha-256=:AA==:,", "=1", "a b"]
    {
        for (header, name) in [("content-digest", "Content-Digest"), ("repr-digest", "Repr-Digest")]
        {
            hash(&[(header, field)], WORLD).await.assert_problem(
                400,
                "malformed-request",
                "Malformed request",
                &format!("The field {name} is not a dictionary of digests (RFC 9530)."),
                json!({ "header": name }),
            );
        }
    }
}

#[tokio::test]
async fn a_coded_body_has_the_digest_of_its_bytes_as_sent() {
    let field = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:";
    let fields = [("content-encoding", "gzip"), ("content-digest", field), ("repr-digest", field)];
    hash(&fields, WORLD).await.assert_text("42c215bb9b0fcfb3");
}

#[tokio::test]
async fn every_route_verifies() {
    let field = format!("sha-256={LINE}");
    let fields = [("content-digest", &*field)];
    let picture = std::fs::read(edge_tests::root().join("assets/samples/badge.png")).unwrap();
    for (path, body) in [
        ("/hash?algorithm=md5,sha-1", WORLD.into()),
        ("/uppercase", WORLD.into()),
        ("/image/grayscale", picture.clone()),
        ("/image/info", picture),
    ] {
        let answer = application().send(Method::PUT, path, &fields, body).await;
        assert_mismatched(&answer, &[("Content-Digest", "sha-256", LINE)]);
    }
    application()
        .send(Method::POST, "/uppercase", &fields, WORLD_LINE)
        .await
        .assert_text("{\"HELLO\": \"WORLD\"}\n");
}

#[tokio::test]
async fn a_request_without_a_body_has_the_digest_of_nothing() {
    let nothing = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";
    let other = format!("sha-256={LINE}");
    for path in ["/health", "/hash", "/", "/image/info?file=badge.png"] {
        let answer =
            application().send(Method::GET, path, &[("content-digest", nothing)], "").await;
        assert_eq!(answer.status, 200, "{path}");
        let answer = application().send(Method::GET, path, &[("content-digest", &other)], "").await;
        assert_mismatched(&answer, &[("Content-Digest", "sha-256", LINE)]);
        let head = application().send(Method::HEAD, path, &[("repr-digest", &other)], "").await;
        assert_eq!((head.status.as_u16(), head.body.len()), (400, 0), "{path}");
    }
    // A GET with content is rare, but it has its digest too.
    let fields = [("content-digest", &*other)];
    application().send(Method::GET, "/health", &fields, WORLD_LINE).await.assert_text("OK");
}

#[tokio::test]
async fn what_is_not_there_is_said_before_a_digest_is_read() {
    let fields = [("content-digest", "sha-256=x")];
    assert_eq!(application().send(Method::PUT, "/nowhere", &fields, "x").await.status, 404);
    assert_eq!(application().send(Method::DELETE, "/hash", &fields, "x").await.status, 405);
    assert_eq!(application().send(Method::OPTIONS, "/hash", &fields, "").await.status, 204);
}

#[tokio::test]
async fn a_streamed_answer_to_another_body_breaks_off() {
    let field = format!("sha-256={LINE}");
    let fields = [("content-digest", &*field)];
    let text = "x".repeat(400_003);
    let answer = application().try_send(Method::POST, "/uppercase", &fields, text).await;
    let aborted = answer.expect_err("the transfer breaks off");
    assert!(aborted.received.iter().all(|byte| *byte == b'X'));
    let Some(log) = application().log() else { return };
    let record = log.record("uppercase", 400_003);
    assert_eq!(record["aborted"], "the body does not have its digest");
}
