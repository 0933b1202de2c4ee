//! What caches and browsers are told of pictures: validators, lifetimes, digests and names.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use edge_tests::{Answer, App, Origin, application, deploy, manifest};
use http::Method;
use image::ImageFormat;
use serde_json::json;
use sha2::{Digest, Sha256, Sha512};

use crate::pictures::Picture;

const HOUR: &str = "public, max-age=3600";
const YEAR: &str = "public, max-age=31536000, immutable";

async fn get(app: &App, path: &str, fields: &[(&str, &str)]) -> Answer {
    app.send(Method::GET, path, fields, "").await
}

#[tokio::test]
async fn a_url_with_a_version_lasts() {
    let app = application();
    let mut tags = Vec::new();
    for (query, lifetime) in [("", HOUR), ("&v=1", YEAR), ("&v=2", YEAR), ("&v=", YEAR)] {
        for route in ["/image/flip", "/image/info"] {
            let path = format!("{route}?file=badge.png{query}");
            let answer = app.get(&path).await;
            assert_eq!(answer.field("cache-control"), lifetime, "{path}");
            let again = get(app, &path, &[("if-none-match", answer.field("etag"))]).await;
            assert_eq!((again.status.as_u16(), again.field("cache-control")), (304, lifetime));
            assert_eq!((again.field("vary"), again.field("repr-digest")), ("Accept", ""));
            tags.push(answer.field("etag").to_owned());
        }
    }
    // The version is a matter of the URL, not of the picture.
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 2);
    app.post("/image/flip?v=1", "").await.assert_problem(
        400,
        "invalid-parameter",
        "Invalid parameter",
        "The parameter 'v' is '1'; it must be left out with a body, whose answer no cache keeps.",
        json!({ "parameter": "v", "actual": "1" }),
    );
}

#[tokio::test]
async fn the_deployment_may_choose_the_lifetime() {
    application();
    let chosen = "public, max-age=60, stale-while-revalidate=30";
    let Some(app) = deploy(&manifest(), &[("cache_control", chosen)]) else { return };
    for path in ["/image/flip?file=badge.png", "/image/flip?file=badge.png&v=1"] {
        assert_eq!(app.get(path).await.field("cache-control"), chosen);
    }
    assert_eq!(app.get("/image/flip?file=none.png").await.field("cache-control"), "no-store");
    let file = Picture::new(3, 2, 3, 255).file(ImageFormat::Png);
    assert_eq!(app.post("/image/flip", file).await.field("cache-control"), "");
}

#[tokio::test]
async fn everything_that_decides_the_bytes_decides_the_tag() {
    let app = application();
    let mut tags = Vec::new();
    for (path, accept) in [
        ("/image/flip?file=badge.png", "*/*"),
        ("/image/flip?file=badge.png", "image/webp"),
        ("/image/flip?file=badge.png&format=webp", "*/*"),
        ("/image/flip?file=badge.png&format=jpeg", "*/*"),
        ("/image/flip?file=badge.png&format=jpeg&quality=79", "*/*"),
        ("/image/flip?file=badge.png&format=jpeg&background=000000", "*/*"),
        ("/image/flop?file=badge.png", "*/*"),
        ("/image/flip?file=chart.webp", "*/*"),
    ] {
        tags.push(get(app, path, &[("accept", accept)]).await.field("etag").to_owned());
    }
    // What comes to the same is the same: another order, a default that is spelt out.
    for path in [
        "/image/flip?format=jpeg&file=badge.png",
        "/image/flip?file=badge.png&quality=80&format=jpeg&background=ffffff",
        "/image/fl%69p/?file=badge.png&format=jpeg",
    ] {
        assert_eq!(app.get(path).await.field("etag"), tags[3], "{path}");
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 8);
}

/// An answer with this validator, whose body is yet to come.
fn head(tag: &str, length: usize) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\netag: {tag}\r\ncontent-length: {length}\r\n\r\n").into_bytes()
}

#[tokio::test]
async fn a_strong_validator_of_the_origin_spares_the_picture() {
    let Some(origin) = Origin::shared() else { return };
    let app = application();
    let file = Picture::new(9, 8, 3, 255).file(ImageFormat::Png);
    let url = origin.serve_raw("/tagged/a", &[head("\"1\"", file.len()), file.clone()].concat());
    let path = format!("/image/flip?url={url}");
    let answer = app.get(&path).await;
    assert_eq!((answer.status.as_u16(), answer.field("cache-control")), (200, HOUR));
    let tag = answer.field("etag");
    let known = [("if-none-match", tag)];

    // The same validator, and then nothing: who has the picture is told without it.
    origin.stall_after("/tagged/a", &head("\"1\"", file.len()));
    let again = get(app, &path, &known).await;
    assert_eq!((again.status.as_u16(), again.field("etag")), (304, tag));
    // Whoever would get another format does not have it.
    let other = get(app, &path, &[("accept", "image/webp"), known[0]]).await;
    assert_eq!(other.status, 504);

    // Another validator is another picture, and so is the same at another place.
    origin.serve_raw("/tagged/a", &[head("\"2\"", file.len()), file.clone()].concat());
    let changed = get(app, &path, &known).await;
    assert_eq!((changed.status.as_u16(), &changed.body), (200, &answer.body));
    assert_ne!(changed.field("etag"), tag);
    let url = origin.serve_raw("/tagged/b", &[head("\"1\"", file.len()), file].concat());
    let elsewhere = get(app, &format!("/image/flip?url={url}"), &known).await;
    assert_eq!(elsewhere.status, 200);
}

#[tokio::test]
async fn without_a_strong_validator_the_bytes_decide() {
    let Some(origin) = Origin::shared() else { return };
    let app = application();
    let [one, other] = [9, 10].map(|width| Picture::new(width, 8, 3, 255).file(ImageFormat::Png));
    let mut tags = Vec::new();
    for (tag, file) in [
        ("W/\"1\"", &one),
        ("W/\"2\"", &one),
        ("W/\"1\"", &other),
        ("unquoted", &one),
        ("\"\"", &one),
    ] {
        let answer = [head(tag, file.len()), file.clone()].concat();
        let url = origin.serve_raw("/tagged/weak", &answer);
        let answer = app.get(&format!("/image/flip?url={url}")).await;
        tags.push(answer.field("etag").to_owned());
    }
    assert_eq!([&tags[1], &tags[3], &tags[4]], [&tags[0]; 3]);
    assert_ne!(tags[2], tags[0]);
}

#[tokio::test]
async fn every_picture_has_its_digest() {
    let app = application();
    let path = "/image/flip?file=badge.png";
    let answer = app.get(path).await;
    let sha256 = format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(&answer.body)));
    assert_eq!((answer.field("repr-digest"), answer.field("content-digest")), (&*sha256, ""));
    let head = app.send(Method::HEAD, path, &[], "").await;
    assert_eq!(head.field("repr-digest"), sha256);
    let posted = app.post("/image/flip", Picture::new(7, 5, 4, 255).file(ImageFormat::Qoi)).await;
    let expected = format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(&posted.body)));
    assert_eq!(posted.field("repr-digest"), expected);
    let wanted = get(app, path, &[("want-repr-digest", "sha-512=3, sha-256=1")]).await;
    let sha512 = format!("sha-512=:{}:", STANDARD.encode(Sha512::digest(&answer.body)));
    assert_eq!(wanted.field("repr-digest"), sha512);
}

#[tokio::test]
async fn a_picture_is_saved_under_a_sensible_name() {
    let app = application();
    let name = async |path: &str| app.get(path).await.field("content-disposition").to_owned();
    let saved = |name: &str| format!("inline; filename=\"{name}\"");
    assert_eq!(name("/image/flip?file=landscape.jpg").await, saved("landscape.jpg"));
    assert_eq!(name("/image/flip?file=landscape.jpg&format=webp").await, saved("landscape.webp"));
    assert_eq!(name("/image/flip?file=globe.gif&format=png").await, saved("globe.png"));
    assert_eq!(name("/image/info?file=globe.gif").await, "");
    let file = Picture::new(3, 2, 3, 255).file(ImageFormat::Png);
    let posted = app.post("/image/flip?format=jpeg", file.clone()).await;
    assert_eq!(posted.field("content-disposition"), saved("picture.jpg"));

    let Some(origin) = Origin::shared() else { return };
    for (path, expected) in [
        ("/named/a%20b.tar.png", saved("a b.tar.png")),
        ("/named/", saved("named.png")),
        ("/named/x.png?y=/z.gif", saved("x.png")),
        ("/named/%22%0d%0aSet-Cookie:%20a.png", saved("Set-Cookie_ a.png")),
        ("/named/Caf%C3%A9.jpg", saved("Caf_.png") + "; filename*=UTF-8''Caf%C3%A9.png"),
    ] {
        let url = origin.serve(path, "image/png", &file);
        let escaped = url.replace('%', "%25");
        assert_eq!(name(&format!("/image/flip?url={escaped}")).await, expected, "{path}");
    }
}
