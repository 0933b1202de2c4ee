//! `/image/info`: what a picture is, without decoding it.

use edge_tests::application;
use http::Method;
use image::ImageFormat;
use serde_json::json;

use crate::pictures::{Picture, jpeg};

#[tokio::test]
async fn a_photograph_is_described_as_it_is_seen() {
    let file = jpeg(48, 32, true, Some(6));
    let bytes = file.len();
    let answer = application().post("/image/info", file).await;
    assert_eq!((answer.status.as_u16(), answer.field("content-type")), (200, "application/json"));
    assert_eq!((answer.field("vary"), answer.field("etag")), ("Accept", ""));
    let info = json!({
        "format": "JPEG", "width": 32, "height": 48, "orientation": 6, "alpha": false,
        "colour_type": "ycbcr", "bit_depth": 8, "frames": 1, "bytes": bytes, "icc_profile": null,
    });
    assert_eq!(answer.json(), info);
}

#[tokio::test]
async fn every_kind_of_png() {
    for (channels, most, colour, depth) in [
        (1, 255, "gray", 8),
        (2, 255, "gray-alpha", 8),
        (3, 65_535, "rgb", 16),
        (4, 65_535, "rgba", 16),
    ] {
        let file = Picture::new(7, 5, channels, most).file(ImageFormat::Png);
        let bytes = file.len();
        let info = application().post("/image/info", file).await.json();
        let expected = json!({
            "format": "PNG", "width": 7, "height": 5, "orientation": 1,
            "alpha": channels % 2 == 0, "colour_type": colour, "bit_depth": depth, "frames": 1,
            "bytes": bytes, "icc_profile": null,
        });
        assert_eq!(info, expected);
    }
}

#[tokio::test]
async fn samples_are_described_by_get() {
    for (file, format) in [
        ("landscape.jpg", "JPEG"),
        ("badge.png", "PNG"),
        ("chart.webp", "WebP"),
        ("globe.gif", "GIF"),
    ] {
        let path = format!("/image/info?file={file}");
        let answer = application().get(&path).await;
        assert_eq!(answer.json()["format"], format, "{file}");
        assert!(!answer.field("etag").is_empty());
        let head = application().send(Method::HEAD, &path, &[], "").await;
        assert_eq!(head.field("content-length"), answer.body.len().to_string());
    }
}

#[tokio::test]
async fn what_cannot_be_described() {
    let accept = [("accept", "image/png")];
    application().send(Method::POST, "/image/info", &accept, "").await.assert_problem(
        406,
        "not-acceptable",
        "Not acceptable",
        "The Accept field takes none of what can be made here: application/json.",
        json!({ "allowed": ["application/json"] }),
    );
    application().post("/image/info", "").await.assert_problem(
        422,
        "empty-body",
        "Empty body",
        "The picture has no bytes.",
        json!({}),
    );
    application().post("/image/info?format=png", "").await.assert_problem(
        400,
        "unknown-parameter",
        "Unknown parameter",
        "The parameter 'format' is not known; this route takes 'file', 'url', 'v', 'sig' and 'expires'.",
        json!({ "parameter": "format", "allowed": ["file", "url", "v", "sig", "expires"] }),
    );
}
