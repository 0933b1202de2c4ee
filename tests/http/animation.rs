//! Animations: every frame processed, or one of them.

use std::io::Cursor;

use edge_tests::{Answer, application, deploy, manifest};
use http::Method;
use image::codecs::gif::{GifDecoder, GifEncoder, Repeat};
use image::codecs::png::PngDecoder;
use image::{AnimationDecoder, Delay, Frame, ImageFormat, RgbaImage};
use serde_json::json;

use crate::pictures::{Picture, chunk, riff};

const WIDTH: u32 = 24;
const HEIGHT: u32 = 18;

/// Pixels of few colours, opaque but for a corner, that tell where and in which frame they are.
fn frame(number: u32) -> RgbaImage {
    RgbaImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let level = |step: u32| ((x / 3 * step + y / 3 * 2 + number * 5) % 6 * 51) as u8;
        let alpha = if x < 4 && y < 4 { 0 } else { 255 };
        image::Rgba(if alpha == 0 { [0; 4] } else { [level(1), level(2), level(3), alpha] })
    })
}

/// The delays, in milliseconds, of the frames of all animations here.
const DELAYS: [u32; 3] = [0, 70, 1_230];

fn gif() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut file, 1);
    encoder.set_repeat(Repeat::Finite(4)).unwrap();
    for (number, delay) in (0..).zip(DELAYS) {
        let delay = Delay::from_numer_denom_ms(delay, 1);
        encoder.encode_frame(Frame::from_parts(frame(number), 0, 0, delay)).unwrap();
    }
    drop(encoder);
    file
}

fn apng() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_animated(DELAYS.len() as u32, 5).unwrap();
    let mut writer = encoder.write_header().unwrap();
    for (number, delay) in (0..).zip(DELAYS) {
        writer.set_frame_delay(delay as u16, 1_000).unwrap();
        writer.write_image_data(&frame(number)).unwrap();
    }
    writer.finish().unwrap();
    file
}

fn webp() -> Vec<u8> {
    let le24 = |number: u32| number.to_le_bytes()[..3].to_vec();
    let sides = [le24(WIDTH - 1), le24(HEIGHT - 1)].concat();
    let mut body = [
        b"WEBP".to_vec(),
        riff(b"VP8X", &[&[0x12, 0, 0, 0][..], &sides].concat()),
        riff(b"ANIM", &[0, 0, 0, 0, 5, 0]),
    ]
    .concat();
    for (number, delay) in (0..).zip(DELAYS) {
        let mut still = Cursor::new(Vec::new());
        frame(number).write_to(&mut still, ImageFormat::WebP).unwrap();
        // In place of what is there, at the left top.
        let head = [vec![0; 6], sides.clone(), le24(delay), vec![2]].concat();
        body.extend(riff(b"ANMF", &[&head, &still.into_inner()[12..]].concat()));
    }
    riff(b"RIFF", &body)
}

/// The frames of an answer as whole pictures, and their delays in milliseconds.
fn shown(answer: &Answer) -> Vec<(RgbaImage, u32)> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let file = Cursor::new(&answer.body);
    let frames = match answer.field("content-type") {
        "image/gif" => GifDecoder::new(file).unwrap().into_frames(),
        _ => PngDecoder::new(file).unwrap().apng().unwrap().into_frames(),
    };
    let frame = |frame: Frame| {
        let (milliseconds, parts) = frame.delay().numer_denom_ms();
        (frame.into_buffer(), milliseconds / parts)
    };
    frames.map(|decoded| frame(decoded.unwrap())).collect()
}

/// What is expected of `flip`.
fn flipped() -> Vec<(RgbaImage, u32)> {
    let flip = |number| image::imageops::flip_vertical(&frame(number));
    (0..).map(flip).zip(DELAYS).collect()
}

#[tokio::test]
async fn every_frame_is_processed_in_the_format_that_holds_them() {
    for (file, kept) in [(gif(), "image/gif"), (apng(), "image/png"), (webp(), "image/png")] {
        for (query, media_type) in
            [("", kept), ("?format=png", "image/png"), ("?format=gif", "image/gif")]
        {
            let answer = application().post(&format!("/image/flip{query}"), file.clone()).await;
            assert_eq!(answer.field("content-type"), media_type);
            assert!(shown(&answer) == flipped(), "{kept} {media_type}");
            let steps: Vec<_> = answer.field("server-timing").split(", ").collect();
            let names: Vec<_> = steps.iter().map(|step| step.split(';').next().unwrap()).collect();
            assert_eq!(names, ["read", "decode", "flip", "encode"]);
        }
        let answer = application().post("/image/info", file).await;
        assert_eq!(answer.json()["frames"], 3);
    }
}

#[tokio::test]
async fn loops_are_kept() {
    for file in [gif(), apng(), webp()] {
        let answer = application().post("/image/flip?format=png", file.clone()).await;
        let reader = png::Decoder::new(Cursor::new(&answer.body)).read_info().unwrap();
        assert_eq!(reader.info().animation_control().unwrap().num_plays, 5);
        let answer = application().post("/image/flip?format=gif", file).await;
        // Once, and four times again.
        let repeat = b"NETSCAPE2.0\x03\x01\x04\0";
        assert!(answer.body.windows(repeat.len()).any(|bytes| bytes == repeat));
    }
}

#[tokio::test]
async fn every_operation_but_one_is_done_to_every_frame() {
    for (path, width, height) in [
        ("resize:12x", 12, 9),
        ("crop:5x4+1+2/rotate:90", 4, 5),
        ("pad:30x30,ff0000/blur:1/grayscale", 30, 30),
        ("gaussian:2/sharpen/pixelate:3/sepia", WIDTH, HEIGHT),
    ] {
        let answer = application().post(&format!("/image/{path}"), apng()).await;
        for (number, (frame, _)) in shown(&answer).iter().enumerate() {
            assert_eq!(frame.dimensions(), (width, height), "{path}");
            let one = format!("/image/{path}?frame={number}");
            let one = application().post(&one, apng()).await;
            let expected = image::load_from_memory(&one.body).unwrap().into_rgba8();
            assert!(*frame == expected, "{path} {number}");
        }
    }
    application().post("/image/flip/trim", gif()).await.assert_problem(
        422,
        "not-for-animations",
        "Not for animations",
        "The segment 'trim:10' can't be applied to 3 frames, of which each would get another size; 'frame' picks one.",
        json!({ "segment": 1, "operation": "trim", "frames": 3 }),
    );
    let answer = application().post("/image/flip/trim?frame=0", gif()).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn one_frame_is_picked() {
    for file in [gif(), apng(), webp()] {
        for number in 0..3 {
            for (query, media_type) in [
                ("", None),
                ("&format=webp", Some("image/webp")),
                ("&format=qoi", Some("image/qoi")),
            ] {
                let path = format!("/image/flip?frame={number}{query}");
                let answer = application().post(&path, file.clone()).await;
                assert!(
                    media_type.is_none_or(|media_type| answer.field("content-type") == media_type)
                );
                let made = image::load_from_memory(&answer.body).unwrap().into_rgba8();
                assert!(made == flipped()[number].0, "{path}");
            }
        }
        application().post("/image/flip?frame=3", file).await.assert_problem(
            422,
            "outside-picture",
            "Outside the picture",
            "There is no frame 3; the picture has the frames 0 to 2.",
            json!({ "frame": 3, "frames": 3 }),
        );
    }
    let still = Picture::new(5, 4, 3, 255);
    let file = still.file(ImageFormat::Png);
    let answer = application().post("/image/blur?radius=0&frame=0", file.clone()).await;
    assert_eq!(Picture::read(&answer.body), still);
    application().post("/image/flip?frame=1", file.clone()).await.assert_problem(
        422,
        "outside-picture",
        "Outside the picture",
        "There is no frame 1; the picture has only frame 0.",
        json!({ "frame": 1, "frames": 1 }),
    );
    application().post("/image/flip?frame=first", file).await.assert_problem(
        400,
        "invalid-parameter",
        "Invalid parameter",
        "The parameter 'frame' is 'first'; it must be a whole number from 0 to 4294967295.",
        json!({ "parameter": "frame", "actual": "first", "minimum": 0, "maximum": u32::MAX }),
    );
}

#[tokio::test]
async fn a_format_of_one_frame_is_refused() {
    for format in ["jpeg", "webp", "qoi"] {
        let path = format!("/image/flip?format={format}");
        application().post(&path, gif()).await.assert_problem(
            422,
            "animation-not-held",
            "Animation not held",
            &format!("The picture has 3 frames, of which {format} holds one; png and gif hold all, and 'frame' picks one."),
            json!({ "format": format, "frames": 3 }),
        );
    }
}

#[tokio::test]
async fn accept_chooses_among_formats_that_hold_all() {
    let send = async |accept: &str, file| {
        let fields = [("accept", accept)];
        application().send(Method::POST, "/image/flip", &fields, file).await
    };
    for (accept, expected) in [
        ("*/*", "image/gif"),
        ("image/avif,image/webp,image/*,*/*;q=0.8", "image/gif"),
        ("image/webp, image/png;q=0.2, image/gif;q=0.1", "image/png"),
    ] {
        let answer = send(accept, gif()).await;
        assert_eq!(answer.field("content-type"), expected, "{accept}");
        assert!(shown(&answer) == flipped());
    }
    let still = Picture::new(5, 4, 3, 255).file(ImageFormat::Png);
    for (accept, expected) in [("image/gif", "image/gif"), ("image/*", "image/png")] {
        assert_eq!(send(accept, still.clone()).await.field("content-type"), expected);
    }
    send("image/webp, image/jpeg", gif()).await.assert_problem(
        406,
        "not-acceptable",
        "Not acceptable",
        "The Accept field takes none of what can be made here: image/png, image/gif.",
        json!({ "allowed": ["image/png", "image/gif"] }),
    );
}

#[tokio::test]
async fn a_still_picture_is_a_gif_of_one_frame_where_that_is_asked_for() {
    let pixels = frame(1);
    let mut file = Cursor::new(Vec::new());
    pixels.write_to(&mut file, ImageFormat::Png).unwrap();
    let answer = application().post("/image/flip?format=gif", file.into_inner()).await;
    assert_eq!(answer.field("content-type"), "image/gif");
    let expected = image::imageops::flip_vertical(&pixels);
    assert!(shown(&answer) == [(expected, 0)]);
}

#[tokio::test]
async fn all_frames_count() {
    let pixels = u64::from(WIDTH * HEIGHT);
    let Some(app) = deploy(&manifest(), &[("max_pixels", &(2 * pixels).to_string())]) else {
        return;
    };
    for file in [gif(), apng(), webp()] {
        let (limit, actual) = (2 * pixels, 3 * pixels);
        app.post("/image/flip", file.clone()).await.assert_problem(
            413,
            "picture-too-large",
            "Picture too large",
            &format!("The 3 frames have {actual} pixels in all; at most {limit} are allowed."),
            json!({ "limit": limit, "actual": actual, "frames": 3 }),
        );
        assert_eq!(app.post("/image/flip?frame=1", file.clone()).await.status, 200);
        // The third is made of the first two.
        assert_eq!(app.post("/image/flip?frame=2", file).await.status, 413);
    }
}

#[tokio::test]
async fn an_animation_that_is_cut_or_lies_is_told() {
    for (name, file) in [("GIF", gif()), ("PNG", apng()), ("WebP", webp())] {
        for length in (40..file.len()).step_by(37).chain(file.len() - 16..file.len()) {
            application()
                .post("/image/flip?format=png", file[..length].to_vec())
                .await
                .assert_problem(
                    422,
                    "truncated-picture",
                    "Truncated picture",
                    &format!("The {name} picture ends before its data is complete."),
                    json!({}),
                );
        }
    }
    // More or fewer frames than there are.
    for frames in [1, 2, 4] {
        let mut file = apng();
        let control = chunk(b"acTL", &[frames, 5u32].map(u32::to_be_bytes).concat());
        file[33..33 + control.len()].copy_from_slice(&control);
        application().post("/image/flip", file).await.assert_problem(
            422,
            "malformed-picture",
            "Malformed picture",
            "The data of the PNG picture is malformed.",
            json!({}),
        );
    }
    // A frame beyond its canvas: the left of the first, by halves.
    let mut file = webp();
    let first = file.windows(4).position(|bytes| bytes == b"ANMF").unwrap();
    file[first + 8] = 1;
    application().post("/image/flip", file).await.assert_problem(
        422,
        "malformed-picture",
        "Malformed picture",
        "The data of the WebP picture is malformed.",
        json!({}),
    );
}
