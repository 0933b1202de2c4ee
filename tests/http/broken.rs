//! Input that is no picture, or not all of one.

use edge_tests::application;
use http::Method;
use image::ImageFormat;
use serde_json::json;

use crate::pictures::{Picture, jpeg};

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
            "The bytes are no picture; PNG, JPEG, WebP, GIF, BMP, TIFF, ICO, QOI, PNM are read.",
            json!({ "allowed": ["PNG", "JPEG", "WebP", "GIF", "BMP", "TIFF", "ICO", "QOI", "PNM"] }),
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

/// Every cut of `file` is answered with the problem that it is cut.
async fn assert_cuts_are_told(file: &[u8], name: &str) {
    let step = (file.len() / 40).max(1);
    let ends = (1..file.len()).step_by(step).chain(1..16).chain(file.len() - 16..file.len());
    for length in ends {
        let answer = application().post("/image/grayscale", file[..length].to_vec()).await;
        let detail = format!("The {name} picture ends before its data is complete.");
        assert_eq!(answer.json()["detail"], detail, "{length} of {}", file.len());
        answer.assert_problem(422, "truncated-picture", "Truncated picture", &detail, json!({}));
    }
}

#[tokio::test]
async fn a_cut_png_is_told() {
    assert_cuts_are_told(&Picture::new(60, 40, 3, 255).file(ImageFormat::Png), "PNG").await;
}

#[tokio::test]
async fn a_cut_jpeg_is_told() {
    assert_cuts_are_told(&jpeg(160, 120, false, Some(1)), "JPEG").await;
}

#[tokio::test]
async fn a_cut_progressive_jpeg_is_told() {
    assert_cuts_are_told(&jpeg(160, 120, true, None), "JPEG").await;
}

#[tokio::test]
async fn a_cut_webp_is_told() {
    assert_cuts_are_told(&Picture::new(60, 40, 4, 255).file(ImageFormat::WebP), "WebP").await;
}

#[tokio::test]
async fn a_cut_bmp_is_told() {
    assert_cuts_are_told(&Picture::new(60, 40, 3, 255).file(ImageFormat::Bmp), "BMP").await;
}

#[tokio::test]
async fn a_cut_tiff_is_told() {
    assert_cuts_are_told(&Picture::new(60, 40, 3, 255).file(ImageFormat::Tiff), "TIFF").await;
}

#[tokio::test]
async fn a_cut_gif_is_told() {
    let mut picture = Picture::new(60, 40, 4, 255);
    picture.samples.chunks_exact_mut(4).for_each(|pixel| pixel[3] = 255);
    // The end code and the two trailers say nothing of the first frame.
    let file = picture.file(ImageFormat::Gif);
    assert_cuts_are_told(&file[..file.len() - 4], "GIF").await;
}

#[tokio::test]
async fn damage_is_never_a_server_error() {
    let files = [
        Picture::new(33, 21, 4, 255).file(ImageFormat::Png),
        Picture::new(33, 21, 4, 255).file(ImageFormat::WebP),
        Picture::new(33, 21, 3, 255).file(ImageFormat::Bmp),
        Picture::new(33, 21, 3, 255).file(ImageFormat::Tiff),
        jpeg(33, 21, false, Some(3)),
        jpeg(33, 21, true, None),
    ];
    for file in files {
        for at in (0..file.len()).step_by((file.len() / 60).max(1)) {
            for damage in [0x00, 0xff, file[at] ^ 0x55] {
                let mut damaged = file.clone();
                damaged[at] = damage;
                let answer = application().post("/image/blur?radius=1", damaged).await;
                let known = matches!(answer.status.as_u16(), 200 | 413 | 415 | 422);
                assert!(known, "{at} {damage} {:?} {}", &file[..4], answer.status);
            }
        }
    }
}

#[tokio::test]
async fn a_damaged_checksum_is_told() {
    let mut file = Picture::new(8, 8, 3, 255).file(ImageFormat::Png);
    file[29] ^= 1; // The header chunk's CRC.
    application().post("/image/blur", file).await.assert_problem(
        422,
        "malformed-picture",
        "Malformed picture",
        "The data of the PNG picture is malformed.",
        json!({}),
    );
}

/// A little-endian TIFF of one directory: tag, type, count and value.
fn tiff(entries: &[(u16, u16, u32, u32)], length: usize) -> Vec<u8> {
    let mut file = b"II*\0\x08\0\0\0".to_vec();
    file.extend((entries.len() as u16).to_le_bytes());
    for (tag, kind, count, value) in entries {
        file.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
        file.extend([count.to_le_bytes(), value.to_le_bytes()].concat());
    }
    file.resize(length, 0);
    file
}

#[tokio::test]
async fn a_tag_with_ten_million_values_is_refused() {
    let file = tiff(&[(256, 3, 1, 4), (257, 3, 1, 4), (339, 3, 10_000_000, 8)], 600);
    let detail = "The TIFF picture ends before its data is complete.";
    let answer = application().post("/image/grayscale", file).await;
    answer.assert_problem(422, "truncated-picture", "Truncated picture", detail, json!({}));
    let file = tiff(&[(256, 3, 1, 4), (257, 3, 1, 4), (339, 3, 10_000_000, 8)], 20_000_100);
    let detail = "The TIFF picture uses a feature that is not read here.";
    let answer = application().post("/image/grayscale", file).await;
    answer.assert_problem(415, "unsupported-picture", "Unsupported picture", detail, json!({}));
}

#[tokio::test]
async fn an_animated_webp_is_refused() {
    let mut file = b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x03\0\0\x03\0\0".to_vec();
    file.extend(b"ANIM\0\0\0\0");
    file[4] = (file.len() - 8) as u8;
    let detail = "The WebP picture uses a feature that is not read here.";
    let answer = application().post("/image/blur", file).await;
    answer.assert_problem(415, "unsupported-picture", "Unsupported picture", detail, json!({}));
}

#[tokio::test]
async fn a_jpeg_that_announces_more_than_it_has_is_told() {
    let mut file = jpeg(16, 16, false, None);
    let frame = file.windows(2).position(|marker| marker == b"\xff\xc0").unwrap();
    file[frame + 5..frame + 9].copy_from_slice(&[0x13, 0x88, 0x13, 0x88]);
    let detail = "The JPEG picture ends before its data is complete.";
    let answer = application().post("/image/grayscale?format=png", file).await;
    answer.assert_problem(422, "truncated-picture", "Truncated picture", detail, json!({}));
}
