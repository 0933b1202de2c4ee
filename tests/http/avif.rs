//! AVIF in: the files of `tests/data/avif`.

use edge_tests::application;
use image::{DynamicImage, ImageFormat, load_from_memory, load_from_memory_with_format};
use serde_json::json;

macro_rules! file {
    ($name:literal) => {
        include_bytes!(concat!("../data/avif/", $name)).to_vec()
    };
}

/// Whether no level of two pictures of the same kind is further apart than `most`.
fn are_near(one: &DynamicImage, other: &DynamicImage, most: u16) -> bool {
    let near = |one: &[u16], other: &[u16]| {
        one.len() == other.len()
            && one.iter().zip(other).all(|(one, other)| one.abs_diff(*other) <= most)
    };
    one.color() == other.color()
        && (one.width(), one.height()) == (other.width(), other.height())
        && near(one.to_rgba16().as_raw(), other.to_rgba16().as_raw())
}

#[tokio::test]
async fn a_picture_goes_out_as_png() {
    for (file, reference) in [
        (file!("420.avif"), file!("420.png")),
        (file!("limited.avif"), file!("limited.png")),
        (file!("10-bit.avif"), file!("10-bit.png")),
        (file!("gray.avif"), file!("gray.png")),
        (file!("alpha.avif"), file!("alpha.png")),
    ] {
        let answer = application().post("/image/flip/flip", file).await;
        assert_eq!((answer.status.as_u16(), answer.field("content-type")), (200, "image/png"));
        let ours = load_from_memory_with_format(&answer.body, ImageFormat::Png).unwrap();
        // A level of 8 bits is 257 of 16.
        assert!(are_near(&ours, &load_from_memory(&reference).unwrap(), 257));
    }
}

#[tokio::test]
async fn a_picture_goes_out_as_what_is_asked_for() {
    let turned = application().post("/image/resize:7x?format=jpeg", file!("turned.avif")).await;
    assert_eq!(turned.field("content-type"), "image/jpeg");
    let turned = load_from_memory(&turned.body).unwrap();
    assert_eq!((turned.width(), turned.height()), (7, 11));
}

#[tokio::test]
async fn a_picture_is_described() {
    let file = file!("turned.avif");
    let bytes = file.len();
    let info = application().post("/image/info?thumbhash=0", file).await.json();
    let expected = json!({
        "format": "AVIF", "width": 21, "height": 33, "orientation": 7, "alpha": false,
        "colour_type": "ycbcr", "bit_depth": 8, "frames": 1, "bytes": bytes, "icc_profile": null,
        "camera": null,
    });
    assert_eq!(info, expected);
}

#[tokio::test]
async fn sequences_grids_and_high_dynamic_range_are_not_read() {
    for file in [file!("sequence.avif"), file!("grid.avif"), file!("pq.avif")] {
        application().post("/image/grayscale", file).await.assert_problem(
            415,
            "unsupported-picture",
            "Unsupported picture",
            "The AVIF picture uses a feature that is not read here.",
            json!({}),
        );
    }
}

#[tokio::test]
async fn a_cut_picture_is_told() {
    let file = file!("alpha.avif");
    for length in (8..file.len()).step_by(7) {
        application().post("/image/grayscale", file[..length].to_vec()).await.assert_problem(
            422,
            "truncated-picture",
            "Truncated picture",
            "The AVIF picture ends before its data is complete.",
            json!({}),
        );
    }
}

#[tokio::test]
async fn sides_that_are_announced_are_limited() {
    let mut large = file!("420.avif");
    let at = large.windows(4).position(|kind| kind == b"ispe").unwrap() + 8;
    large[at..at + 4].copy_from_slice(&40_000u32.to_be_bytes());
    let answer = application().post("/image/grayscale", large.clone()).await;
    assert_eq!(
        answer.json()["detail"],
        "The picture's longer side has 40000 pixels; at most 32767 are allowed."
    );
    // A container that contradicts the coded picture.
    large[at..at + 4].copy_from_slice(&34u32.to_be_bytes());
    application().post("/image/grayscale", large).await.assert_problem(
        422,
        "malformed-picture",
        "Malformed picture",
        "The data of the AVIF picture is malformed.",
        json!({}),
    );
}
