use edge_tests::application;
use http::Method;
use serde_json::json;

#[tokio::test]
async fn answers_ok_as_text() {
    let answer = application().get("/health").await;
    answer.assert_text("OK");
    assert_eq!(answer.field("cache-control"), "no-store");
    assert_eq!(answer.field("vary"), "Accept");
    assert_eq!(answer.field("x-content-type-options"), "nosniff");
    assert_eq!(answer.field("etag"), "");
}

#[tokio::test]
async fn answers_json_to_those_who_prefer_it() {
    let accept = [("accept", "text/plain;q=0.5, application/json")];
    let answer = application().send(Method::GET, "/health", &accept, "").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.field("content-type"), "application/json");
    let version = env!("CARGO_PKG_VERSION");
    let document = json!({ "status": "ok", "name": "edge-functions", "version": version });
    assert_eq!(answer.json(), document);
}

#[tokio::test]
async fn head_is_get_without_its_body() {
    let answer = application().send(Method::HEAD, "/health", &[], "").await;
    assert_eq!((answer.status.as_u16(), answer.field("content-length")), (200, "2"));
    assert_eq!(answer.body, b"");
}

#[tokio::test]
async fn offers_nothing_else() {
    let answer = application().send(Method::GET, "/health", &[("accept", "image/png")], "").await;
    answer.assert_problem(
        406,
        "not-acceptable",
        "Not acceptable",
        "The Accept field takes none of what can be made here: text/plain, application/json.",
        json!({ "allowed": ["text/plain", "application/json"] }),
    );
    assert_eq!(answer.field("vary"), "Accept");
}
