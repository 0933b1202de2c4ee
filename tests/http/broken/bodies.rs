//! Bodies that are no picture.

use edge_tests::application;
use http::Method;
use image::ImageFormat;
use serde_json::json;

use crate::pictures::Picture;

#[tokio::test]
async fn an_empty_body_is_no_picture() {
    application().post("/image/grayscale", "").await.assert_problem(
        422,
        "empty-body",
        "Empty body",
        "The picture has no bytes.",
        json!({}),
    );
}

#[tokio::test]
async fn other_bytes_are_no_picture() {
    for body in ["hello", "<svg xmlns='http://www.w3.org/2000/svg'/>", "\0\0\0\0"] {
        application().post("/image/blur", body).await.assert_problem(
            415,
            "not-a-picture",
            "Not a picture",
            "The bytes are no picture; PNG, JPEG, WebP, GIF, BMP, TIFF, ICO, QOI, PNM, AVIF are read.",
            json!({ "allowed": ["PNG", "JPEG", "WebP", "GIF", "BMP", "TIFF", "ICO", "QOI", "PNM", "AVIF"] }),
        );
    }
}

#[tokio::test]
async fn other_media_types_and_codings_are_refused() {
    let file = Picture::new(4, 4, 3, 255).file(ImageFormat::Png);
    let fields = [("content-type", "multipart/form-data; boundary=x")];
    let answer = application().send(Method::POST, "/image/blur", &fields, file.clone()).await;
    answer.assert_problem(
        415,
        "unsupported-media-type",
        "Unsupported media type",
        "The media type 'multipart/form-data' is not read here; this route reads image/*.",
        json!({ "actual": "multipart/form-data" }),
    );
    let fields = [("content-encoding", "identity, br")];
    let answer = application().send(Method::POST, "/image/blur", &fields, file).await;
    assert_eq!(answer.json()["type"], "/problems/unsupported-content-coding");
    assert_eq!(answer.json()["actual"], "br");
}
