//! Broken GIF files (CompuServe, 89a).

use super::case::Verdict::{Malformed, OverBudget, Read, TooLarge, Truncated};
use super::case::check;

/// A screen with a palette of two colours.
fn screen(width: u16, height: u16) -> Vec<u8> {
    let sides = [width, height].map(u16::to_le_bytes).concat();
    [&b"GIF89a"[..], &sides, &[0x80, 0, 0], &[10, 20, 30, 40, 50, 60]].concat()
}

/// A frame at `place` (left, top, width, height) whose indices are coded with `code_bits`.
fn frame(place: [u16; 4], code_bits: u8, data: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x2c];
    frame.extend(place.map(u16::to_le_bytes).concat());
    frame.extend([0, code_bits]);
    for block in data.chunks(255) {
        frame.push(block.len() as u8);
        frame.extend(block);
    }
    frame.push(0);
    frame
}

/// A whole file.
fn file(parts: &[Vec<u8>]) -> Vec<u8> {
    [parts.concat(), vec![0x3b]].concat()
}

/// Codes of so many bits each, the first in the low bits.
fn packed(codes: impl IntoIterator<Item = (u16, u8)>) -> Vec<u8> {
    let (mut bytes, mut pending, mut filled) = (Vec::new(), 0u32, 0);
    for (code, bits) in codes {
        pending |= u32::from(code) << filled;
        filled += bits;
        while filled >= 8 {
            bytes.push(pending as u8);
            pending >>= 8;
            filled -= 8;
        }
    }
    bytes.push(pending as u8);
    bytes
}

/// One pixel of colour 1: clear, 1, end.
fn pixel() -> Vec<u8> {
    packed([(4, 3), (1, 3), (5, 3)])
}

/// Codes that each repeat the one before and one more: the most pixels of the fewest bytes.
fn bomb(clears: usize) -> Vec<u8> {
    let bits = |code: u16| (16 - (code - 1).leading_zeros() as u8).max(3);
    let run = || [(4, 12), (0, 3)].into_iter().chain((6..4_096).map(|code| (code, bits(code))));
    packed(
        [(4, 3), (0, 3)]
            .into_iter()
            .chain((6..4_096).map(|code| (code, bits(code))))
            .chain((1..clears).flat_map(|_| run())),
    )
}

#[tokio::test]
async fn screens() {
    let on = |width, height| file(&[screen(width, height), frame([0, 0, 1, 1], 2, &pixel())]);
    check(vec![
        ("no width", on(0, 1), Malformed),
        ("no height", on(1, 0), Malformed),
        ("60000 x 60000", on(60_000, 60_000), TooLarge),
        ("7000 x 7000", on(7_000, 7_000), OverBudget),
        ("no frame", file(&[screen(1, 1)]), Truncated),
        (
            "no palette",
            file(&[b"GIF89a\x01\0\x01\0\0\0\0".to_vec(), frame([0, 0, 1, 1], 2, &pixel())]),
            Malformed,
        ),
        ("a palette that is not all there", b"GIF89a\x01\0\x01\0\xf7\0\0abc".to_vec(), Truncated),
    ])
    .await;
}

#[tokio::test]
async fn frames() {
    let placed = |place| file(&[screen(2, 2), frame(place, 2, &pixel())]);
    let bits = |code_bits| file(&[screen(1, 1), frame([0, 0, 1, 1], code_bits, &pixel())]);
    let coded = |data: &[u8]| file(&[screen(1, 1), frame([0, 0, 1, 1], 2, data)]);
    check(vec![
        ("a frame of no width", placed([0, 0, 0, 1]), Malformed),
        ("a frame of no height", placed([0, 0, 1, 0]), Malformed),
        ("a frame outside", placed([5, 5, 1, 1]), Read),
        ("a frame that reaches out", placed([1, 1, 2, 1]), Malformed),
        ("a frame of 60000 x 60000", placed([0, 0, 60_000, 60_000]), OverBudget),
        ("codes of 0 bits", bits(0), Malformed),
        ("codes of 1 bit", bits(1), Read),
        ("codes of 12 bits", bits(12), Malformed),
        ("codes of 13 bits", bits(13), Malformed),
        ("codes of 255 bits", bits(255), Malformed),
        ("a code that is not there yet", coded(&packed([(4, 3), (7, 3), (5, 3)])), Malformed),
        ("no clear code", coded(&packed([(1, 3), (5, 3)])), Read),
        ("no end code", coded(&packed([(4, 3), (1, 3)])), Read),
        ("an end code at once", coded(&packed([(4, 3), (5, 3)])), Malformed),
        ("no codes", coded(&[]), Truncated),
        ("an index past the palette", coded(&packed([(4, 3), (3, 3), (5, 3)])), Read),
        ("an LZW bomb in one pixel", coded(&bomb(200)), Read),
        (
            "an LZW bomb that falls short",
            file(&[screen(3_000, 3_000), frame([0, 0, 3_000, 3_000], 2, &bomb(1))]),
            Malformed,
        ),
    ])
    .await;
}

#[tokio::test]
async fn blocks() {
    let good = || frame([0, 0, 1, 1], 2, &pixel());
    let extensions = [0x21, 0xfe, 1, 9, 0].repeat(1_000_000);
    let endless = vec![0x21, 0xfe].into_iter().chain([1, 9].repeat(1_000_000)).collect::<Vec<_>>();
    check(vec![
        ("an unknown block", file(&[screen(1, 1), vec![0x99], good()]), Malformed),
        ("a million comments", file(&[screen(1, 1), extensions, good()]), Read),
        ("a comment without end", [screen(1, 1), endless].concat(), Truncated),
        ("10,000 frames", file(&[screen(1, 1), good().repeat(10_000)]), Read),
        ("100,000 frames", file(&[screen(1, 1), good().repeat(100_000)]), TooLarge),
        ("two frames without an end", [screen(1, 1), good(), good()].concat(), Truncated),
        ("one frame without an end", [screen(1, 1), good()].concat(), Read),
        (
            "an unknown block after two frames",
            file(&[screen(1, 1), good(), good(), vec![0x99]]),
            Malformed,
        ),
        (
            "a second frame of no width",
            file(&[screen(1, 1), good(), frame([0, 0, 0, 1], 2, &pixel())]),
            Malformed,
        ),
        (
            "a second frame outside",
            file(&[screen(1, 1), good(), frame([9, 9, 1, 1], 2, &pixel())]),
            Read,
        ),
        (
            "a second frame of 60000 x 60000",
            file(&[screen(1, 1), good(), frame([0, 0, 60_000, 60_000], 2, &pixel())]),
            TooLarge,
        ),
        (
            "a second frame that falls short",
            file(&[screen(9, 9), good(), frame([0, 0, 9, 9], 2, &pixel())]),
            Malformed,
        ),
        (
            "a control block of 1 byte",
            file(&[screen(1, 1), vec![0x21, 0xf9, 1, 1, 0], good()]),
            Malformed,
        ),
        (
            "transparency past the palette",
            file(&[screen(1, 1), vec![0x21, 0xf9, 4, 1, 0, 0, 200, 0], good()]),
            Read,
        ),
        (
            "a plain text for a frame",
            file(&[screen(1, 1), vec![0x21, 0x01, 12], vec![0; 12], vec![1, 65, 0]]),
            Malformed,
        ),
    ])
    .await;
}
