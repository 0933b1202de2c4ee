use edge_tests::{application, root};
use http::Method;

#[tokio::test]
async fn the_playground_is_served_as_it_lies_in_the_repository() {
    for (path, file, media) in [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/index.html", "index.html", "text/html; charset=utf-8"),
        ("/style.css", "style.css", "text/css; charset=utf-8"),
        ("/playground.js", "playground.js", "text/javascript; charset=utf-8"),
        ("/favicon.svg", "favicon.svg", "image/svg+xml"),
    ] {
        let answer = application().get(path).await;
        assert_eq!((answer.status.as_u16(), answer.field("content-type")), (200, media), "{path}");
        assert!(answer.body == std::fs::read(root().join("site").join(file)).unwrap(), "{path}");
        assert_eq!(answer.field("content-length"), answer.body.len().to_string());
        assert_eq!(answer.field("cache-control"), "no-cache");
    }
}

#[tokio::test]
async fn an_unchanged_file_is_not_sent_again() {
    let first = application().get("/").await;
    let tag = first.field("etag");
    assert!(tag.len() == 18 && tag.starts_with('"') && tag.ends_with('"'), "{tag}");
    for condition in [tag, "*", &format!("\"other\", W/{tag}")] {
        let fields = [("if-none-match", condition)];
        let again = application().send(Method::GET, "/", &fields, "").await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{condition}");
        assert_eq!(again.field("etag"), tag);
        assert_eq!(again.field("cache-control"), "no-cache");
    }
    let fields = [("if-none-match", "\"other\"")];
    assert_eq!(application().send(Method::GET, "/", &fields, "").await.status, 200);
}

#[tokio::test]
async fn nothing_beside_the_site_is_served() {
    for path in [
        "/../spin.toml",
        "/%2e%2e/spin.toml",
        "/..%2fspin.toml",
        "/.",
        "/style.css/x",
        "//etc/passwd",
        "/%00",
    ] {
        let answer = application().get(path).await;
        assert_eq!(answer.json()["type"], "/problems/not-found", "{path}");
    }
}
