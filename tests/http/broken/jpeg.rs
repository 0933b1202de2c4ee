//! Broken JPEG files (ITU-T T.81, annex B).

use super::case::Verdict::{Malformed, Read, Truncated, Unsupported};
use super::case::check;
use crate::pictures::jpeg;

const DHT: u8 = 0xc4;
const SOF0: u8 = 0xc0;
const SOF2: u8 = 0xc2;
const DQT: u8 = 0xdb;
const DRI: u8 = 0xdd;
const SOS: u8 = 0xda;

/// A file in its segments: markers, and what follows them. A scan's data is part of its segment.
struct Jpeg(Vec<(u8, Vec<u8>)>);

impl Jpeg {
    /// The segments of a good file of `width` x `height` pixels.
    fn new(width: u16, height: u16, progressive: bool) -> Self {
        let file = jpeg(width, height, progressive, None);
        let (mut segments, mut rest) = (Vec::new(), &file[2..]);
        while rest[1] != 0xd9 {
            let length = usize::from(u16::from_be_bytes([rest[2], rest[3]]));
            let scanned = rest[2 + length..]
                .windows(2)
                .position(|pair| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7))
                .unwrap();
            segments.push((rest[1], rest[4..2 + length + scanned].to_vec()));
            rest = &rest[2 + length + scanned..];
        }
        Self(segments)
    }

    fn small() -> Self {
        Self::new(16, 16, false)
    }

    /// The first segment with this marker.
    fn first(&mut self, marker: u8) -> &mut Vec<u8> {
        let mut segments = self.0.iter_mut();
        &mut segments.find(|(other, _)| *other == marker).unwrap().1
    }

    fn change(mut self, marker: u8, change: impl FnOnce(&mut Vec<u8>)) -> Self {
        change(self.first(marker));
        self
    }

    /// With these bytes at `at` of the first segment with this marker.
    fn set(self, marker: u8, at: usize, bytes: &[u8]) -> Self {
        self.change(marker, |segment| segment[at..at + bytes.len()].copy_from_slice(bytes))
    }

    fn without(mut self, marker: u8) -> Self {
        self.0.retain(|(other, _)| *other != marker);
        self
    }

    /// With one more segment before the first with the marker `before`.
    fn with(mut self, before: u8, marker: u8, content: Vec<u8>) -> Self {
        let at = self.0.iter().position(|(other, _)| *other == before).unwrap();
        self.0.insert(at, (marker, content));
        self
    }

    /// The scan's data, after the header of three components.
    fn scan(self, data: &[u8]) -> Self {
        self.change(SOS, |scan| {
            scan.truncate(10);
            scan.extend(data);
        })
    }

    fn file(&self) -> Vec<u8> {
        let mut file = vec![0xff, 0xd8];
        for (marker, content) in &self.0 {
            let length =
                if *marker == SOS { 1 + 2 * usize::from(content[0]) + 3 } else { content.len() };
            file.extend([0xff, *marker]);
            file.extend((length as u16 + 2).to_be_bytes());
            file.extend(content);
        }
        file.extend([0xff, 0xd9]);
        file
    }
}

#[tokio::test]
async fn tables() {
    let huffman = |counts: &[u8], symbols: &[u8]| {
        let mut table = vec![0; 17];
        table[1..=counts.len()].copy_from_slice(counts);
        Jpeg::small().with(SOS, DHT, [table, symbols.to_vec()].concat()).file()
    };
    let quantization = |content: &[u8]| Jpeg::small().with(SOS, DQT, content.to_vec()).file();
    check(vec![
        ("no Huffman tables", Jpeg::small().without(DHT).file(), Malformed),
        ("three codes of one bit", huffman(&[3], &[1, 2, 3]), Malformed),
        ("five codes of two bits", huffman(&[0, 5], &[1, 2, 3, 4, 5]), Malformed),
        ("a code of ones alone", huffman(&[2], &[1, 2]), Malformed),
        ("300 codes", huffman(&[0, 0, 0, 0, 0, 0, 0, 0, 200, 100], &[1; 300]), Malformed),
        ("fewer symbols than codes", huffman(&[0, 3], &[1]), Malformed),
        ("a table without codes", huffman(&[], &[]), Malformed),
        ("differences of 31 bits", huffman(&[0, 3], &[31, 30, 29]), Malformed),
        ("Huffman table 4", Jpeg::small().set(DHT, 0, &[4]).file(), Malformed),
        ("Huffman class 2", Jpeg::small().set(DHT, 0, &[0x20]).file(), Malformed),
        ("no quantization tables", Jpeg::small().without(DQT).file(), Malformed),
        ("quantization table 4", quantization(&[4; 65]), Malformed),
        ("quantization table of 3 bytes", quantization(&[0, 1, 1]), Malformed),
        ("quantization of 32 bits", quantization(&[0x20; 129]), Malformed),
        ("quantization by zero", quantization(&[0; 65]), Read),
        ("a restart interval of 1 byte", Jpeg::small().with(SOS, DRI, vec![1]).file(), Malformed),
    ])
    .await;
}

#[tokio::test]
async fn frames() {
    let sides = |height: u16, width: u16| {
        let sides = [height.to_be_bytes(), width.to_be_bytes()].concat();
        Jpeg::small().set(SOF0, 1, &sides).file()
    };
    let frame = |at: usize, value: u8| Jpeg::small().set(SOF0, at, &[value]).file();
    let scan = |at: usize, value: u8| Jpeg::small().set(SOS, at, &[value]).file();
    let twice = Jpeg::small().first(SOF0).clone();
    let late = Jpeg::small().without(SOF0);
    let mut last = late.0.clone();
    last.push((SOF0, twice.clone()));
    check(vec![
        ("no width", sides(16, 0), Malformed),
        ("no height", sides(0, 16), Malformed),
        ("60000 x 60000", sides(60_000, 60_000), Truncated),
        ("48 x 48, of which 16 x 16 are there", sides(48, 48), Read),
        ("12 bits", frame(0, 12), Unsupported),
        ("no components", frame(5, 0), Malformed),
        ("255 components", frame(5, 255), Malformed),
        ("sampling of 0", frame(7, 0), Unsupported),
        ("sampling of 15 x 15", frame(7, 0xff), Malformed),
        ("quantization by a table that is not there", frame(8, 3), Malformed),
        ("no frame", late.file(), Malformed),
        ("a scan before the frame", Jpeg(last).file(), Malformed),
        ("two frames", Jpeg::small().with(SOS, SOF0, twice).file(), Malformed),
        ("no scan", Jpeg::small().without(SOS).file(), Truncated),
        ("a scan of no components", scan(0, 0), Malformed),
        ("a scan of an unknown component", scan(1, 9), Malformed),
        ("a scan by tables that are not there", scan(2, 0x33), Malformed),
        ("a scan of the same component twice", scan(3, 1), Read),
        ("coefficients from 64", scan(7, 64), Malformed),
    ])
    .await;
}

/// What a scan lacks before the end marker is gray, as in libjpeg and in browsers, where there is at
/// least a bit or two for each block.
#[tokio::test]
async fn scans() {
    let data = Jpeg::small().first(SOS)[10..].to_vec();
    let cut = |keep: usize| Jpeg::small().scan(&data[..keep]).file();
    let restarts: Vec<u8> = (0..1_000_000).flat_map(|at| [0xff, 0xd0 + (at % 8) as u8]).collect();
    let every_unit = vec![0, 1];
    let mut unended = Jpeg::small().file();
    unended.truncate(unended.len() - 2);
    check(vec![
        ("half of a scan, and the end", cut(data.len() / 2), Read),
        ("a quarter of a scan, and the end", cut(data.len() / 4), Read),
        ("a scan of no data", cut(0), Truncated),
        ("no end", unended, Truncated),
        ("a scan of fill bytes", Jpeg::small().scan(&[0xff; 1_000_000]).file(), Read),
        ("a scan of ones", Jpeg::small().scan(&[0xff, 0].repeat(1_000)).file(), Malformed),
        ("restarts without end", Jpeg::small().scan(&restarts).file(), Truncated),
        (
            "restarts without end, where some are due",
            Jpeg::small().with(SOS, DRI, every_unit.clone()).scan(&restarts).file(),
            Truncated,
        ),
        (
            "no restart where some are due",
            Jpeg::new(48, 48, false).with(SOS, DRI, every_unit).file(),
            Read,
        ),
        (
            "more data than blocks",
            Jpeg::small().scan(&[data, vec![0x55; 1_000_000]].concat()).file(),
            Read,
        ),
    ])
    .await;
}

#[tokio::test]
async fn progressions() {
    let good = || Jpeg::new(32, 32, true);
    let scans = |scans: usize, side: u16| {
        let mut jpeg = Jpeg::new(32, 32, true);
        jpeg.first(SOF2)[1..5].copy_from_slice(&[side.to_be_bytes(), side.to_be_bytes()].concat());
        // Luma's AC, of which a table's first code is all there is.
        let scan = (SOS, [&[1, 1, 0, 1, 63, 0][..], &[0x55; 4]].concat());
        jpeg.0.extend(std::iter::repeat_n(scan, scans));
        jpeg.file()
    };
    check(vec![
        ("coefficients from 5 to 2", good().set(SOS, 3, &[5, 2]).file(), Malformed),
        ("a bit position of 14", good().set(SOS, 5, &[0x0e]).file(), Malformed),
        ("a refinement of nothing", good().set(SOS, 5, &[0x20]).file(), Malformed),
        ("DC and AC in one scan", good().set(SOS, 4, &[63]).file(), Malformed),
        ("3000 scans more", scans(3_000, 32), Unsupported),
        ("3000 scans more of 3000 x 3000", scans(3_000, 3_000), Unsupported),
        ("100000 scans more of 3000 x 3000", scans(100_000, 3_000), Unsupported),
        ("no scan", good().without(SOS).file(), Truncated),
        ("60000 x 60000", good().set(SOF2, 1, &[0xea, 0x60, 0xea, 0x60]).file(), Truncated),
        ("7000 x 7000", good().set(SOF2, 1, &[0x1b, 0x58, 0x1b, 0x58]).file(), Truncated),
        ("2000 x 2000 of 32 x 32", good().set(SOF2, 1, &[7, 0xd0, 7, 0xd0]).file(), Truncated),
    ])
    .await;
}

#[tokio::test]
async fn segments() {
    let with =
        |marker: u8, content: &[u8]| Jpeg::small().with(DQT, marker, content.to_vec()).file();
    let mut short = Jpeg::small().file();
    short[4..6].copy_from_slice(&[0, 1]);
    let many = |marker: u8, content: Vec<u8>, count: usize| {
        let mut jpeg = Jpeg::small();
        jpeg.0.splice(0..0, std::iter::repeat_n((marker, content), count));
        jpeg.file()
    };
    let profile = [&b"ICC_PROFILE\0\x01\xff"[..], &[7; 60_000]].concat();
    check(vec![
        ("a segment of 1 byte", short, Truncated),
        ("an EXIF that is none", with(0xe1, b"Exif\0\0II*\0\xff\xff\xff\xff"), Read),
        ("a part of a profile that is none", with(0xe2, &profile), Read),
        ("200 first parts of a profile", many(0xe2, profile, 200), Read),
        ("100,000 comments", many(0xfe, b"comment".to_vec(), 100_000), Read),
        ("an Adobe segment of 3 bytes", with(0xee, b"Ado"), Read),
        ("an Adobe segment of transform 9", with(0xee, b"Adobe\0\x64\0\0\0\0\x09"), Malformed),
        ("a reserved marker", with(0x02, b"??"), Read),
        ("arithmetic coding", with(0xcc, &[0, 0]), Malformed),
    ])
    .await;
}
