//! Broken QOI files (specification 1.0).

use super::case::Verdict::{Malformed, OverBudget, Read, TooLarge, Truncated};
use super::case::check;

const END: &[u8] = b"\0\0\0\0\0\0\0\x01";

/// A file of so many pixels of RGB, and its chunks.
fn file(width: u32, height: u32, chunks: &[u8]) -> Vec<u8> {
    let sides = [width, height].map(u32::to_be_bytes).concat();
    [&b"qoif"[..], &sides, &[3, 0], chunks, END].concat()
}

/// A file of one pixel with this byte of its header.
fn header(at: usize, value: u8) -> Vec<u8> {
    let mut file = file(1, 1, &[0xfe, 1, 2, 3]);
    file[at] = value;
    file
}

#[tokio::test]
async fn files() {
    let unended = [&file(1, 1, &[0xfe, 1, 2, 3])[..18], &[9; 8]].concat();
    check(vec![
        ("no width", file(0, 1, &[0xc0]), Malformed),
        ("no height", file(1, 0, &[0xc0]), Malformed),
        ("no channel", header(12, 0), Malformed),
        ("5 channels", header(12, 5), Malformed),
        ("colour space 2", header(13, 2), Malformed),
        ("60000 x 60000", file(60_000, 60_000, &[0xc0]), Truncated),
        ("60000 x 1 in runs", file(60_000, 1, &[0xfd; 968]), TooLarge),
        ("7000 x 7000 in runs", file(7_000, 7_000, &vec![0xfd; 790_323]), OverBudget),
        ("fewer pixels", file(3, 3, &[0xc3]), Truncated),
        ("a run past the picture", file(1, 1, &[0xfd]), Read),
        ("more pixels", file(1, 1, &[0xc0; 99]), Malformed),
        ("no chunks", file(1, 1, &[]), Truncated),
        ("another end", unended, Malformed),
    ])
    .await;
}
