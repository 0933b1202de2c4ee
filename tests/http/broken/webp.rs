//! Broken WebP files (RFC 9649).

use super::case::Verdict::{Malformed, OverBudget, Read, TooLarge, Truncated};
use super::case::check;
use crate::pictures::{Picture, riff as chunk};

fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk(b"RIFF", &[b"WEBP".to_vec(), chunks.concat()].concat())
}

/// The header of a lossless stream, and what follows it.
fn lossless(width: u32, height: u32, data: &[u8]) -> Vec<u8> {
    let bits = (width - 1) | (height - 1) << 14;
    [&[0x2f][..], &bits.to_le_bytes(), data].concat()
}

/// The header of a key frame, and what follows it.
fn lossy(width: u16, height: u16, data: &[u8]) -> Vec<u8> {
    let sides = [width, height].map(u16::to_le_bytes).concat();
    [&[0x30, 1, 0, 0x9d, 1, 0x2a][..], &sides, data].concat()
}

/// The extended header: flags, and the canvas.
fn canvas(flags: u8, width: u32, height: u32) -> Vec<u8> {
    let sides = [width - 1, height - 1].map(|side| side.to_le_bytes()[..3].to_vec()).concat();
    chunk(b"VP8X", &[&[flags, 0, 0, 0][..], &sides].concat())
}

/// The content of the chunk of a good file of 4 x 4 pixels.
fn good() -> Vec<u8> {
    Picture::new(4, 4, 4, 255).file(image::ImageFormat::WebP)[20..].to_vec()
}

fn sized(mut file: Vec<u8>, at: usize, bytes: u32) -> Vec<u8> {
    file[at..at + 4].copy_from_slice(&bytes.to_le_bytes());
    file
}

#[tokio::test]
async fn chunks() {
    let whole = || file(&[chunk(b"VP8L", &good())]);
    let many = chunk(b"XXXX", b"").repeat(500_000);
    check(vec![
        ("a file of 2^32 - 1 bytes", sized(whole(), 4, u32::MAX), Truncated),
        ("a file of no bytes", sized(whole(), 4, 0), Malformed),
        ("a chunk of 2^32 - 1 bytes", sized(whole(), 16, u32::MAX), Truncated),
        ("a chunk of more than the file", sized(whole(), 16, 10_000), Truncated),
        ("a chunk of no bytes", file(&[chunk(b"VP8L", b"")]), Malformed),
        ("no chunk", file(&[]), Malformed),
        (
            "half a million unknown chunks",
            file(&[canvas(0x10, 4, 4), many, chunk(b"VP8L", &good())]),
            Read,
        ),
        ("a canvas of no bytes", file(&[chunk(b"VP8X", b""), chunk(b"VP8L", &good())]), Malformed),
        (
            "a canvas smaller than the picture",
            file(&[canvas(0x10, 1, 1), chunk(b"VP8L", &good())]),
            Malformed,
        ),
        (
            "a canvas of 2^24 x 2^24",
            file(&[canvas(0x10, 1 << 24, 1 << 24), chunk(b"VP8L", &good())]),
            Malformed,
        ),
        ("a canvas without a picture", file(&[canvas(0, 4, 4)]), Malformed),
        (
            "alpha without a picture",
            file(&[canvas(0x10, 4, 4), chunk(b"ALPH", &[0; 17])]),
            Malformed,
        ),
        (
            "alpha that is not all there",
            file(&[
                canvas(0x10, 16, 16),
                chunk(b"ALPH", &[0; 3]),
                chunk(b"VP8 ", &lossy(16, 16, &[0; 90])),
            ]),
            Truncated,
        ),
        (
            "a profile that is none",
            file(&[canvas(0x30, 4, 4), chunk(b"ICCP", b"none"), chunk(b"VP8L", &good())]),
            Read,
        ),
    ])
    .await;
}

/// A frame of an animation: left and top by halves, width and height less one, and its chunks.
fn frame(place: [u8; 4], chunks: &[u8]) -> Vec<u8> {
    let place: Vec<u8> = place.iter().flat_map(|number| [*number, 0, 0]).collect();
    chunk(b"ANMF", &[&place[..], &[9, 0, 0, 2], chunks].concat())
}

#[tokio::test]
async fn animations() {
    let animation =
        |frames: &[Vec<u8>]| file(&[canvas(0x12, 4, 4), chunk(b"ANIM", &[0; 6]), frames.concat()]);
    let whole = || frame([0, 0, 3, 3], &chunk(b"VP8L", &good()));
    let mut longer = whole();
    longer[24 + 4] = 0xff;
    let half = chunk(b"VP8L", &good()[..good().len() / 2]);
    check(vec![
        ("two frames", animation(&[whole(), whole()]), Read),
        ("no frame", animation(&[]), Malformed),
        ("frames without a canvas", file(&[chunk(b"ANIM", &[0; 6]), whole()]), Malformed),
        ("frames without a control", file(&[canvas(2, 4, 4), whole(), whole()]), Read),
        ("a frame of no bytes", animation(&[whole(), chunk(b"ANMF", b"")]), Malformed),
        ("a frame without a picture", animation(&[whole(), frame([0, 0, 3, 3], b"")]), Malformed),
        ("a picture longer than its frame", animation(&[whole(), longer]), Malformed),
        ("half a picture", animation(&[whole(), frame([0, 0, 3, 3], &half)]), Malformed),
        (
            "a picture larger than its frame",
            animation(&[whole(), frame([0, 0, 1, 1], &chunk(b"VP8L", &good()))]),
            Malformed,
        ),
        (
            "a frame beyond its canvas",
            animation(&[whole(), frame([1, 0, 3, 3], &chunk(b"VP8L", &good()))]),
            Malformed,
        ),
        (
            "alpha that is not all there",
            animation(&[frame(
                [0, 0, 3, 3],
                &[chunk(b"ALPH", &[0; 3]), chunk(b"VP8 ", &lossy(4, 4, &[0; 90]))].concat(),
            )]),
            Truncated,
        ),
        ("10,000 frames", animation(&[whole().repeat(10_000)]), Read),
        ("10,001 frames", animation(&[whole().repeat(10_001)]), TooLarge),
    ])
    .await;
}

#[tokio::test]
async fn lossless_streams() {
    let coded = |data: &[u8]| file(&[chunk(b"VP8L", &lossless(4, 4, data))]);
    let sized = |width, height| file(&[chunk(b"VP8L", &lossless(width, height, &[0; 20]))]);
    let mut unsigned = good();
    unsigned[0] = 0;
    let mut version = good();
    version[4] |= 0xe0;
    check(vec![
        ("no signature", file(&[chunk(b"VP8L", &unsigned)]), Malformed),
        ("version 7", file(&[chunk(b"VP8L", &version)]), Malformed),
        ("a header alone", coded(&[]), Malformed),
        ("transforms without end", coded(&[0xff; 50]), Malformed),
        ("the same transform twice", coded(&[0x55; 50]), Malformed),
        ("a colour cache of 15 bits", coded(&[0b0011_1110, 0, 0, 0, 0, 0]), Malformed),
        (
            "code lengths that overfill",
            coded(&[0b0000_0010, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            Malformed,
        ),
        ("codes of 0x5a", coded(&[0x5a; 200]), Malformed),
        ("16384 x 16384", sized(16_384, 16_384), TooLarge),
        ("7000 x 7000", sized(7_000, 7_000), OverBudget),
        ("3000 x 3000 of zeros", sized(3_000, 3_000), Malformed),
        ("half a stream", file(&[chunk(b"VP8L", &good()[..good().len() / 2])]), Malformed),
    ])
    .await;
}

#[tokio::test]
async fn lossy_streams() {
    let coded = |stream: Vec<u8>| file(&[chunk(b"VP8 ", &stream)]);
    let changed = |at: usize, value: u8| {
        let mut stream = lossy(16, 16, &[0; 90]);
        stream[at] = value;
        coded(stream)
    };
    check(vec![
        ("no start code", changed(3, 0), Malformed),
        ("a frame that is no key", changed(0, 0x31), Malformed),
        ("no width", changed(6, 0), Malformed),
        ("no height", changed(8, 0), Malformed),
        ("a first partition of 2^19 bytes", changed(2, 0xff), Malformed),
        ("a header alone", coded(lossy(16, 16, &[])), Malformed),
        ("16383 x 16383", coded(lossy(16_383, 16_383, &[0; 90])), TooLarge),
        ("7000 x 7000", coded(lossy(7_000, 7_000, &[0; 90])), OverBudget),
        ("2000 x 2000 of 90 bytes", coded(lossy(2_000, 2_000, &[0; 90])), Malformed),
        ("partitions that are not there", coded(lossy(16, 16, &[0xff; 90])), Malformed),
    ])
    .await;
}
