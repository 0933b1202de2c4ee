//! What is answered, and in which form.

use edge_tests::{Origin, application};
use http::Method;
use serde_json::json;

use super::{fnv1a_64, positions};

#[tokio::test]
async fn known_answers() {
    for (body, digest) in
        [("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("hello", "a430d84680aabd0b")]
    {
        application().post("/hash", body).await.assert_text(digest);
    }
}

#[tokio::test]
async fn every_length_and_method_and_type() {
    for length in [0, 1, 65_535, 65_536, 65_537, 262_143, 262_144, 262_145, 3_000_000] {
        let body = positions(length);
        let answer = application()
            .send(Method::PUT, "/hash/", &[("content-type", "image/png")], body.clone())
            .await;
        answer.assert_text(&fnv1a_64(&body));
    }
}

#[tokio::test]
async fn a_coded_body_is_hashed_as_sent() {
    let fields = [("content-encoding", "gzip")];
    let answer = application().send(Method::POST, "/hash", &fields, "hello").await;
    answer.assert_text("a430d84680aabd0b");
}

#[tokio::test]
async fn a_body_of_unknown_length_is_read_to_its_end() {
    let mut upload = application().upload("/hash");
    let body = positions(700_001);
    for piece in body.chunks(99_991) {
        upload.send(piece.to_vec()).await;
    }
    upload.finish().await.assert_text(&fnv1a_64(&body));
}

#[tokio::test]
async fn algorithms_are_chosen_by_name() {
    let app = application();
    app.post("/hash?algorithm=fnv1-64", "hello").await.assert_text("7b495389bdbdd4c7");
    let both = app.post("/hash?algorithm=fnv1-64,fnv1a-64", "hello").await;
    both.assert_text("fnv1-64 (-) = 7b495389bdbdd4c7\nfnv1a-64 (-) = a430d84680aabd0b");
}

#[tokio::test]
async fn json_tells_what_was_hashed() {
    let accept = [("accept", "application/json")];
    let one = application().send(Method::POST, "/hash", &accept, "hello").await;
    let fnv1a = json!({ "algorithm": "fnv1a-64", "digest": "a430d84680aabd0b", "bytes": 5, "legacy": false });
    assert_eq!(one.json(), fnv1a);
    assert_eq!(one.field("content-type"), "application/json");
    assert_eq!(one.field("vary"), "Accept, Hash-Key");
    let path = "/hash?algorithm=fnv1a-64,fnv1-64";
    let two = application().send(Method::POST, path, &accept, "hello").await;
    let fnv1 = json!({ "algorithm": "fnv1-64", "digest": "7b495389bdbdd4c7", "bytes": 5, "legacy": false });
    assert_eq!(two.json(), json!([fnv1a, fnv1]));
    let path = "/hash?algorithm=SHA1&encoding=base64url";
    let old = application().send(Method::POST, path, &accept, "hello").await;
    let sha1 = json!({
        "algorithm": "sha-1", "digest": "qvTGHdzF6KLavt4PO0gs2a6pQ00", "bytes": 5, "legacy": true,
    });
    assert_eq!(old.json(), sha1);
}

#[tokio::test]
async fn the_time_is_told() {
    let answer = application().post("/hash", "hello").await;
    let timing = answer.field("server-timing");
    let names: Vec<_> = timing.split(", ").map(|lap| lap.split(";dur=").next().unwrap()).collect();
    assert_eq!(names, ["read", "hash"], "{timing}");
}

#[tokio::test]
async fn a_remote_resource_streams_through() {
    let Some(origin) = Origin::shared() else { return };
    let body = positions(5_000_000);
    let url = origin.serve("/hash/positions", "application/octet-stream", &body);
    let answer = application().get(&format!("/hash?url={url}")).await;
    answer.assert_text(&fnv1a_64(&body));
    assert_eq!(answer.field("cache-control"), "no-cache");
}

#[tokio::test]
async fn get_needs_a_source_and_post_takes_one() {
    application().get("/hash?algorithm=sha-256").await.assert_problem(
        400,
        "no-source",
        "No source",
        "GET names no input; give 'url', or send it with POST.",
        json!({}),
    );
    application().post("/hash?url=http://localhost/", "hello").await.assert_problem(
        400,
        "two-sources",
        "Two sources",
        "The request names two inputs, its body and 'url'; give one.",
        json!({}),
    );
}
