//! Averages in linear light, against the book: what is done to 16-bit samples, between the two
//! functions of sRGB (IEC 61966-2-1).

use edge_tests::{application, deploy, manifest};
use image::imageops::{FilterType, resize};
use image::{DynamicImage, ImageFormat};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use serde_json::json;

use crate::pictures::Picture;

/// The highest light.
const MOST: f64 = 65_535.0;

fn to_light(level: f64) -> f64 {
    if level <= 0.040_45 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
}

fn to_level(light: f64) -> f64 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

/// The picture with each colour by `convert`, from 0 to 1, and alpha in proportion.
fn converted(picture: &Picture, most: u64, convert: fn(f64) -> f64) -> Picture {
    let channels = picture.channels;
    let is_alpha = |at: usize| channels.is_multiple_of(2) && at % channels == channels - 1;
    let sample = |(at, &sample): (usize, &u64)| {
        let share = sample as f64 / picture.most as f64;
        ((if is_alpha(at) { share } else { convert(share) }) * most as f64).round() as u64
    };
    let samples = picture.samples.iter().enumerate().map(sample).collect();
    Picture { most, samples, ..*picture }
}

/// What `average` makes of the picture's light, in the picture's levels.
fn in_linear_light(picture: &Picture, average: impl Fn(&Picture) -> Picture) -> Picture {
    converted(&average(&converted(picture, MOST as u64, to_light)), picture.most, to_level)
}

async fn post(path: &str, file: Vec<u8>) -> Picture {
    let answer = application().post(path, file).await;
    assert_eq!(answer.status, 200, "{path} {}", String::from_utf8_lossy(&answer.body));
    Picture::read(&answer.body)
}

#[tokio::test]
async fn a_blur_averages_light() {
    for most in [255, 65_535] {
        for channels in 1..=4 {
            let picture = Picture::new(23, 14, channels, most);
            let file = picture.file(ImageFormat::Png);
            for radius in [1, 3, 127] {
                let path = format!("/image/blur?radius={radius}&light=linear");
                let expected = in_linear_light(&picture, |light| light.blur(radius));
                assert_eq!(post(&path, file.clone()).await, expected, "{path} {channels} {most}");
            }
            // No average, no rounding.
            assert_eq!(post("/image/blur:0?light=linear", file).await, picture);
        }
    }
}

/// Against another implementation of the same filter, of so little contrast that neither cuts
/// anything between its steps: within a level.
#[tokio::test]
async fn a_resize_averages_light() {
    for (channels, width, height) in [(1, 11, 9), (3, 11, 9), (3, 40, 31), (3, 23, 5)] {
        let mut picture = Picture::new(23, 17, channels, 255);
        picture.samples.iter_mut().for_each(|sample| *sample = 120 + *sample / 3);
        let by_library = |light: &Picture| {
            let (width, height) = (width as u32, height as u32);
            let filter = FilterType::Lanczos3;
            let made: DynamicImage = match light.dynamic() {
                DynamicImage::ImageLuma16(light) => resize(&light, width, height, filter).into(),
                DynamicImage::ImageRgb16(light) => resize(&light, width, height, filter).into(),
                other => panic!("{:?}", other.color()),
            };
            let mut file = std::io::Cursor::new(Vec::new());
            made.write_to(&mut file, ImageFormat::Png).unwrap();
            Picture::read(file.get_ref())
        };
        let expected = in_linear_light(&picture, by_library);
        let path = format!("/image/resize:{width}x{height},fill!?light=linear");
        let made = post(&path, picture.file(ImageFormat::Png)).await;
        assert_eq!((made.width, made.height, made.most), (width, height, 255));
        for (at, (made, expected)) in made.samples.iter().zip(&expected.samples).enumerate() {
            assert!(made.abs_diff(*expected) <= 1, "{made} for {expected} at {at}, {path}");
        }
    }
}

/// Half the light of white is 188, not 128.
#[tokio::test]
async fn stripes_of_black_and_white_keep_their_light() {
    let mut stripes = Picture::new(64, 16, 3, 255);
    let columns = stripes.samples.chunks_exact_mut(3).enumerate();
    columns.for_each(|(at, pixel)| pixel.fill(if at % 2 == 0 { 0 } else { 255 }));
    let file = stripes.file(ImageFormat::Png);
    for (query, level) in [("", 128), ("?light=linear", 188)] {
        for operation in ["resize:16x", "gaussian:9", "pixelate:16"] {
            let path = format!("/image/{operation}{query}");
            let made = post(&path, file.clone()).await;
            let row = &made.samples[made.samples.len() / 2..][..made.width * 3];
            let inner = &row[row.len() / 4..row.len() * 3 / 4];
            assert!(inner.iter().all(|sample| sample.abs_diff(level) <= 1), "{path}: {inner:?}");
        }
    }
}

/// The luma of averaged light is not the average of luma: half red and half green.
#[tokio::test]
async fn a_jpeg_is_not_read_as_luma_where_light_is_averaged_first() {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, 100);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    let stripes = [[255, 0, 0], [0, 255, 0]].concat().repeat(32 * 16);
    encoder.encode(&stripes, 64, 16, ColorType::Rgb).unwrap();
    for (query, level) in [("", 113), ("&light=linear", 167)] {
        let path = format!("/image/resize:16x/grayscale?format=jpeg&quality=100{query}");
        let made = post(&path, file.clone()).await;
        let inner = &made.samples[made.width + 4..][..8];
        assert!(inner.iter().all(|sample| sample.abs_diff(level) <= 4), "{path}: {inner:?}");
    }
}

#[tokio::test]
async fn the_pipeline_says_what_is_averaged_in_linear_light() {
    let path = "/image/resize:9x/grayscale/blur/sharpen?file=badge.png&radius=2";
    let plain = application().get(path).await;
    let linear = application().get(&format!("{path}&light=linear")).await;
    assert_eq!(plain.field("image-pipeline"), "resize:9x,inside/grayscale/blur:2/sharpen:1");
    let canonical = "resize:9x,inside,linear/grayscale/blur:2,linear/sharpen:1";
    assert_eq!(linear.field("image-pipeline"), canonical);
    assert_ne!(linear.field("etag"), plain.field("etag"));
    assert_ne!(linear.body, plain.body);
    for query in ["", "&light=linear"] {
        let again = application().get(&format!("/image/{canonical}?file=badge.png{query}")).await;
        assert_eq!(again.field("image-pipeline"), canonical);
        assert_eq!(again.field("etag"), linear.field("etag"));
        assert!(again.body == linear.body);
    }
}

#[tokio::test]
async fn a_preset_may_ask_for_linear_light() {
    application();
    let presets = "soft=blur:2?light=linear;turned=flip?light=linear";
    let Some(app) = deploy(&manifest(), &[("presets", presets)]) else { return };
    let answer = app.get("/image/preset:soft?file=badge.png").await;
    assert_eq!(answer.field("image-pipeline"), "blur:2,linear");
    app.get("/image/preset:turned?file=badge.png").await.assert_problem(
        500,
        "misconfigured",
        "Misconfigured",
        "The variable 'presets' of this deployment has a mistake in 'turned': The parameter 'light' is 'linear'; it must be left out where nothing is resized, blurred or pixelated.",
        json!({ "variable": "presets" }),
    );
}

#[tokio::test]
async fn linear_light_is_refused_where_it_would_change_nothing() {
    for (path, value, allowed) in [
        ("/image/blur?light=gamma", "gamma", "'linear', or left out"),
        ("/image/blur?light=", "", "'linear', or left out"),
        (
            "/image/flip/sharpen/crop:2x2?light=linear",
            "linear",
            "left out where nothing is resized, blurred or pixelated",
        ),
    ] {
        application().post(path, "").await.assert_problem(
            400,
            "invalid-parameter",
            "Invalid parameter",
            &format!("The parameter 'light' is '{value}'; it must be {allowed}."),
            json!({ "parameter": "light", "actual": value }),
        );
    }
    for (segment, allowed) in [
        ("flip,linear", "'flip'"),
        ("sharpen:1,linear", "'sharpen' or 'sharpen:AMOUNT' with an amount from 0.1 to 10"),
        ("blur:5,linear,linear", "'blur' or 'blur:RADIUS' with a radius from 0 to 127"),
    ] {
        application().post(&format!("/image/{segment}"), "").await.assert_problem(
            400,
            "invalid-operation",
            "Invalid operation",
            &format!("The segment '{segment}' can't be read; it must be {allowed}."),
            json!({
                "segment": 0,
                "operation": segment.split([':', ',']).next().unwrap(),
                "actual": segment,
            }),
        );
    }
}
