//! The published digests that the core is held to, on the real component.

use std::fs;

use base64::prelude::{BASE64_STANDARD, Engine};
use edge_tests::{application, root};
use http::Method;
use serde_json::Value;

use super::ramp;
use vector::Vector;

/// The notation of the files that the digests are in.
#[path = "../../../shared/core/src/hash/tests/vector.rs"]
mod vector;

/// The algorithms that are listed.
async fn algorithms() -> Vec<Value> {
    application().get("/hash").await.json().as_array().unwrap().clone()
}

fn name(algorithm: &Value) -> &str {
    algorithm["name"].as_str().unwrap()
}

/// What an algorithm's authors, or a standard, have published.
fn vectors(algorithm: &str) -> Vec<Vector> {
    let folder = root().join("shared/core/src/hash/tests/vectors");
    vector::parse(&fs::read_to_string(folder.join(format!("{algorithm}.txt"))).unwrap())
}

#[tokio::test]
async fn each_algorithm_gives_its_published_digests() {
    for algorithm in algorithms().await {
        let path = format!("/hash?algorithm={}", name(&algorithm));
        for Vector { digest, message, key } in vectors(name(&algorithm)) {
            let key = key.map(|key| format!(":{}:", BASE64_STANDARD.encode(key)));
            let fields: Vec<_> = key.iter().map(|key| ("hash-key", key.as_str())).collect();
            let answer = application().send(Method::POST, &path, &fields, message).await;
            let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            answer.assert_text(&digest);
        }
    }
}

#[tokio::test]
async fn all_digests_come_of_one_pass() {
    let mut algorithms = algorithms().await;
    algorithms.retain(|algorithm| algorithm["keyed"] != "required");
    for length in [0, 1, 102_400] {
        let mut lines = Vec::new();
        for name in algorithms.iter().map(name) {
            let answer = application().post(&format!("/hash?algorithm={name}"), ramp(length)).await;
            lines.push(format!("{name} (-) = {}", answer.text()));
        }
        let answer = application().post("/hash?algorithm=all", ramp(length)).await;
        answer.assert_text(&lines.join("\n"));
    }
}
