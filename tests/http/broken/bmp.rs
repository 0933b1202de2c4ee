//! Broken Windows bitmaps.

use super::case::Verdict::{Malformed, OverBudget, Read, TooLarge, Truncated, Unsupported};
use super::case::check;

const RLE8: u32 = 1;
const RLE4: u32 = 2;
const BITFIELDS: u32 = 3;

/// A file with BITMAPINFOHEADER: its fields, and what follows them.
struct Bitmap {
    at: u32,
    header_bytes: u32,
    width: i32,
    height: i32,
    bits: u16,
    compression: u32,
    colours: u32,
    rest: Vec<u8>,
}

impl Bitmap {
    /// Two by two pixels of a palette of four colours.
    fn new() -> Self {
        let rest = [&[9; 16][..], &[0, 1, 0, 0, 2, 3, 0, 0]].concat();
        Self {
            at: 70,
            header_bytes: 40,
            width: 2,
            height: 2,
            bits: 8,
            compression: 0,
            colours: 4,
            rest,
        }
    }

    /// With these runs for pixels.
    fn runs(compression: u32, runs: &[u8]) -> Self {
        let bits = if compression == RLE8 { 8 } else { 4 };
        Self { bits, compression, rest: [&[9; 16][..], runs].concat(), ..Self::new() }
    }

    fn file(&self) -> Vec<u8> {
        let mut file = b"BM".to_vec();
        file.extend([0, 0, self.at, self.header_bytes].map(u32::to_le_bytes).concat());
        file.extend([self.width, self.height].map(i32::to_le_bytes).concat());
        file.extend([1, self.bits].map(u16::to_le_bytes).concat());
        file.extend([self.compression, 0, 0, 0, self.colours, 0].map(u32::to_le_bytes).concat());
        file.extend(&self.rest);
        file
    }
}

/// A file of other sides.
fn sides(width: i32, height: i32) -> Vec<u8> {
    Bitmap { width, height, ..Bitmap::new() }.file()
}

#[tokio::test]
async fn headers() {
    let good = Bitmap::new;
    let masks = |masks: [u32; 3]| {
        let rest = [masks.map(u32::to_le_bytes).concat(), vec![0; 16]].concat();
        Bitmap { at: 66, bits: 32, compression: BITFIELDS, colours: 0, rest, ..good() }.file()
    };
    check(vec![
        ("no width", sides(0, 2), Malformed),
        ("no height", sides(2, 0), Malformed),
        ("a negative width", sides(-2, 2), TooLarge),
        ("the least width", sides(i32::MIN, 2), TooLarge),
        ("the least height", sides(2, i32::MIN), TooLarge),
        ("60000 x 60000", sides(60_000, 60_000), TooLarge),
        ("7000 x 7000", sides(7_000, 7_000), OverBudget),
        ("3000 x 3000", sides(3_000, 3_000), Truncated),
        ("3 bits", Bitmap { bits: 3, ..good() }.file(), Malformed),
        ("64 bits", Bitmap { bits: 64, ..good() }.file(), Malformed),
        ("a header of 13 bytes", Bitmap { header_bytes: 13, ..good() }.file(), Unsupported),
        (
            "a header of 2^32 - 1 bytes",
            Bitmap { header_bytes: u32::MAX, ..good() }.file(),
            Unsupported,
        ),
        ("pixels outside the file", Bitmap { at: u32::MAX, ..good() }.file(), Truncated),
        ("pixels in the header", Bitmap { at: 0, ..good() }.file(), Read),
        ("a palette of 2^32 - 1 colours", Bitmap { colours: u32::MAX, ..good() }.file(), Malformed),
        ("a palette of 257 colours", Bitmap { colours: 257, ..good() }.file(), Malformed),
        ("an index past the palette", Bitmap { colours: 1, ..good() }.file(), Read),
        ("a compression of 99", Bitmap { compression: 99, ..good() }.file(), Malformed),
        ("a JPEG inside", Bitmap { compression: 4, ..good() }.file(), Unsupported),
        ("masks of nothing", masks([0; 3]), Malformed),
        ("masks with gaps", masks([0xf0f0, 0xff, 0xff00]), Malformed),
        ("masks that overlap", masks([0xff, 0xff, 0xff]), Read),
    ])
    .await;
}

#[tokio::test]
async fn runs() {
    let runs = |runs: &[u8]| Bitmap::runs(RLE8, runs).file();
    let from_top = Bitmap { height: -2, ..Bitmap::runs(RLE8, &[2, 1, 0, 1]) };
    let wide = Bitmap { width: 3_000, height: 3_000, ..Bitmap::runs(RLE8, &[255, 1, 0, 1]) };
    let moves = [0, 2, 0, 0].repeat(1_000_000);
    check(vec![
        ("a run past the row", runs(&[255, 1, 0, 1]), Read),
        (
            "a run past the picture",
            runs(&[255, 1, 0, 0, 255, 1, 0, 0, 255, 1, 0, 0, 255, 1, 0, 1]),
            Read,
        ),
        ("pixels past the row", runs(&[&[0, 255][..], &[1; 256], &[0, 1]].concat()), Malformed),
        ("pixels that are not there", runs(&[0, 255, 1]), Truncated),
        ("a move past the picture", runs(&[0, 2, 255, 255, 2, 1, 0, 1]), Malformed),
        ("a million moves to nowhere", runs(&moves), Truncated),
        ("rows without end", runs(&[0, 0].repeat(1_000_000)), Read),
        ("no runs", runs(&[]), Truncated),
        ("an end at once", runs(&[0, 1]), Read),
        ("an end at once in 3000 x 3000", wide.file(), Read),
        ("runs from the top", from_top.file(), Malformed),
        ("an index past the palette in runs", runs(&[2, 255, 0, 0, 2, 255, 0, 1]), Read),
        ("half a byte past the row", Bitmap::runs(RLE4, &[255, 0x12, 0, 1]).file(), Malformed),
        (
            "runs of 24 bits",
            Bitmap { bits: 24, ..Bitmap::runs(RLE8, &[2, 1, 0, 1]) }.file(),
            Malformed,
        ),
    ])
    .await;
}
