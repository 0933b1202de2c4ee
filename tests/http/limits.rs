//! Limits, which hold before anything is allocated.

use edge_tests::{application, deploy, manifest};
use image::ImageFormat;
use serde_json::json;

use crate::pictures::{Picture, crc32, jpeg};

const MIB: usize = 1024 * 1024;

/// A PNG whose header announces these sides, and whose data is what it may be.
fn announcing(width: u32, height: u32) -> Vec<u8> {
    let mut file = Picture::new(1, 1, 3, 255).file(ImageFormat::Png);
    file[16..20].copy_from_slice(&width.to_be_bytes());
    file[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&file[12..29]);
    file[29..33].copy_from_slice(&checksum.to_be_bytes());
    file
}

#[tokio::test]
async fn a_long_side() {
    let picture = Picture::new(32_768, 1, 3, 255);
    application().post("/image/grayscale", picture.file(ImageFormat::Png)).await.assert_problem(
        413,
        "picture-too-large",
        "Picture too large",
        "The picture's longer side has 32768 pixels; at most 32767 are allowed.",
        json!({ "limit": 32_767, "actual": 32_768 }),
    );
    let picture = Picture::new(32_767, 1, 3, 255);
    let answer = application().post("/image/grayscale", picture.file(ImageFormat::Png)).await;
    assert_eq!(Picture::read(&answer.body), picture.grayscale());
}

#[tokio::test]
async fn a_header_that_promises_too_much() {
    application().post("/image/blur", announcing(60_000, 60_000)).await.assert_problem(
        413,
        "picture-too-large",
        "Picture too large",
        "The picture's longer side has 60000 pixels; at most 32767 are allowed.",
        json!({ "limit": 32_767, "actual": 60_000 }),
    );
    application().post("/image/blur", announcing(30_000, 20_000)).await.assert_problem(
        413,
        "picture-too-large",
        "Picture too large",
        "The picture has 600000000 pixels; at most 50000000 are allowed.",
        json!({ "limit": 50_000_000, "actual": 600_000_000 }),
    );
    let answer = application().post("/image/blur", announcing(7_000, 7_000)).await;
    let (estimate, budget) = (answer.json()["estimate"].clone(), 134_217_728);
    assert!(estimate.as_u64().unwrap() > budget);
    answer.assert_problem(
        413,
        "memory-budget",
        "Memory budget exceeded",
        &format!("The picture needs about {estimate} bytes of memory; the budget is {budget}."),
        json!({ "estimate": estimate, "budget": budget }),
    );
}

#[tokio::test]
async fn a_side_that_the_output_cannot_hold() {
    let picture = Picture::new(16_385, 1, 3, 255);
    let file = picture.file(ImageFormat::Png);
    application().post("/image/grayscale?format=webp", file).await.assert_problem(
        422,
        "output-too-large",
        "Output too large",
        "The picture's longer side has 16385 pixels; WebP holds at most 16384.",
        json!({ "limit": 16_384, "actual": 16_385 }),
    );
}

#[tokio::test]
async fn a_large_file() {
    let limit = 32 * MIB;
    application().post("/image/grayscale", vec![0; limit + 1]).await.assert_problem(
        413,
        "body-too-large",
        "Body too large",
        "The body has 33554433 bytes; at most 33554432 are allowed.",
        json!({ "limit": limit, "actual": limit + 1 }),
    );
    let mut upload = application().upload("/image/grayscale");
    for _ in 0..33 {
        if !upload.try_send(vec![0; MIB]).await {
            break;
        }
    }
    upload.finish().await.assert_problem(
        413,
        "body-too-large",
        "Body too large",
        "The body has more than the 33554432 bytes that are allowed.",
        json!({ "limit": limit }),
    );
}

/// Posts a photograph of these sides and expects a JPEG of as many channels, made in at most so
/// much memory.
async fn check_photograph(path: &str, sides: (u16, u16), channels: usize, most_bytes: usize) {
    let file = jpeg(sides.0, sides.1, false, None);
    let Some(app) = deploy(&manifest(), &[]) else { return };
    let answer = app.post(path, file).await;
    assert_eq!((answer.status.as_u16(), answer.field("content-type")), (200, "image/jpeg"));
    let picture = Picture::read(&answer.body);
    let shape = (picture.width, picture.height, picture.channels);
    assert_eq!(shape, (usize::from(sides.0), usize::from(sides.1), channels));
    let peak = app.peak_memory_bytes("image").unwrap();
    assert!(peak <= most_bytes, "{path} {sides:?} {peak}");
}

#[tokio::test]
async fn photographs_of_12_24_and_48_megapixels_fit() {
    check_photograph("/image/blur", (4_000, 3_000), 3, 64 * MIB).await;
    check_photograph("/image/blur", (6_000, 4_000), 3, 128 * MIB).await;
    check_photograph("/image/grayscale", (8_000, 6_000), 1, 128 * MIB).await;
}

#[tokio::test]
async fn streams_take_constant_memory() {
    let Some(app) = deploy(&manifest(), &[]) else { return };
    let body = "straße ".repeat(8 * MIB);
    let upper = app.post("/uppercase", body.clone()).await;
    assert!(upper.text() == "STRASSE ".repeat(8 * MIB));
    assert_eq!(app.post("/hash", body).await.body.len(), 16);
    for component in ["hash", "uppercase"] {
        let peak = app.peak_memory_bytes(component).unwrap();
        assert!(peak <= 8 * MIB, "{component} {peak}");
    }
}

#[tokio::test]
async fn what_is_within_the_estimate_never_fails_for_memory() {
    // Noise, which no encoder makes smaller, in the largest size that the budget lets through.
    let Some(app) = deploy(&manifest(), &[]) else { return };
    for (format, query) in [
        (ImageFormat::Png, "png"),
        (ImageFormat::Png, "jpeg"),
        (ImageFormat::Png, "webp"),
        (ImageFormat::WebP, "webp"),
        (ImageFormat::Tiff, "png"),
        (ImageFormat::Bmp, "png"),
    ] {
        let (mut fits, mut too_large) = (100, 5_000);
        while too_large - fits > 400 {
            let side = (fits + too_large) / 2;
            let file = noise(side).file(format);
            let answer = app.post(&format!("/image/blur?radius=0&format={query}"), file).await;
            match answer.status.as_u16() {
                200 => fits = side,
                413 if answer.json()["estimate"].is_u64() => too_large = side,
                413 => too_large = side,
                _ => panic!("{format:?} {query} {side} {}", answer.text()),
            }
        }
        assert!(fits > 1_000, "{format:?} {query} {fits}");
        // Without a length the body takes more memory on its way in.
        let mut upload = app.upload(&format!("/image/blur?radius=0&format={query}"));
        upload.send(noise(fits).file(format)).await;
        let status = upload.finish().await.status.as_u16();
        assert!(matches!(status, 200 | 413), "{format:?} {query} {fits} {status}");
    }
}

fn noise(side: usize) -> Picture {
    let mut state = 1u64;
    let sample = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 56
    };
    let samples = std::iter::repeat_with(sample).take(side * side * 3).collect();
    Picture { width: side, height: side, channels: 3, most: 255, samples }
}
