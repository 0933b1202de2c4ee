//! Pictures, called from Rust.

use super::instance::bindings::exports::edge::functions::image::{
    Encoding, Error as ImageError, Excess, Format, InputError, InputReason, LimitError, LimitReason,
};
use super::instance::{Instance, KEPT};
use crate::golden::golden_file;

#[test]
fn a_picture_keeps_its_format_unless_another_is_asked_for() {
    let mut instance = Instance::new();
    let jpeg = golden_file("rgb.jpg");
    let made = instance.transform(&jpeg, "invert", &KEPT).unwrap();
    assert_eq!(made[..3], *b"\xff\xd8\xff");
    let image = instance.decode(&jpeg).unwrap();
    assert_eq!(instance.encode(image, &KEPT).unwrap()[..3], *b"\xff\xd8\xff");
    let qoi = instance.encode(image, &Encoding { format: Some(Format::Qoi), ..KEPT }).unwrap();
    assert_eq!(qoi[..4], *b"qoif");
    assert_eq!(instance.transform(&qoi, "flip", &KEPT).unwrap()[..4], *b"\x89PNG");
}

#[test]
fn an_animation_is_changed_whole_or_by_one_of_its_frames() {
    let mut instance = Instance::new();
    let (png, gif) = (golden_file("animation.png"), golden_file("animation.gif"));
    assert_eq!(instance.transform(&gif, "flip", &KEPT).unwrap()[..4], *b"GIF8");
    let jpeg = Encoding { format: Some(Format::Jpeg), ..KEPT };
    for number in 0..3 {
        let one = instance.transform_frame(&png, "flip", number, &jpeg).unwrap();
        assert_eq!(one[..3], *b"\xff\xd8\xff");
    }
    for (refused, reason, message) in [
        (
            instance.transform_frame(&png, "flip", 3, &KEPT),
            InputReason::NoFrame(3),
            "There is no frame 3; the picture has the frames 0 to 2.",
        ),
        (
            instance.transform(&png, "flip", &jpeg),
            InputReason::AnimationNotHeld(3),
            "The picture has 3 frames, of which jpeg holds one; png and gif hold all, and 'frame' picks one.",
        ),
        (
            instance.transform(&png, "flip/trim:4", &KEPT),
            InputReason::NotForAnimations(1),
            "The segment 'trim:4' can't be applied to 3 frames, of which each would get another size; 'frame' picks one.",
        ),
    ] {
        assert_eq!(refused, Err(input(reason, message)));
    }
}

#[test]
fn a_background_lies_beneath_and_around_a_picture() {
    let mut instance = Instance::new();
    let clear = instance.image_of(&[9, 9, 9, 0], 1, 1).unwrap();
    let encoding = Encoding {
        format: Some(Format::Jpeg),
        quality: Some(100),
        background: Some("204080".to_owned()),
    };
    let jpeg = instance.encode(clear, &encoding).unwrap();
    let laid = instance.decode(&jpeg).unwrap();
    for (actual, expected) in instance.rgba(laid).unwrap().into_iter().zip([32, 64, 128, 255]) {
        assert!(actual.abs_diff(expected) <= 2, "{actual}, not {expected}");
    }

    let png = instance.encode(clear, &KEPT).unwrap();
    let encoding = Encoding { format: Some(Format::Png), ..encoding };
    let encoding = Encoding { quality: None, ..encoding };
    let padded = instance.transform(&png, "pad:3x1", &encoding).unwrap();
    let padded = instance.decode(&padded).unwrap();
    let blue = [32, 64, 128, 255];
    assert_eq!(instance.rgba(padded).unwrap(), [blue, [9, 9, 9, 0], blue].concat());
}

/// An error that the caller can put right.
fn input(reason: InputReason, message: &str) -> ImageError {
    ImageError::Input(InputError { reason, message: message.to_owned() })
}

#[test]
fn a_file_that_is_no_picture_is_explained() {
    let mut instance = Instance::new();
    let png = golden_file("rgb.png");
    let cases: [(&[u8], _); 4] = [
        (b"", input(InputReason::Empty, "The picture has no bytes.")),
        (
            &png[..png.len() / 2],
            input(
                InputReason::Truncated,
                "The PNG picture ends before its data is complete.",
            ),
        ),
        (
            b"qoif\0\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0\0\x01",
            input(InputReason::Malformed, "The data of the QOI picture is malformed."),
        ),
        (
            b"no picture at all",
            ImageError::Unsupported(
                "The bytes are no picture; PNG, JPEG, WebP, GIF, BMP, TIFF, ICO, QOI, PNM are read."
                    .to_owned(),
            ),
        ),
    ];
    for (file, expected) in cases {
        assert_eq!(instance.decode(file).unwrap_err(), expected);
        assert_eq!(instance.transform(file, "flip", &KEPT).unwrap_err(), expected);
    }
}

#[test]
fn a_pipeline_that_cannot_be_done_is_explained() {
    let mut instance = Instance::new();
    let image = instance.image_of(&[1, 2, 3, 4, 5, 6, 7, 8], 2, 1).unwrap();
    let png = instance.encode(image, &KEPT).unwrap();
    let cases = [
        (
            "flip/blur:128".to_owned(),
            InputReason::Pipeline(Some(1)),
            "The segment 'blur:128' can't be read; it must be 'blur' or 'blur:RADIUS' with a radius from 0 to 127.",
        ),
        (
            ["flip"; 17].join("/"),
            InputReason::Pipeline(None),
            "The pipeline has 17 operations; at most 16 are allowed.",
        ),
        (
            "flip/crop:1x1+2+0".to_owned(),
            InputReason::Outside(1),
            "The segment 'crop:1x1+2+0' reaches beyond the picture, which has 2 x 1 pixels there.",
        ),
    ];
    for (pipeline, reason, message) in cases {
        let expected = input(reason, message);
        assert_eq!(instance.apply(image, &pipeline).unwrap_err(), expected);
        assert_eq!(instance.transform(&png, &pipeline, &KEPT).unwrap_err(), expected);
    }
    let unknown = "There is no operation 'mosaic'; there are ";
    let Err(ImageError::Input(error)) = instance.apply(image, "mosaic") else { panic!() };
    assert!(error.message.starts_with(unknown), "{error:?}");
    assert_eq!(instance.rgba(image).unwrap(), [1, 2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn a_picture_that_cannot_be_written_is_explained() {
    let mut instance = Instance::new();
    let image = instance.image_of(&[0; 4], 1, 1).unwrap();
    let mut check = |encoding, message| {
        let expected = input(InputReason::Encoding, message);
        assert_eq!(instance.encode(image, &encoding).unwrap_err(), expected);
    };
    let jpeg = |quality| Encoding { format: Some(Format::Jpeg), quality: Some(quality), ..KEPT };
    check(jpeg(0), "The quality is 0; it must be a whole number from 1 to 100.");
    check(jpeg(101), "The quality is 101; it must be a whole number from 1 to 100.");
    check(
        Encoding { format: Some(Format::Png), quality: Some(80), ..KEPT },
        "The format png has no quality; it must be left out.",
    );
    check(
        Encoding { background: Some("red".to_owned()), ..KEPT },
        "The background is 'red'; it must be a colour RRGGBB or RRGGBBAA.",
    );

    let long = instance.image_of(&vec![0; 4 * 16_385], 16_385, 1).unwrap();
    let excess = Excess { actual: 16_385, limit: 16_384 };
    assert_eq!(
        instance.encode(long, &Encoding { format: Some(Format::Webp), ..KEPT }).unwrap_err(),
        input(
            InputReason::OutputSide(excess),
            "The picture's longer side has 16385 pixels; WebP holds at most 16384.",
        )
    );
}

#[test]
fn samples_that_are_no_picture_are_explained() {
    let mut instance = Instance::new();
    let mut check = |samples: &[u8], width, height, message| {
        let expected = input(InputReason::Samples, message);
        assert_eq!(instance.image_of(samples, width, height).unwrap_err(), expected);
    };
    check(&[], 0, 1, "The picture has no pixels.");
    check(&[0; 15], 2, 2, "The picture has 15 bytes; 2 x 2 pixels of RGBA have 4 each.");
    check(&[0; 17], 2, 2, "The picture has 17 bytes; 2 x 2 pixels of RGBA have 4 each.");
    let row = vec![0; 4 * 65_536];
    let excess = Excess { actual: 65_536, limit: 65_535 };
    assert_eq!(
        instance.image_of(&row, 65_536, 1).unwrap_err(),
        ImageError::Limit(LimitError {
            reason: LimitReason::Side,
            excess: Some(excess),
            message: "The picture's longer side has 65536 pixels; at most 65535 are allowed."
                .to_owned(),
        })
    );
}
