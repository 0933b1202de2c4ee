use edge_tests::{application, root};
use http::Method;

#[tokio::test]
async fn the_playground_is_served_as_it_lies_in_the_repository() {
    let files = std::fs::read_dir(root().join("site")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let paths = names.map(|name| (format!("/{name}"), name));
    for (path, name) in paths.chain([("/".to_owned(), "index.html".to_owned())]) {
        let media = match name.rsplit_once('.').unwrap().1 {
            "html" => "text/html; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            other => panic!("a file of the site that ends in {other}"),
        };
        let answer = application().get(&path).await;
        assert_eq!((answer.status.as_u16(), answer.field("content-type")), (200, media), "{path}");
        assert!(answer.body == std::fs::read(root().join("site").join(name)).unwrap(), "{path}");
        assert_eq!(answer.field("content-length"), answer.body.len().to_string());
        assert_eq!(answer.field("cache-control"), "no-cache");
    }
}

#[tokio::test]
async fn an_unchanged_file_is_not_sent_again() {
    let first = application().get("/").await;
    let tag = first.field("etag");
    assert!(tag.len() == 34 && tag.starts_with('"') && tag.ends_with('"'), "{tag}");
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
