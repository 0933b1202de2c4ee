use edge_tests::application;
use http::Method;
use image::ImageFormat;
use serde_json::json;

use crate::pictures::{Picture, jpeg};

/// Posts a file and reads the picture that comes back.
async fn post(path: &str, file: Vec<u8>) -> Picture {
    let answer = application().post(path, file).await;
    assert_eq!(answer.status, 200, "{path} {}", String::from_utf8_lossy(&answer.body));
    Picture::read(&answer.body)
}

#[tokio::test]
async fn png_of_every_kind_to_the_last_bit() {
    for (channels, most) in [1, 2, 3, 4].into_iter().flat_map(|n| [(n, 255), (n, 65_535)]) {
        let picture = Picture::new(37, 23, channels, most);
        let file = picture.file(ImageFormat::Png);
        assert_eq!(post("/image/grayscale", file.clone()).await, picture.grayscale());
        assert_eq!(post("/image/blur", file.clone()).await, picture.blur(5));
        assert_eq!(post("/image/blur?radius=0", file.clone()).await, picture);
        assert_eq!(post("/image/blur?radius=127", file).await, picture.blur(127));
    }
}

#[tokio::test]
async fn small_and_narrow_pictures() {
    for (width, height) in [(1, 1), (1, 40), (40, 1), (2, 3), (16, 16), (17, 5)] {
        let picture = Picture::new(width, height, 4, 255);
        let blurred = post("/image/blur?radius=3", picture.file(ImageFormat::Png)).await;
        assert_eq!(blurred, picture.blur(3), "{width} x {height}");
    }
}

#[tokio::test]
async fn other_lossless_formats_to_the_last_bit() {
    for (format, channels) in [
        (ImageFormat::WebP, 3),
        (ImageFormat::WebP, 4),
        (ImageFormat::Bmp, 3),
        (ImageFormat::Tiff, 1),
        (ImageFormat::Tiff, 3),
        (ImageFormat::Tiff, 4),
        (ImageFormat::Ico, 4),
        (ImageFormat::Qoi, 3),
        (ImageFormat::Qoi, 4),
        (ImageFormat::Pnm, 1),
        (ImageFormat::Pnm, 2),
        (ImageFormat::Pnm, 3),
        (ImageFormat::Pnm, 4),
    ] {
        let picture = Picture::new(41, 19, channels, 255);
        let file = picture.file(format);
        let gray = post("/image/grayscale?format=png", file.clone()).await;
        assert_eq!(gray, picture.grayscale(), "{format:?} {channels}");
        let blurred = post("/image/blur?radius=2&format=png", file).await;
        assert_eq!(blurred, picture.blur(2), "{format:?} {channels}");
    }
    let wide = Picture::new(20, 10, 3, 65_535);
    assert_eq!(post("/image/grayscale", wide.file(ImageFormat::Tiff)).await, wide.grayscale());
}

#[tokio::test]
async fn qoi_is_written_where_it_is_asked_for() {
    for (query, accept) in [("format=qoi", "*/*"), ("format=qoi", "text/html"), ("", "image/qoi")] {
        for (channels, format) in
            [(3, ImageFormat::Qoi), (3, ImageFormat::Bmp), (4, ImageFormat::Png)]
        {
            let picture = Picture::new(41, 19, channels, 255);
            let path = format!("/image/blur?radius=2&{query}");
            let fields = [("accept", accept)];
            let file = picture.file(format);
            let answer = application().send(Method::POST, &path, &fields, file).await;
            assert_eq!((answer.status.as_u16(), answer.field("content-type")), (200, "image/qoi"));
            assert_eq!(Picture::read(&answer.body), picture.blur(2), "{query} {accept} {format:?}");
        }
    }
    // It has no gray of its own.
    let picture = Picture::new(9, 7, 4, 255);
    let file = picture.file(ImageFormat::Qoi);
    let gray = post("/image/grayscale?format=qoi", file).await;
    let colours = |pixel: &[u64]| [pixel[0], pixel[0], pixel[0], pixel[1]];
    let samples = picture.grayscale().samples.chunks_exact(2).flat_map(colours).collect();
    assert_eq!(gray, Picture { samples, ..picture });
}

#[tokio::test]
async fn a_still_gif_becomes_png() {
    // A few colours, so that the palette holds them all.
    let mut picture = Picture::new(30, 20, 4, 255);
    for pixel in picture.samples.chunks_exact_mut(4) {
        pixel.iter_mut().take(3).for_each(|sample| *sample &= 0xc0);
        pixel[3] = 255;
    }
    let file = picture.file(ImageFormat::Gif);
    let read = Picture::read(&file);
    assert_eq!(post("/image/grayscale", file.clone()).await, read.grayscale());
    let answer = application().post("/image/blur", file).await;
    assert_eq!(answer.field("content-type"), "image/png");
    assert_eq!(Picture::read(&answer.body), read.blur(5));
}

/// The largest and the mean difference between two pictures' samples.
fn difference(a: &Picture, b: &Picture) -> (u64, f64) {
    assert_eq!((a.width, a.height, a.channels), (b.width, b.height, b.channels));
    let differences = a.samples.iter().zip(&b.samples).map(|(a, b)| a.abs_diff(*b));
    let sum: u64 = differences.clone().sum();
    (differences.max().unwrap(), sum as f64 / a.samples.len() as f64)
}

#[tokio::test]
async fn jpeg_baseline_and_progressive() {
    for progressive in [false, true] {
        let file = jpeg(330, 221, progressive, None);
        // Decoders may differ by a level or two in the inverse transform and the upsampling.
        let decoded = Picture::read(&file);
        let gray = post("/image/grayscale?format=png", file.clone()).await;
        let (most, mean) = difference(&gray, &decoded.grayscale());
        assert!(most <= 4 && mean < 0.5, "{progressive} {most} {mean}");
        let blurred = post("/image/blur?format=png", file.clone()).await;
        let (most, mean) = difference(&blurred, &decoded.blur(5));
        assert!(most <= 2 && mean < 0.5, "{progressive} {most} {mean}");

        let answer = application().post("/image/grayscale", file).await;
        assert_eq!(answer.field("content-type"), "image/jpeg");
        let (_, mean) = difference(&Picture::read(&answer.body), &decoded.grayscale());
        assert!(mean < 4.0, "{progressive} {mean}");
    }
}

#[tokio::test]
async fn a_photograph_is_turned_upright() {
    let stored = Picture::read(&jpeg(48, 32, false, None));
    let upright = post("/image/blur?radius=0&format=png", jpeg(48, 32, false, Some(6))).await;
    assert_eq!((upright.width, upright.height), (32, 48));
    let turned = stored.dynamic().rotate90();
    let (most, _) = difference(
        &upright,
        &Picture {
            samples: turned.as_bytes().iter().map(|byte| u64::from(*byte)).collect(),
            ..upright.clone()
        },
    );
    assert!(most <= 4, "{most}");
}

#[tokio::test]
async fn the_format_follows_the_picture_and_the_caller() {
    let rgb = Picture::new(24, 24, 3, 255);
    let (png, webp) = (rgb.file(ImageFormat::Png), rgb.file(ImageFormat::WebP));
    let photo = jpeg(24, 24, false, None);
    for (file, query, accept, media) in [
        (&png, "", "*/*", "image/png"),
        (&webp, "", "image/*", "image/webp"),
        (&photo, "", "image/avif,image/webp,image/apng,*/*;q=0.8", "image/jpeg"),
        (&photo, "?format=webp", "image/png", "image/webp"),
        (&photo, "?format=png", "text/html", "image/png"),
        (&png, "?format=jpeg", "*/*", "image/jpeg"),
        (&png, "", "image/webp", "image/webp"),
        (&png, "", "image/png;q=0.3, image/jpeg;q=0.7", "image/jpeg"),
    ] {
        let path = format!("/image/grayscale{query}");
        let answer =
            application().send(Method::POST, &path, &[("accept", accept)], file.clone()).await;
        assert_eq!((answer.status.as_u16(), answer.field("content-type")), (200, media));
        assert_eq!(answer.field("vary"), if query.is_empty() { "Accept" } else { "" });
        assert_eq!((answer.field("etag"), answer.field("cache-control")), ("", ""));
    }
}

#[tokio::test]
async fn what_is_declared_does_not_matter_while_it_is_a_picture() {
    let picture = Picture::new(9, 9, 3, 255);
    for media in ["image/jpeg", "image/png", "image/x-unheard-of", "application/octet-stream"] {
        let fields = [("content-type", media)];
        let file = picture.file(ImageFormat::Png);
        let answer = application().send(Method::PUT, "/image/grayscale", &fields, file).await;
        assert_eq!(Picture::read(&answer.body), picture.grayscale(), "{media}");
    }
}

#[tokio::test]
async fn transparency_lies_on_white_in_a_jpeg() {
    let mut picture = Picture::new(16, 16, 4, 255);
    picture.samples.chunks_exact_mut(4).for_each(|pixel| pixel.copy_from_slice(&[200, 0, 0, 0]));
    let answer = post("/image/blur?radius=0&format=jpeg", picture.file(ImageFormat::Png)).await;
    assert_eq!(answer.channels, 3);
    assert!(answer.samples.iter().all(|sample| *sample >= 254), "{:?}", &answer.samples[..3]);
}

#[tokio::test]
async fn the_steps_are_timed() {
    let file = Picture::new(9, 9, 3, 255).file(ImageFormat::Png);
    let answer = application().post("/image/blur", file).await;
    let timing = answer.field("server-timing");
    let names: Vec<_> = timing.split(", ").map(|lap| lap.split(";dur=").next().unwrap()).collect();
    assert_eq!(names, ["read", "decode", "blur", "encode"]);
}

#[tokio::test]
async fn radius_and_format_are_checked() {
    application().post("/image/blur?radius=128", "").await.assert_problem(
        400,
        "invalid-parameter",
        "Invalid parameter",
        "The parameter 'radius' is '128'; it must be a whole number from 0 to 127.",
        json!({ "parameter": "radius", "actual": "128", "minimum": 0, "maximum": 127 }),
    );
    application().post("/image/grayscale?format=tiff", "").await.assert_problem(
        400,
        "invalid-parameter",
        "Invalid parameter",
        "The parameter 'format' is 'tiff'; it must be one of png, jpeg, webp, gif, qoi.",
        json!({ "parameter": "format", "actual": "tiff" }),
    );
    let accept = [("accept", "text/html")];
    application().send(Method::POST, "/image/blur", &accept, "").await.assert_problem(
        406,
        "not-acceptable",
        "Not acceptable",
        "The Accept field takes none of what can be made here: image/png, image/jpeg, image/webp, image/gif, image/qoi.",
        json!({ "allowed": ["image/png", "image/jpeg", "image/webp", "image/gif", "image/qoi"] }),
    );
}

#[tokio::test]
async fn a_profile_is_converted_to_srgb() {
    // Gray samples in linear light: half of it is 188 in sRGB.
    let profile = moxcms::ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();
    let mut picture = Picture::new(5, 4, 1, 255);
    picture.samples.fill(128);
    let mut file = Vec::new();
    let mut encoder = image::codecs::png::PngEncoder::new(&mut file);
    image::ImageEncoder::set_icc_profile(&mut encoder, profile).unwrap();
    picture.dynamic().write_with_encoder(encoder).unwrap();
    let upright = post("/image/blur?radius=0", file).await;
    assert_eq!((upright.channels, upright.samples), (1, vec![188; 20]));
}
