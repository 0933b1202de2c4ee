//! Lossless answers to the last bit, the same natively and in wasm: `tests/data/golden.txt` has a
//! row for each colour type and pipeline.

use jpeg_encoder::ColorType as JpegColour;
use sha2::{Digest, Sha256};

use super::files::{self, Png};
use super::reading::picture;
use super::{Encoding, Output, encode};
use crate::hash::hex;

const GOLDEN: &str = include_str!("../../../../tests/data/golden.txt");
const PIPELINES: [&str; 2] = ["blur:3", "resize:7x5,fill/grayscale"];

/// A file of each colour type.
fn files() -> [(&'static str, Vec<u8>); 11] {
    let png = |colour, depth| Png::new(19, 13, colour, depth).file();
    let inks = files::slope(19, 13, 4);
    [
        ("l", png(0, 8)),
        ("la", png(4, 8)),
        ("rgb", png(2, 8)),
        ("rgba", png(6, 8)),
        ("palette", Png::indexed(19, 13, 4, false).file()),
        ("palette-alpha", Png::indexed(19, 13, 4, true).file()),
        ("l16", png(0, 16)),
        ("la16", png(4, 16)),
        ("rgb16", png(2, 16)),
        ("rgba16", png(6, 16)),
        ("cmyk", files::jpeg(19, 13, JpegColour::Cmyk, &inks, false)),
    ]
}

/// The SHA-256 of the picture as a PNG after `pipeline`.
fn digest(file: &[u8], pipeline: &str) -> String {
    let mut answer = Vec::new();
    let frame = picture(file, pipeline).unwrap();
    encode(frame, &Encoding::new(Output::Png), &mut answer).unwrap();
    hex(&Sha256::digest(&answer))
}

#[test]
fn answers_are_the_same_everywhere() {
    let rows = files().into_iter().flat_map(|(name, file)| {
        PIPELINES.map(|pipeline| format!("{} {name} {pipeline}\n", digest(&file, pipeline)))
    });
    let rows: String = rows.collect();
    assert_eq!(rows, GOLDEN, "the answers are:\n{rows}");
}
