//! Broken TIFF files (6.0).

use super::case::Verdict::{Malformed, OverBudget, Read, TooLarge, Truncated, Unsupported};
use super::case::check;

const WIDTH: u16 = 256;
const HEIGHT: u16 = 257;
const BITS: u16 = 258;
const COMPRESSION: u16 = 259;
const PHOTOMETRIC: u16 = 262;
const STRIP_OFFSETS: u16 = 273;
const CHANNELS: u16 = 277;
const ROWS_PER_STRIP: u16 = 278;
const STRIP_BYTES: u16 = 279;
const TILE_WIDTH: u16 = 322;
const TILE_HEIGHT: u16 = 323;
const TILE_OFFSETS: u16 = 324;
const TILE_BYTES: u16 = 325;

const LZW: u32 = 5;
const DEFLATE: u32 = 8;
const PACK_BITS: u32 = 32_773;

const SHORT: u16 = 3;
const LONG: u16 = 4;

/// Where the data begins.
const DATA_AT: u32 = 1_000;

/// A directory's entries (tag, type, count, value), the place of the next one, and the data.
struct Tiff {
    entries: Vec<(u16, u16, u32, u32)>,
    next: u32,
    data: Vec<u8>,
}

impl Tiff {
    /// Two by two gray pixels in one strip.
    fn new() -> Self {
        let entries = vec![
            (WIDTH, LONG, 1, 2),
            (HEIGHT, LONG, 1, 2),
            (BITS, SHORT, 1, 8),
            (COMPRESSION, SHORT, 1, 1),
            (PHOTOMETRIC, SHORT, 1, 1),
            (STRIP_OFFSETS, LONG, 1, DATA_AT),
            (CHANNELS, SHORT, 1, 1),
            (ROWS_PER_STRIP, LONG, 1, 2),
            (STRIP_BYTES, LONG, 1, 4),
        ];
        Self { entries, next: 0, data: vec![1, 2, 3, 4] }
    }

    /// With this value of a tag, whatever it was.
    fn set(self, tag: u16, value: u32) -> Self {
        self.many(tag, LONG, 1, value)
    }

    /// With these values of a tag.
    fn many(mut self, tag: u16, kind: u16, count: u32, value: u32) -> Self {
        self = self.without(tag);
        self.entries.push((tag, kind, count, value));
        self.entries.sort_unstable();
        self
    }

    fn without(mut self, tag: u16) -> Self {
        self.entries.retain(|entry| entry.0 != tag);
        self
    }

    /// With so many pixels, a strip of all rows.
    fn sides(self, width: u32, height: u32) -> Self {
        self.set(WIDTH, width).set(HEIGHT, height).set(ROWS_PER_STRIP, height)
    }

    /// With this strip, compressed in this way.
    fn strip(mut self, compression: u32, data: Vec<u8>) -> Self {
        self = self.set(COMPRESSION, compression).set(STRIP_BYTES, data.len() as u32);
        self.data = data;
        self
    }

    fn file(&self) -> Vec<u8> {
        let mut file = b"II*\0\x08\0\0\0".to_vec();
        file.extend((self.entries.len() as u16).to_le_bytes());
        for (tag, kind, count, value) in &self.entries {
            file.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
            file.extend([count.to_le_bytes(), value.to_le_bytes()].concat());
        }
        file.extend(self.next.to_le_bytes());
        file.resize(DATA_AT as usize, 0);
        file.extend(&self.data);
        file
    }
}

#[tokio::test]
async fn directories() {
    let good = Tiff::new().file();
    let at = |place: u32| [&good[..4], &place.to_le_bytes(), &good[8..]].concat();
    let looping = |next| Tiff { next, ..Tiff::new() }.file();
    let mut entries = good.clone();
    entries[8..10].copy_from_slice(&[0xff, 0xff]);
    let mut repeated = Tiff::new();
    repeated.entries.push((STRIP_BYTES, LONG, 1, 4));
    check(vec![
        ("a directory that is its own next", looping(8), Malformed),
        ("a next directory in the middle of this", looping(20), Read),
        ("a next directory outside the file", looping(u32::MAX), Read),
        ("a subdirectory that is its parent", Tiff::new().set(330, 8).file(), Read),
        ("a directory outside the file", at(u32::MAX), Truncated),
        ("a directory in the header", at(0), Unsupported),
        ("a directory in the data", at(DATA_AT), Truncated),
        ("a directory of 65535 entries", entries, Truncated),
        ("a tag that is there twice", repeated.file(), Read),
        ("entries of an unknown type", Tiff::new().many(BITS, 99, 1, 8).file(), Read),
        ("ten million values", Tiff::new().many(339, SHORT, 10_000_000, 8).file(), Truncated),
        (
            "ten million values that are there",
            {
                let tiff = Tiff { data: vec![0; 20_000_100], ..Tiff::new() };
                tiff.many(339, SHORT, 10_000_000, 8).file()
            },
            Unsupported,
        ),
        ("a text of 2^32 - 1 bytes", Tiff::new().many(270, 2, u32::MAX, 8).file(), Truncated),
        ("a profile that is none", Tiff::new().many(34_675, 7, 9, 8).file(), Read),
    ])
    .await;
}

#[tokio::test]
async fn tags() {
    check(vec![
        ("no width", Tiff::new().set(WIDTH, 0).file(), Malformed),
        ("no height", Tiff::new().set(HEIGHT, 0).file(), Malformed),
        ("no tag of width", Tiff::new().without(WIDTH).file(), Malformed),
        ("60000 x 60000", Tiff::new().sides(60_000, 60_000).file(), TooLarge),
        (
            "7000 x 7000 of 16 bits",
            Tiff::new().sides(7_000, 7_000).set(BITS, 16).file(),
            OverBudget,
        ),
        ("3000 x 3000 of 4 bytes", Tiff::new().sides(3_000, 3_000).file(), Truncated),
        ("0 bits", Tiff::new().set(BITS, 0).file(), Unsupported),
        ("255 bits", Tiff::new().set(BITS, 255).file(), Unsupported),
        ("no channel", Tiff::new().set(CHANNELS, 0).file(), Malformed),
        ("65535 channels", Tiff::new().set(CHANNELS, 65_535).file(), Unsupported),
        ("no colours", Tiff::new().without(PHOTOMETRIC).file(), Malformed),
        ("unknown colours", Tiff::new().set(PHOTOMETRIC, 99).file(), Malformed),
        ("a palette that is not there", Tiff::new().set(PHOTOMETRIC, 3).file(), Unsupported),
        ("an unknown compression", Tiff::new().set(COMPRESSION, 99).file(), Unsupported),
        ("an unknown predictor", Tiff::new().set(317, 9).file(), Malformed),
        (
            "a predictor of floats",
            Tiff::new().set(317, 3).strip(LZW, vec![0; 9]).file(),
            Unsupported,
        ),
        ("samples of floats", Tiff::new().set(339, 3).file(), Unsupported),
    ])
    .await;
}

#[tokio::test]
async fn strips() {
    let rows = |count: u32, bytes: u32| {
        let mut tiff = Tiff::new().sides(2, count).set(ROWS_PER_STRIP, 1);
        let (offsets, lengths) = (DATA_AT, DATA_AT + 4 * count);
        tiff.data = [
            DATA_AT.to_le_bytes().repeat(count as usize),
            bytes.to_le_bytes().repeat(count as usize),
        ]
        .concat();
        tiff.many(STRIP_OFFSETS, LONG, count, offsets).many(STRIP_BYTES, LONG, count, lengths)
    };
    let tiles = |width: u32, height: u32| {
        let tiff = Tiff::new().without(STRIP_OFFSETS).without(STRIP_BYTES).without(ROWS_PER_STRIP);
        let tiff = tiff.set(TILE_WIDTH, width).set(TILE_HEIGHT, height);
        tiff.set(TILE_OFFSETS, DATA_AT).set(TILE_BYTES, 4).file()
    };
    check(vec![
        ("a strip outside the file", Tiff::new().set(STRIP_OFFSETS, 1 << 30).file(), Truncated),
        (
            "a strip that is not all there",
            Tiff { data: vec![1, 2, 3], ..Tiff::new() }.file(),
            Truncated,
        ),
        ("a strip of 2^32 - 1 bytes", Tiff::new().set(STRIP_BYTES, u32::MAX).file(), OverBudget),
        ("a strip of no bytes", Tiff::new().set(STRIP_BYTES, 0).file(), Read),
        ("a strip in the header", Tiff::new().set(STRIP_OFFSETS, 0).file(), Read),
        ("no strips", Tiff::new().without(STRIP_OFFSETS).file(), Malformed),
        ("no lengths of strips", Tiff::new().without(STRIP_BYTES).file(), Malformed),
        ("strips of no rows", Tiff::new().set(ROWS_PER_STRIP, 0).file(), Malformed),
        ("30,000 strips in one place", rows(30_000, 2).file(), Read),
        ("30,000 strips that overlap", rows(30_000, 100_000).file(), Read),
        (
            "30,000 strips of bombs in one place",
            {
                let mut tiff = rows(30_000, 8_000).set(COMPRESSION, LZW);
                tiff.data.extend(lzw_bomb());
                tiff.file()
            },
            Malformed,
        ),
        ("fewer strips than rows", rows(10, 2).set(HEIGHT, 20).file(), Malformed),
        ("tiles of no width", tiles(0, 16), Malformed),
        ("tiles of no height", tiles(16, 0), Malformed),
        ("tiles of 2^31 x 2^31", tiles(1 << 31, 1 << 31), Malformed),
        ("tiles of 65536 x 65536", tiles(65_536, 65_536), Truncated),
        ("a tile that is not all there", tiles(16, 16), Truncated),
        ("tiles and strips", Tiff::new().set(TILE_WIDTH, 16).file(), Read),
    ])
    .await;
}

/// Codes of TIFF's LZW that each repeat the one before and one more.
fn lzw_bomb() -> Vec<u8> {
    let bits = |code: u32| match code {
        0..=511 => 9,
        512..=1_023 => 10,
        1_024..=2_047 => 11,
        _ => 12,
    };
    let (mut bytes, mut pending, mut filled) = (Vec::new(), 0u64, 0);
    let codes =
        [(256, 9), (0, 9)].into_iter().chain((258..4_094).map(|code| (code, bits(code + 1))));
    for (code, bits) in codes {
        pending = pending << bits | u64::from(code);
        filled += bits;
        while filled >= 8 {
            filled -= 8;
            bytes.push((pending >> filled) as u8);
        }
    }
    bytes.push((pending << (8 - filled)) as u8);
    bytes
}

#[tokio::test]
async fn compressed_strips() {
    let zeros = fdeflate::compress_to_vec(&vec![0; 160 << 20]);
    let strip = |compression, data: &[u8]| Tiff::new().strip(compression, data.to_vec()).file();
    let longer = fdeflate::compress_to_vec(&[1, 2, 3, 4]);
    check(vec![
        ("a strip that compression makes longer", strip(DEFLATE, &longer), Read),
        ("an LZW bomb in four pixels", strip(LZW, &lzw_bomb()), Read),
        ("200 LZW bombs in four pixels", strip(LZW, &lzw_bomb().repeat(200)), Read),
        (
            "an LZW bomb that falls short",
            Tiff::new().sides(5_000, 3_000).strip(LZW, lzw_bomb()).file(),
            Malformed,
        ),
        ("an LZW code that is not there yet", strip(LZW, &[0x80, 0x7f, 0xff, 0xff]), Malformed),
        ("LZW without a clear code", strip(LZW, &[0; 8]), Read),
        ("LZW of no bytes", strip(LZW, &[]), Malformed),
        ("a zip bomb in four pixels", strip(DEFLATE, &zeros), Read),
        (
            "a zip bomb that falls short",
            Tiff::new()
                .sides(5_000, 3_000)
                .strip(DEFLATE, fdeflate::compress_to_vec(&[0; 99]))
                .file(),
            Truncated,
        ),
        ("no method of zlib", strip(DEFLATE, &[9; 9]), Malformed),
        ("a run past the strip", strip(PACK_BITS, &[0x81, 7]), Read),
        ("literals that are not there", strip(PACK_BITS, &[0x7f, 1, 2]), Malformed),
        ("runs that fall short", strip(PACK_BITS, &[0xff, 7]), Malformed),
        ("JPEG without tables", strip(7, b"\xff\xd8\xff\xd9"), Malformed),
        (
            "fax codes that are none",
            Tiff::new().set(BITS, 1).strip(4, vec![0; 4]).file(),
            Malformed,
        ),
    ])
    .await;
}
