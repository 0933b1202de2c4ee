//! What every route does alike.

use edge_tests::{application, deploy, manifest};
use http::Method;
use serde_json::json;

#[tokio::test]
async fn options_lists_the_methods() {
    let streams = "GET, HEAD, POST, PUT, OPTIONS";
    for (path, allow) in [
        ("/health", "GET, HEAD, OPTIONS"),
        ("/hash", streams),
        ("/hash/", streams),
        ("/uppercase", streams),
        ("/casefold/", streams),
        ("/image/grayscale", streams),
        ("/image/blur", streams),
        ("/", "GET, HEAD, OPTIONS"),
    ] {
        let answer = application().send(Method::OPTIONS, path, &[], "").await;
        assert_eq!((answer.status.as_u16(), answer.field("allow")), (204, allow), "{path}");
        assert_eq!(answer.field("access-control-allow-origin"), "");
        assert_eq!(answer.body, b"");
    }
}

#[tokio::test]
async fn other_methods_are_refused() {
    let answer = application().send(Method::DELETE, "/health", &[], "").await;
    answer.assert_problem(
        405,
        "method-not-allowed",
        "Method not allowed",
        "'/health' does not take DELETE; it takes GET, HEAD, OPTIONS.",
        json!({ "allowed": ["GET", "HEAD", "OPTIONS"] }),
    );
    assert_eq!(answer.field("allow"), "GET, HEAD, OPTIONS");
    for (method, path) in
        [(Method::DELETE, "/uppercase"), (Method::PATCH, "/hash"), (Method::POST, "/")]
    {
        let answer = application().send(method.clone(), path, &[], "").await;
        assert_eq!(answer.status, 405, "{method} {path}");
    }
}

#[tokio::test]
async fn unknown_paths_are_not_found() {
    application().get("/no/such/page").await.assert_problem(
        404,
        "not-found",
        "Not found",
        "Nothing is at '/no/such/page'.",
        json!({}),
    );
    let answer = application().get("/image/greyscale").await;
    assert_eq!(
        (answer.status.as_u16(), answer.json()["suggestion"].as_str()),
        (404, Some("grayscale"))
    );
    for path in ["/image", "/image/", "/image/blur/5", "/health/deep", "/hash/x"] {
        assert_eq!(application().get(path).await.status, 404, "{path}");
        assert_eq!(application().send(Method::OPTIONS, path, &[], "").await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn unknown_parameters_are_refused_with_a_suggestion() {
    application().post("/hash?algoritm=fnv1-64", "").await.assert_problem(
        400,
        "unknown-parameter",
        "Unknown parameter",
        "The parameter 'algoritm' is not known; this route takes 'algorithm', 'encoding', 'expect', 'decode', 'url', 'sig' and 'expires'.",
        json!({ "parameter": "algoritm", "allowed": ["algorithm", "encoding", "expect", "decode", "url", "sig", "expires"], "suggestion": "algorithm" }),
    );
    application().get("/health?verbose").await.assert_problem(
        400,
        "unknown-parameter",
        "Unknown parameter",
        "The parameter 'verbose' is not known; this route takes none.",
        json!({ "parameter": "verbose", "allowed": [] }),
    );
    for path in
        ["/uppercase?LOCALE=tr", "/image/grayscale?radius=5", "/?x=1", "/image/blur?RADIUS=1"]
    {
        let method = if path.starts_with("/?") { Method::GET } else { Method::POST };
        let answer = application().send(method, path, &[], "").await;
        assert_eq!(answer.json()["type"], "/problems/unknown-parameter", "{path}");
    }
}

#[tokio::test]
async fn repeated_and_undecodable_parameters_are_refused() {
    application().post("/image/blur?radius=1&radius=1", "").await.assert_problem(
        400,
        "repeated-parameter",
        "Repeated parameter",
        "The parameter 'radius' is given more than once.",
        json!({ "parameter": "radius" }),
    );
    application().get("/image/blur?file=%ff").await.assert_problem(
        400,
        "malformed-request",
        "Malformed request",
        "The query contains '%ff', whose percent-encoded bytes are not UTF-8.",
        json!({}),
    );
}

#[tokio::test]
async fn other_origins_may_read_only_where_they_are_listed() {
    let origin = [("origin", "https://a.example")];
    let none = application().send(Method::GET, "/health", &origin, "").await;
    assert_eq!(none.field("access-control-allow-origin"), "");

    let listed = "https://a.example, https://b.example";
    let Some(app) = deploy(&manifest(), &[("cors_origins", listed)]) else { return };
    let answer = app.send(Method::GET, "/health", &origin, "").await;
    assert_eq!(answer.field("access-control-allow-origin"), "https://a.example");
    let exposed =
        "Content-Digest, Content-Disposition, ETag, Image-Pipeline, Repr-Digest, Server-Timing";
    assert_eq!(answer.field("access-control-expose-headers"), exposed);
    let varies: Vec<_> = answer.headers.get_all("vary").iter().collect();
    assert_eq!(varies, ["Accept", "Origin"]);
    let problem = app.send(Method::PATCH, "/hash", &origin, "").await;
    assert_eq!(problem.field("access-control-allow-origin"), "https://a.example");
    let stranger = app.send(Method::GET, "/health", &[("origin", "https://c.example")], "").await;
    assert_eq!(stranger.field("access-control-allow-origin"), "");
}

#[tokio::test]
async fn a_preflight_tells_what_may_be_sent() {
    let Some(app) = deploy(&manifest(), &[("cors_origins", "*")]) else { return };
    let fields = [("origin", "https://a.example"), ("access-control-request-method", "PUT")];
    let answer = app.send(Method::OPTIONS, "/hash", &fields, "").await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.field("access-control-allow-origin"), "*");
    assert_eq!(answer.field("access-control-allow-methods"), "GET, HEAD, POST, PUT, OPTIONS");
    assert_eq!(answer.field("access-control-allow-headers"), "*");
    assert_eq!(answer.field("access-control-max-age"), "600");
    assert_eq!(answer.field("vary"), "");
}

#[tokio::test]
async fn a_request_is_logged_without_its_query() {
    let answer = application().post("/hash?algorithm=fnv1-64", vec![b'l'; 4_711]).await;
    assert_eq!(answer.status, 200);
    let refused = application().post("/hash?algorithm=secret", vec![b'l'; 4_712]).await;
    assert_eq!(refused.status, 400);
    let Some(log) = application().log() else { return };
    let record = log.record("hash", 4_711);
    assert!(record["ms"].as_f64().unwrap() > 0.0);
    let expected = json!({
        "method": "POST", "route": "/hash", "status": 200,
        "bytes_in": 4_711, "bytes_out": 16, "ms": record["ms"],
    });
    assert_eq!(record, expected);
    let line = log.wait_for("hash", |line| line.contains("invalid-parameter"));
    assert!(!line.contains("secret"), "{line}");
}

#[tokio::test]
async fn a_variable_that_is_no_number_is_said_without_its_value() {
    let Some(app) = deploy(&manifest(), &[("max_pixels", "many")]) else { return };
    app.post("/image/grayscale", "x").await.assert_problem(
        500,
        "misconfigured",
        "Misconfigured",
        "The variable 'max_pixels' of this deployment is not a whole number.",
        json!({ "variable": "max_pixels" }),
    );
}
