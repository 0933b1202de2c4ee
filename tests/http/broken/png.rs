//! Broken PNG files (W3C, third edition).

use super::case::Verdict::{Malformed, OverBudget, Read, TooLarge, Truncated};
use super::case::check;
use crate::pictures::chunk;

/// What bombs unpack to, in bytes: more than the memory budget allows a request.
const BOMB_BYTES: usize = 160 << 20;

const GRAY: u8 = 0;
const PALETTE: u8 = 3;

/// The chunk with its checksum damaged.
fn damaged(mut chunk: Vec<u8>) -> Vec<u8> {
    *chunk.last_mut().unwrap() ^= 1;
    chunk
}

/// The header of so many pixels of 8 bits.
fn header(width: u32, height: u32, colour: u8) -> Vec<u8> {
    sized(width, height, [8, colour, 0, 0, 0])
}

/// The header of so many pixels: depth, colour, compression, filter and interlace methods.
fn sized(width: u32, height: u32, methods: [u8; 5]) -> Vec<u8> {
    let sides = [width, height].map(u32::to_be_bytes).concat();
    chunk(b"IHDR", &[&sides[..], &methods].concat())
}

/// The compressed rows.
fn data(rows: &[u8]) -> Vec<u8> {
    chunk(b"IDAT", &fdeflate::compress_to_vec(rows))
}

/// A file of these chunks and the end.
fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
    [&b"\x89PNG\r\n\x1a\n"[..], &chunks.concat(), &chunk(b"IEND", b"")].concat()
}

/// Two gray pixels with `chunks` before them.
fn after(chunks: &[Vec<u8>]) -> Vec<u8> {
    file(&[header(2, 1, GRAY), chunks.concat(), data(&[0, 1, 2])])
}

/// Two gray pixels of another header.
fn under(header: Vec<u8>) -> Vec<u8> {
    file(&[header, data(&[0, 1, 2])])
}

/// Two pixels of these colours, with `chunks` before them.
fn indexed(chunks: &[Vec<u8>]) -> Vec<u8> {
    file(&[header(2, 1, PALETTE), chunks.concat(), data(&[0, 0, 1])])
}

/// Zeros without end.
fn bomb() -> Vec<u8> {
    fdeflate::compress_to_vec(&vec![0; BOMB_BYTES])
}

#[tokio::test]
async fn headers() {
    check(vec![
        ("checksum of the header", under(damaged(header(2, 1, GRAY))), Malformed),
        ("no width", under(header(0, 1, GRAY)), Malformed),
        ("no height", under(header(2, 0, GRAY)), Malformed),
        ("a width of 2^32 - 1", under(header(u32::MAX, 1, GRAY)), TooLarge),
        ("60000 x 60000", under(header(60_000, 60_000, GRAY)), TooLarge),
        (
            "7000 x 7000 in RGBA of 16 bits",
            under(sized(7_000, 7_000, [16, 6, 0, 0, 0])),
            OverBudget,
        ),
        ("3 bits", under(sized(2, 1, [3, GRAY, 0, 0, 0])), Malformed),
        ("colour type 5", under(sized(2, 1, [8, 5, 0, 0, 0])), Malformed),
        ("a palette of 16 bits", under(sized(2, 1, [16, PALETTE, 0, 0, 0])), Malformed),
        ("compression 1", under(sized(2, 1, [8, GRAY, 1, 0, 0])), Malformed),
        ("filter method 1", under(sized(2, 1, [8, GRAY, 0, 1, 0])), Malformed),
        ("interlace 2", under(sized(2, 1, [8, GRAY, 0, 0, 2])), Malformed),
        (
            "two headers",
            file(&[header(2, 1, GRAY), header(2, 1, GRAY), data(&[0, 1, 2])]),
            Malformed,
        ),
        ("a header of 12 bytes", under(chunk(b"IHDR", &[1; 12])), Malformed),
        (
            "a header of 14 bytes",
            under(chunk(b"IHDR", b"\0\0\0\x02\0\0\0\x01\x08\0\0\0\0?")),
            Malformed,
        ),
        ("a header that is late", file(&[data(&[0, 1, 2]), header(2, 1, GRAY)]), Malformed),
        ("no chunk at all", file(&[]), Truncated),
    ])
    .await;
}

#[tokio::test]
async fn data_chunks() {
    let sides = || header(2, 1, GRAY);
    let packed = fdeflate::compress_to_vec(&[0, 1, 2]);
    let changed = |at: usize, value: u8| {
        let mut packed = packed.clone();
        packed[at] = value;
        file(&[sides(), chunk(b"IDAT", &packed)])
    };
    let endless = [&b"\x7f\xff\xff\xffIDAT"[..], &[0; 100]].concat();
    let empty: Vec<_> = std::iter::repeat_n(chunk(b"IDAT", b""), 100_000).collect();
    check(vec![
        ("checksum of the data", file(&[sides(), damaged(data(&[0, 1, 2]))]), Malformed),
        ("no data", file(&[sides()]), Malformed),
        ("data of no bytes", file(&[sides(), chunk(b"IDAT", b"")]), Malformed),
        (
            "data of one row, of 5000",
            file(&[header(3, 5_000, GRAY), data(&[0, 1, 2, 3])]),
            Malformed,
        ),
        (
            "data of one row, of 7000 long ones",
            file(&[header(7_000, 7_000, GRAY), data(&[0; 7_001])]),
            Malformed,
        ),
        ("data of more rows", file(&[sides(), data(&[0, 1, 2, 0, 1, 2])]), Read),
        ("a zip bomb in one pixel", file(&[header(1, 1, GRAY), chunk(b"IDAT", &bomb())]), Read),
        ("no method of compression", changed(0, 0x79), Malformed),
        ("a reserved block", changed(2, 0x07), Malformed),
        ("zlib's checksum", changed(packed.len() - 1, 0), Read),
        ("filter 5", file(&[sides(), data(&[5, 1, 2])]), Malformed),
        ("a chunk that is not all there", file(&[sides(), endless]), Truncated),
        ("100,000 chunks without data", file(&[sides(), empty.concat(), data(&[0, 1, 2])]), Read),
        (
            "data after its end",
            file(&[sides(), data(&[0, 1, 2]), chunk(b"tEXt", b"a\0b"), data(&[0, 1, 2])]),
            Read,
        ),
    ])
    .await;
}

#[tokio::test]
async fn palettes() {
    let palette = |colours: usize| chunk(b"PLTE", &vec![9; 3 * colours]);
    check(vec![
        ("checksum of the palette", indexed(&[damaged(palette(2))]), Malformed),
        ("no palette", indexed(&[]), Malformed),
        ("a palette of no colours", indexed(&[palette(0)]), Malformed),
        ("a palette of 4 bytes", indexed(&[chunk(b"PLTE", &[9; 4])]), Malformed),
        ("a palette of 257 colours", indexed(&[palette(257)]), Malformed),
        ("two palettes", indexed(&[palette(2), palette(2)]), Malformed),
        ("an index past the palette", indexed(&[palette(1)]), Read),
        ("alpha before the palette", indexed(&[chunk(b"tRNS", &[1]), palette(2)]), Read),
        (
            "alpha of more than there are colours",
            indexed(&[palette(2), chunk(b"tRNS", &[1; 9])]),
            Read,
        ),
        (
            "a palette after the data",
            file(&[header(2, 1, PALETTE), data(&[0, 0, 1]), palette(2)]),
            Malformed,
        ),
    ])
    .await;
}

#[tokio::test]
async fn metadata() {
    let zipped = |kind: &[u8; 4], begin: &[u8]| after(&[chunk(kind, &[begin, &bomb()].concat())]);
    let many: Vec<_> = {
        let small = fdeflate::compress_to_vec(&vec![0; 4 << 20]);
        std::iter::repeat_n(chunk(b"zTXt", &[b"name\0\0", &small[..]].concat()), 500).collect()
    };
    let text: Vec<_> = std::iter::repeat_n(chunk(b"tEXt", b"name\0text"), 100_000).collect();
    let frames = chunk(b"acTL", &[0xff; 8]);
    let far =
        [[0, u32::MAX, u32::MAX, u32::MAX, u32::MAX].map(u32::to_be_bytes).concat(), vec![0; 6]];
    check(vec![
        ("a zip bomb in iCCP", zipped(b"iCCP", b"name\0\0"), Read),
        ("a zip bomb in zTXt", zipped(b"zTXt", b"name\0\0"), Read),
        ("a zip bomb in iTXt", zipped(b"iTXt", b"name\0\x01\0\0\0"), Read),
        ("500 zip bombs in zTXt", after(&many), OverBudget),
        ("100,000 texts", after(&text), Read),
        ("a profile that is none", after(&[chunk(b"iCCP", b"name\0\0nothing")]), Read),
        ("an EXIF that is none", after(&[chunk(b"eXIf", &[0xff; 20])]), Read),
        ("checksum of a text", after(&[damaged(chunk(b"tEXt", b"name\0text"))]), Read),
        ("an unknown critical chunk", after(&[chunk(b"ABCD", b"?")]), Malformed),
        ("2^32 - 1 frames", after(std::slice::from_ref(&frames)), Read),
        ("a frame outside the picture", after(&[frames, chunk(b"fcTL", &far.concat())]), Malformed),
    ])
    .await;
}
