//! Signed URLs: `sig=` and `expires=`, in a deployment with keys and in one without.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use edge_tests::{App, Origin, application, deploy, manifest, node, output, python, root};
use http::Method;
use image::ImageFormat;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::pictures::Picture;

const OLD: &str = "old-key";
/// Longer than a block of SHA-256, so that it is hashed first.
const NEW: &str = "a-new-key-of-more-than-sixty-four-bytes-0123456789-0123456789-0123456789";

/// RFC 2104, by the letter.
fn hmac_sha256(key: &str, text: &str) -> String {
    let mut block = [0; 64];
    match key.len() {
        0..=64 => block[..key.len()].copy_from_slice(key.as_bytes()),
        _ => block[..32].copy_from_slice(&Sha256::digest(key)),
    }
    let pad = |byte: u8| block.map(|key| key ^ byte);
    let inner = Sha256::digest([&pad(0x36)[..], text.as_bytes()].concat());
    URL_SAFE_NO_PAD.encode(Sha256::digest([&pad(0x5c)[..], &inner].concat()))
}

/// `path?pairs` with its signature in the middle of the pairs.
fn signed(key: &str, path: &str, pairs: &[&str]) -> String {
    let mut sorted = pairs.to_vec();
    sorted.sort_unstable();
    let signature = format!("sig={}", hmac_sha256(key, &format!("{path}?{}", sorted.join("&"))));
    let (before, after) = pairs.split_at(pairs.len() / 2);
    format!("{path}?{}", [before, &[&signature], after].concat().join("&"))
}

/// A deployment with two keys that fetches from `origin`.
fn keyed(origin: &Origin) -> Option<App> {
    application();
    let keys = format!("{OLD}  {NEW}");
    deploy(&manifest(), &[("source_origin", &origin.url("")), ("signing_key", &keys)])
}

fn served(origin: &Origin) -> (Picture, String) {
    let picture = Picture::new(21, 13, 3, 255);
    let url = origin.serve("/signed.png", "image/png", &picture.file(ImageFormat::Png));
    (picture, format!("url={}", url.replace("://", "%3A%2F%2F")))
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

#[tokio::test]
async fn a_signed_url_is_fetched() {
    let origin = Origin::new();
    let Some(app) = keyed(&origin) else { return };
    let (picture, url) = served(&origin);
    for key in [OLD, NEW] {
        let path = signed(key, "/image/blur:2", &[&url, "format=png"]);
        let answer = app.get(&path).await;
        assert_eq!(Picture::read(&answer.body), picture.blur(2), "{key}");
        let head = app.send(Method::HEAD, &path, &[], "").await;
        assert_eq!((head.status.as_u16(), head.field("etag")), (200, answer.field("etag")));
        let path = signed(key, "/hash", &["algorithm=crc32", &url]);
        assert_eq!(app.get(&path).await.text().len(), 8, "{key}");
    }
    // The order of the pairs makes no difference, only their bytes do.
    let path = signed(NEW, "/image/blur:2", &[&url, "format=png"]);
    let (path, query) = path.split_once('?').unwrap();
    let turned: Vec<_> = query.split('&').rev().collect();
    let answer = app.get(&format!("{path}?{}", turned.join("&"))).await;
    assert_eq!(Picture::read(&answer.body), picture.blur(2));
}

#[tokio::test]
async fn without_its_signature_a_url_is_refused_and_the_origin_hears_nothing() {
    let origin = Origin::new();
    let Some(app) = keyed(&origin) else { return };
    let (_, url) = served(&origin);
    for route in ["/image/blur:2", "/image/info", "/hash"] {
        app.get(&format!("{route}?{url}")).await.assert_problem(
            403,
            "missing-signature",
            "Missing signature",
            "This deployment takes only signed URLs here; the parameter 'sig' is missing.",
            json!({}),
        );
    }
    let good = signed(NEW, "/image/blur:2", &[&url, "format=png"]);
    for forged in [
        signed("a-new-key", "/image/blur:2", &[&url, "format=png"]),
        good.replace("blur:2", "blur:3"),
        good.replace("format=png", "format=jpeg"),
        good.replace("format=png", "format=pn%67"),
        good.replace("signed.png", "other.png"),
        good.replace("&format", "&v=1&format"),
        good.replace("&format=png", ""),
        good.replace("sig=", "%73ig="),
        good.replace("&format=png", "=&format=png"),
        format!("/image/blur:2?{url}&sig="),
    ] {
        app.get(&forged).await.assert_problem(
            403,
            "bad-signature",
            "Bad signature",
            "The signature in the parameter 'sig' is not that of this URL.",
            json!({}),
        );
    }
    let twice = app.get(&format!("{good}&%73ig=x")).await;
    assert_eq!(twice.json()["type"], "/problems/repeated-parameter");
    assert_eq!(origin.request_count(), 0);
}

#[tokio::test]
async fn what_is_not_fetched_needs_no_signature_but_a_good_one_lasts() {
    let origin = Origin::new();
    let Some(app) = keyed(&origin) else { return };
    let file = Picture::new(5, 4, 3, 255).file(ImageFormat::Png);
    assert_eq!(app.post("/image/blur", file).await.status, 200);
    assert_eq!(app.post("/hash", "hello").await.text(), "a430d84680aabd0b");
    assert_eq!(app.get("/hash").await.status, 200);
    let answer = app.get("/image/blur?file=badge.png").await;
    assert_eq!(answer.field("cache-control"), "public, max-age=3600");
    let answer = app.get(&signed(NEW, "/image/blur", &["file=badge.png"])).await;
    assert_eq!(answer.field("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(app.get("/image/blur?file=badge.png&sig=x").await.status, 403);
}

#[tokio::test]
async fn a_url_ends_when_it_says() {
    let origin = Origin::new();
    let Some(app) = keyed(&origin) else { return };
    let (_, url) = served(&origin);
    let past = now() - 1;
    for route in ["/image/blur", "/hash"] {
        let answer = app.get(&signed(NEW, route, &[&url, &format!("expires={past}")])).await;
        let told = answer.json()["now"].as_u64().unwrap();
        assert!(told > past && told <= now());
        answer.assert_problem(
            403,
            "expired-url",
            "Expired URL",
            &format!("The URL was good until {past}; it is {told} now."),
            json!({ "expires": past, "now": told }),
        );
    }
    assert_eq!(origin.request_count(), 0);
    let end = now() + 600;
    let path = signed(NEW, "/image/blur", &[&url, &format!("expires={end}")]);
    let answer = app.get(&path).await;
    assert_within(answer.field("cache-control"), end);
    let known = [("if-none-match", answer.field("etag"))];
    let again = app.send(Method::GET, &path, &known, "").await;
    assert_eq!(again.status, 304);
    assert_within(again.field("cache-control"), end);
}

/// That caches keep it at most until `end`, and not for much less.
#[track_caller]
fn assert_within(cache_control: &str, end: u64) {
    let (seconds, rest) =
        cache_control.strip_prefix("public, max-age=").unwrap().split_once(", ").unwrap();
    assert_eq!(rest, "immutable, must-revalidate");
    let until = seconds.parse::<u64>().unwrap() + now();
    assert!(until <= end + 1 && until + 60 > end, "{cache_control} {end}");
}

#[tokio::test]
async fn a_signature_that_cannot_be_checked_is_not_ignored() {
    let app = application();
    let allowed = "left out, since this deployment has no key to check it with";
    for path in ["/image/blur?file=badge.png&sig=abc", "/hash?url=http://a.example/&sig=abc"] {
        app.get(path).await.assert_problem(
            400,
            "invalid-parameter",
            "Invalid parameter",
            &format!("The parameter 'sig' is 'abc'; it must be {allowed}."),
            json!({ "parameter": "sig", "actual": "abc" }),
        );
    }
    app.get("/image/blur?file=badge.png&expires=9999999999").await.assert_problem(
        400,
        "invalid-parameter",
        "Invalid parameter",
        "The parameter 'expires' is '9999999999'; it must be left out of a URL that is not signed.",
        json!({ "parameter": "expires", "actual": "9999999999" }),
    );
}

#[tokio::test]
async fn neither_keys_nor_signatures_are_told_or_logged() {
    let origin = Origin::new();
    let Some(app) = keyed(&origin) else { return };
    let (_, url) = served(&origin);
    let path = signed(NEW, "/image/pixelate:7", &[&url]);
    let signature = path.split("sig=").nth(1).unwrap().split('&').next().unwrap();
    let forged = app.get(&path.replace("pixelate:7", "pixelate:8")).await;
    assert_eq!(forged.status, 403);
    let Some(log) = app.log() else { return };
    let line = log.wait_for("image", |line| line.contains("pixelate:8"));
    for text in [forged.text(), &line] {
        assert!(!text.contains(signature) && !text.contains(OLD) && !text.contains(NEW), "{text}");
    }
}

/// The block of code that a document shows in this language after this heading.
fn snippet(document: &Path, heading: &str, language: &str) -> String {
    let text = std::fs::read_to_string(document).unwrap();
    let section = text.split_once(heading).expect("the heading").1;
    let block = section.split_once(&format!("```{language}\n")).expect("a block").1;
    block.split_once("```").unwrap().0.to_owned()
}

#[test]
fn the_documented_code_signs_alike() {
    let document = root().join("functions/image/README.md");
    let (path, pairs) =
        ("/image/resize:200x/sharpen", ["url=https%3A%2F%2Fa.example%2Fb.png", "v=2"]);
    let url = format!("https://edge.example{path}?{}", pairs.join("&"));
    let signature = hmac_sha256(NEW, &format!("{path}?{}", pairs.join("&")));
    let expected = format!("{url}&sig={signature}\n");
    for (language, call, program) in [
        ("js", "console.log(sign(...process.argv.slice(2)));\n", "sign.mjs"),
        ("python", "import sys\nprint(sign(*sys.argv[1:]))\n", "sign.py"),
    ] {
        let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(program);
        let code = snippet(&document, "## Signed URLs", language);
        std::fs::write(&file, format!("{code}{call}")).unwrap();
        let command = match language {
            "js" => node(file.to_str().unwrap()),
            _ => python(&file),
        };
        let Some(mut command) = command else { continue };
        assert_eq!(output(command.args([&url, NEW])), expected, "{language}");
    }
}
