//! Files that are cut short.

use edge_tests::application;
use image::ImageFormat;
use serde_json::json;

use crate::pictures::{Picture, jpeg};

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
async fn a_cut_ico_is_told() {
    assert_cuts_are_told(&Picture::new(20, 16, 4, 255).file(ImageFormat::Ico), "ICO").await;
}

#[tokio::test]
async fn a_cut_qoi_is_told() {
    assert_cuts_are_told(&Picture::new(60, 40, 4, 255).file(ImageFormat::Qoi), "QOI").await;
}

#[tokio::test]
async fn a_cut_pnm_is_told() {
    for channels in [1, 2, 3, 4] {
        let file = Picture::new(60, 40, channels, 255).file(ImageFormat::Pnm);
        assert_cuts_are_told(&file, "PNM").await;
    }
    assert_cuts_are_told(b"P2 4 4 255 1 22 3 4 5 6 7 8 9 10 11 12 13 14 15 6", "PNM").await;
}
