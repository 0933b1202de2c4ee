//! The algorithms there are.

use edge_tests::application;
use http::Method;
use serde_json::json;

#[tokio::test]
async fn algorithms_are_listed() {
    let answer = application().get("/hash").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.field("content-type"), "application/json");
    let list = answer.json();
    let entry = |name: &str| {
        let entries = list.as_array().unwrap();
        entries.iter().find(|entry| entry["name"] == name).unwrap().clone()
    };
    assert_eq!(list[0]["name"], "fnv1a-64");
    let aliases = ["md-5"];
    let md5 =
        json!({ "name": "md5", "aliases": aliases, "bits": 128, "legacy": true, "keyed": "none" });
    assert_eq!(entry("md5"), md5);
    assert_eq!(entry("sha-256")["legacy"], false);
    assert_eq!(entry("blake3")["keyed"], "optional");
    assert_eq!(entry("hmac-sha-512")["keyed"], "required");
    assert_eq!(entry("hmac-sha-512")["bits"], 512);
}

#[tokio::test]
async fn aliases_name_the_same() {
    let list = application().get("/hash").await.json();
    for entry in list.as_array().unwrap().iter().filter(|entry| entry["keyed"] != "required") {
        let digest = async |name: &str| {
            let path = format!("/hash?algorithm={}", name.to_ascii_uppercase());
            let answer = application().post(&path, "hello").await;
            assert_eq!(answer.status, 200, "{name}");
            answer.text().to_owned()
        };
        let expected = digest(entry["name"].as_str().unwrap()).await;
        for alias in entry["aliases"].as_array().unwrap() {
            assert_eq!(digest(alias.as_str().unwrap()).await, expected, "{alias}");
        }
    }
}

#[tokio::test]
async fn the_list_is_also_text() {
    let accept = [("accept", "text/plain")];
    let answer = application().send(Method::GET, "/hash/", &accept, "").await;
    assert_eq!(answer.field("content-type"), "text/plain; charset=utf-8");
    let lines: Vec<_> = answer.text().lines().collect();
    assert_eq!((lines[0], *lines.last().unwrap()), ("fnv1a-64", "hmac-sha-512"));
    let accept = [("accept", "image/png")];
    application().send(Method::GET, "/hash", &accept, "").await.assert_problem(
        406,
        "not-acceptable",
        "Not acceptable",
        "The Accept field takes none of what can be made here: application/json, text/plain.",
        json!({ "allowed": ["application/json", "text/plain"] }),
    );
}

#[tokio::test]
async fn the_list_is_cached() {
    let first = application().get("/hash").await;
    let tag = first.field("etag");
    assert_eq!(tag.len(), "\"\"".len() + 32, "{tag}");
    assert_eq!(first.field("cache-control"), "public, max-age=3600");
    assert_eq!(first.field("vary"), "Accept");
    let head = application().send(Method::HEAD, "/hash", &[], "").await;
    assert_eq!((head.field("etag"), head.body.len()), (tag, 0));
    assert_eq!(head.field("content-length"), first.body.len().to_string());
    for known in [tag, "*", &format!("\"other\", W/{tag}")] {
        let again = [("if-none-match", known)];
        let again = application().send(Method::GET, "/hash", &again, "").await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
        assert_eq!((again.field("etag"), again.field("vary")), (tag, "Accept"));
        assert_eq!(again.field("cache-control"), "public, max-age=3600");
    }
    let text = [("accept", "text/plain"), ("if-none-match", tag)];
    let text = application().send(Method::GET, "/hash", &text, "").await;
    assert_eq!(text.status, 200);
    assert_ne!(text.field("etag"), tag);
}

#[tokio::test]
async fn the_list_takes_no_parameters() {
    for query in ["algorithm=sha-256", "encoding=hex", "decode=1", "expect=a430d84680aabd0b"] {
        let answer = application().get(&format!("/hash?{query}")).await;
        assert_eq!(answer.json()["type"], "/problems/no-source", "{query}");
    }
}
