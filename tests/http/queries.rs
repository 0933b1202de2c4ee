//! Text in the query: `GET /uppercase?text=…`, for the address bar of a browser.

use edge_tests::{Answer, application};
use http::Method;
use serde_json::json;

async fn get(path: &str, fields: &[(&str, &str)]) -> Answer {
    application().send(Method::GET, path, fields, "").await
}

#[tokio::test]
async fn a_text_in_the_query_is_mapped() {
    for (path, mapped) in [
        ("/uppercase?text=stra%C3%9Fe+1%2B1", "STRASSE 1+1"),
        ("/lowercase?text=%CE%9F%CE%94%CE%9F%CE%A3&locale=el", "οδος"),
        ("/titlecase?locale=nl&text=ijssel", "IJssel"),
        ("/casefold?text=%C3%9F", "ss"),
        ("/uppercase?text=", ""),
        ("/uppercase?text=%EF%BB%BFa", "\u{feff}A"),
        ("/uppercase/?text=a&invalid=replace", "A"),
    ] {
        let answer = get(path, &[]).await;
        answer.assert_text(mapped);
        assert_eq!(answer.field("vary"), "Accept", "{path}");
        assert_eq!(answer.field("cache-control"), "public, max-age=86400");
        let timing = answer.field("server-timing");
        assert!(path.contains(timing.split(";dur=").next().unwrap()), "{timing}");
    }
}

#[tokio::test]
async fn what_describes_a_body_is_not_read() {
    let fields =
        [("content-type", "image/png"), ("content-language", "tr"), ("content-encoding", "br")];
    let answer = get("/uppercase?text=i", &fields).await;
    answer.assert_text("I");
    assert_eq!((answer.field("content-language"), answer.field("vary")), ("", "Accept"));
}

#[tokio::test]
async fn browsers_get_text_and_programs_json() {
    let browser =
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";
    get("/uppercase?text=a", &[("accept", browser)]).await.assert_text("A");
    let answer = get("/uppercase?text=i&locale=tr", &[("accept", "application/json")]).await;
    assert_eq!(
        (answer.text(), answer.field("content-type")),
        ("{\"text\":\"İ\"}", "application/json")
    );
    assert_eq!(answer.field("content-language"), "tr");
    let answer = get("/uppercase?text=a", &[("accept", "text/html")]).await;
    assert_eq!((answer.status.as_u16(), answer.field("vary")), (406, "Accept"));
}

#[tokio::test]
async fn what_is_known_is_not_sent_again() {
    let path = "/uppercase?text=abc&locale=en";
    let answer = get(path, &[]).await;
    let tag = answer.field("etag");
    assert!(tag.starts_with('"') && tag.len() > 10, "{tag}");
    let head = application().send(Method::HEAD, path, &[], "").await;
    assert_eq!(
        (head.status.as_u16(), head.field("etag"), head.field("content-length")),
        (200, tag, "3")
    );
    assert_eq!((head.body.len(), head.field("content-language")), (0, "en"));
    for (method, known) in
        [(Method::GET, tag), (Method::HEAD, tag), (Method::GET, "\"x\", W/\"y\" , *")]
    {
        let again = application().send(method, path, &[("if-none-match", known)], "").await;
        assert_eq!((again.status.as_u16(), again.body.len(), again.field("etag")), (304, 0, tag));
        assert_eq!(again.field("cache-control"), "public, max-age=86400");
        assert_eq!((again.field("vary"), again.field("content-language")), ("Accept", ""));
    }
    let other = [("if-none-match", "\"x\"")];
    get(path, &other).await.assert_text("ABC");
}

#[tokio::test]
async fn every_part_of_the_request_decides_the_tag() {
    let path = "/uppercase?text=abc&locale=en";
    let mut tags =
        vec![get(path, &[("accept", "application/json")]).await.field("etag").to_owned()];
    for path in [
        path,
        "/lowercase?text=abc&locale=en",
        "/uppercase?text=abc&locale=tr",
        "/uppercase?text=abc",
        "/uppercase?text=abcuppercase",
    ] {
        tags.push(get(path, &[]).await.field("etag").to_owned());
    }
    let same = get("/uppercase?locale=en&text=%61bc", &[]).await;
    assert_eq!(same.field("etag"), tags[1]);
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 6);
}

#[tokio::test]
async fn there_is_one_text() {
    for path in ["/uppercase", "/casefold?locale=tr"] {
        get(path, &[]).await.assert_problem(
            400,
            "no-source",
            "No source",
            "GET names no input; give 'text', or send it with POST.",
            json!({}),
        );
    }
    application().post("/lowercase?text=a", "b").await.assert_problem(
        400,
        "two-sources",
        "Two sources",
        "The request names two inputs, its body and 'text'; give one.",
        json!({}),
    );
    get("/uppercase?text=%ff&invalid=replace", &[]).await.assert_problem(
        400,
        "malformed-request",
        "Malformed request",
        "The query contains '%ff', whose percent-encoded bytes are not UTF-8.",
        json!({}),
    );
}
