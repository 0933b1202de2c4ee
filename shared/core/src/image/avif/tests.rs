//! Files of libavif's, and what it makes of them: `tests/data/avif/README.md`.

use image::metadata::Orientation;

use crate::image::{
    ColourType, Encoding, Error, Format, Frame, Info, InputError, Layout, LimitError, Limits, Output,
    Picture, Pipeline, Samples, UnsupportedError,
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

/// The largest difference between levels, and their mean difference in hundredths.
fn difference(frame: &Frame, reference: &Frame) -> (u16, u64) {
    assert_eq!(frame.shape(), reference.shape());
    let levels = |frame: &Frame| match frame.clone().into_samples() {
        Samples::U8(samples) => samples.into_iter().map(u16::from).collect::<Vec<_>>(),
        Samples::U16(samples) => samples,
    };
    let (ours, theirs) = (levels(frame), levels(reference));
    let differences = ours.iter().zip(&theirs).map(|(one, other)| one.abs_diff(*other));
    let most = differences.clone().max().unwrap();
    (most, differences.map(u64::from).sum::<u64>() * 100 / ours.len() as u64)
}

#[test]
fn report() {
    for (name, file, reference) in [
        ("420", file!("420.avif"), file!("420.png")),
        ("422", file!("422.avif"), file!("422.png")),
        ("444", file!("444.avif"), file!("444.png")),
        ("limited", file!("limited.avif"), file!("limited.png")),
        ("identity", file!("identity.avif"), file!("identity.png")),
        ("10", file!("10-bit.avif"), file!("10-bit.png")),
        ("12", file!("12-bit.avif"), file!("12-bit.png")),
        ("gray", file!("gray.avif"), file!("gray.png")),
        ("gray-alpha", file!("gray-alpha.avif"), file!("gray-alpha.png")),
        ("alpha", file!("alpha.avif"), file!("alpha.png")),
        ("premultiplied", file!("premultiplied.avif"), file!("premultiplied.png")),
        ("grain", file!("grain.avif"), file!("grain.png")),
    ] {
        let frame = decode(file);
        match (frame, decode(reference)) {
            (Ok(frame), Ok(reference)) if frame.shape() == reference.shape() => eprintln!("{name} {:?}", difference(&frame, &reference)),
            (f, r) => eprintln!("{name} {:?} {:?}", f.map(|f| f.shape()), r.map(|r| r.shape())),
        }
    }
}
