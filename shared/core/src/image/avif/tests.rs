//! Files of libavif's, and what it makes of them: `tests/data/avif/README.md`.

use moxcms::ColorProfile;

use crate::image::file::profile::convert_to_srgb;
use crate::image::{
    ColourType, Error, Format, Frame, Info, InputError, LimitError, Limits, Samples, Shape,
    UnsupportedError, files,
};

const LIMITS: Limits = Limits { side: 4_096, pixels: 1 << 20, memory_bytes: 64 << 20 };

macro_rules! file {
    ($name:literal) => {
        include_bytes!(concat!("../../../../../tests/data/avif/", $name)).as_slice()
    };
}

fn decode(file: &[u8]) -> Result<Frame, Error> {
    Frame::decode(file, &LIMITS)
}

/// The largest difference between two frames' levels.
fn difference(one: &Frame, other: &Frame) -> u16 {
    assert_eq!(one.shape, other.shape);
    let levels = |frame: &Frame| match &frame.samples {
        Samples::U8(samples) => samples.iter().map(|level| u16::from(*level)).collect::<Vec<_>>(),
        Samples::U16(samples) => samples.clone(),
    };
    let pairs = levels(one).into_iter().zip(levels(other));
    pairs.map(|(one, other)| one.abs_diff(other)).max().unwrap()
}

#[test]
fn every_kind_of_samples_is_what_the_reference_makes_of_it() {
    for (name, file, reference, most) in [
        ("420", file!("420.avif"), file!("420.png"), 1),
        ("422", file!("422.avif"), file!("422.png"), 1),
        ("444", file!("444.avif"), file!("444.png"), 1),
        ("limited", file!("limited.avif"), file!("limited.png"), 1),
        ("identity", file!("identity.avif"), file!("identity.png"), 0),
        ("10-bit", file!("10-bit.avif"), file!("10-bit.png"), 2),
        ("12-bit", file!("12-bit.avif"), file!("12-bit.png"), 18),
        ("gray", file!("gray.avif"), file!("gray.png"), 0),
        ("gray-alpha", file!("gray-alpha.avif"), file!("gray-alpha.png"), 1),
        ("alpha", file!("alpha.avif"), file!("alpha.png"), 1),
        ("grain", file!("grain.avif"), file!("grain.png"), 1),
    ] {
        let (ours, theirs) = (decode(file).unwrap(), decode(reference).unwrap());
        let actual = difference(&ours, &theirs);
        assert!(actual <= most, "{name}: {actual}");
    }
}

#[test]
fn colours_that_were_multiplied_by_alpha_are_divided_by_it() {
    let frame = decode(file!("premultiplied.avif")).unwrap();
    let reference = decode(file!("premultiplied.png")).unwrap();
    let (ours, theirs) = (files::bytes(&frame), files::bytes(&reference));
    for (ours, theirs) in ours.chunks_exact(4).zip(theirs.chunks_exact(4)) {
        // A level of what was multiplied is this many of what comes of it.
        let most = 255u8.div_ceil(ours[3].max(1));
        assert_eq!(ours[3], theirs[3]);
        assert!(
            ours.iter().zip(theirs).all(|(a, b)| a.abs_diff(*b) <= most),
            "{ours:?} {theirs:?}"
        );
    }
}

#[test]
fn a_picture_is_turned_against_the_clock_and_then_mirrored() {
    let plain = decode(file!("444.avif")).unwrap();
    let turned = decode(file!("turned.avif")).unwrap();
    assert_eq!(turned.shape, Shape { width: 21, height: 33, layout: plain.shape.layout });
    let (plain, turned) = (files::bytes(&plain), files::bytes(&turned));
    for (y, x) in (0..33).flat_map(|y| (0..21).map(move |x| (y, x))) {
        let (from, to) = (3 * ((20 - x) * 33 + 32 - y), 3 * (y * 21 + x));
        assert_eq!(plain[from..from + 3], turned[to..to + 3], "{x} {y}");
    }
}

#[test]
fn colours_of_other_primaries_become_those_of_srgb() {
    let mut expected = decode(file!("444.avif")).unwrap();
    let plain = expected.clone();
    convert_to_srgb(&mut expected, &ColorProfile::new_display_p3()).unwrap();
    let p3 = decode(file!("p3.avif")).unwrap();
    assert_eq!(p3, expected);
    assert!(difference(&p3, &plain) > 10);
}

#[test]
fn a_file_is_described_without_decoding_it() {
    let check = |file: &[u8], colour_type, bit_depth, alpha, orientation, frames| {
        let sides = if orientation > 4 { (21, 33) } else { (33, 21) };
        let expected = Info {
            format: Format::Avif,
            width: sides.0,
            height: sides.1,
            orientation,
            alpha,
            colour_type,
            bit_depth,
            frames,
            bytes: file.len() as u64,
            icc_profile: None,
            camera: None,
        };
        assert_eq!(Info::read(file), Ok(expected));
    };
    check(file!("420.avif"), ColourType::Ycbcr, 8, false, 1, 1);
    check(file!("identity.avif"), ColourType::Rgb, 8, false, 1, 1);
    check(file!("12-bit.avif"), ColourType::Ycbcr, 12, false, 1, 1);
    check(file!("pq.avif"), ColourType::Ycbcr, 10, false, 1, 1);
    check(file!("alpha.avif"), ColourType::Ycbcr, 8, true, 1, 1);
    check(file!("gray.avif"), ColourType::Gray, 8, false, 1, 1);
    check(file!("gray-alpha.avif"), ColourType::GrayAlpha, 10, true, 1, 1);
    check(file!("turned.avif"), ColourType::Ycbcr, 8, false, 7, 1);
    check(file!("sequence.avif"), ColourType::Ycbcr, 8, true, 1, 2);
}

#[test]
fn what_would_be_shown_otherwise_than_it_is_meant_is_refused() {
    for file in [file!("pq.avif"), file!("grid.avif"), file!("sequence.avif")] {
        assert_eq!(decode(file), Err(UnsupportedError::Feature(Format::Avif).into()));
    }
}

#[test]
fn every_cut_is_told() {
    for file in [file!("420.avif"), file!("alpha.avif"), file!("sequence.avif")] {
        for length in 8..file.len() {
            let expected = Err(InputError::Truncated(Format::Avif).into());
            assert_eq!(decode(&file[..length]), expected, "{length}");
        }
    }
}

#[test]
fn damage_is_never_worse_than_an_error() {
    for file in [file!("420.avif"), file!("alpha.avif"), file!("10-bit.avif"), file!("grain.avif")]
    {
        for at in 0..file.len() {
            for damage in [0x00, 0xff, file[at] ^ 0x55, file[at] ^ 1] {
                let mut damaged = file.to_vec();
                damaged[at] = damage;
                let _ = Info::read(&damaged);
                let exhausted = Err(Error::Limit(LimitError::Exhausted));
                assert_ne!(decode(&damaged), exhausted, "{at} {damage}");
            }
        }
    }
}

#[test]
fn sides_are_limited_before_the_stream_is_read() {
    let mut large = file!("420.avif").to_vec();
    let at = large.windows(4).position(|kind| kind == b"ispe").unwrap() + 8;
    large[at..at + 4].copy_from_slice(&5_000u32.to_be_bytes());
    let error = LimitError::Side { actual: 5_000, limit: 4_096 };
    assert_eq!(decode(&large), Err(error.into()));
    // Those of the container are those of the stream.
    large[at..at + 4].copy_from_slice(&34u32.to_be_bytes());
    assert_eq!(decode(&large), Err(InputError::Malformed(Format::Avif).into()));
}
