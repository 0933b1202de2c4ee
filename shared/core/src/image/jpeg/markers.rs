//! The markers of a JPEG file (ITU-T T.81, annex B). A decoder fills missing data with gray and
//! misreads rare layouts; what it would not tell is found out here, before it runs.

use crate::image::{Error, Format, InputError, UnsupportedError};

const MARKER_BYTES: usize = 2;
/// The most scans that are read: each is a walk over all blocks, however few its bytes are. Encoders
/// write some ten.
const MOST_SCANS: u32 = 100;

/// What a walk over the markers tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::image) struct Markers {
    /// The end-of-image marker was reached.
    complete: bool,
    /// A coding or layout that the decoder does not read, or misreads.
    unsupported: bool,
    /// A scan's header contradicts how progressions go.
    malformed: bool,
    scans: u32,
    /// Fewer bits of entropy-coded data than the blocks need at the least.
    starved: bool,
    /// The decoder can be trusted to leave out chroma: it misreads progressive files that halve
    /// chroma downwards only, say.
    pub(in crate::image) luma_stands_alone: bool,
    /// Coefficients that are held until the last scan, in bytes: none for a single baseline scan.
    pub(in crate::image) coefficient_bytes: u64,
    /// What the decoder keeps of metadata, and a profile put together from its segments, in bytes.
    pub(in crate::image) metadata_bytes: u64,
}

impl Markers {
    pub(in crate::image) fn read(file: &[u8]) -> Self {
        let mut markers = Self::default();
        let mut frame = Frame::default();
        let mut scanned_bytes = 0;
        let mut rest = file.get(2..).unwrap_or_default();
        let mut in_scan = false;
        while let Some((marker, after)) = next_marker(rest) {
            if in_scan {
                scanned_bytes += (rest.len() - after.len() - MARKER_BYTES) as u64;
            }
            rest = after;
            match marker {
                0xd9 => {
                    markers.complete = true;
                    break;
                }
                // Restarts, a second start of image and TEM stand alone.
                0x01 | 0xd0..=0xd8 => continue,
                _ => in_scan = false,
            }
            let Some((segment, after)) = split_segment(rest) else { break };
            rest = after;
            match marker {
                0xe0..=0xef => markers.metadata_bytes += 2 * segment.len() as u64,
                0xc4 | 0xc8 | 0xcc => {}
                0xc0..=0xcf => {
                    frame = Frame::parse(marker, segment);
                    markers.unsupported |= frame.is_unsupported();
                }
                0xda => {
                    in_scan = true;
                    markers.scan(&frame, segment);
                }
                _ => {}
            }
        }
        markers.starved = 8 * scanned_bytes < frame.least_bits;
        markers
    }

    fn scan(&mut self, frame: &Frame, header: &[u8]) {
        self.scans += 1;
        self.unsupported |= self.scans > MOST_SCANS;
        self.malformed |= frame.progressive && !progresses(header);
        let partial = header.first().is_some_and(|count| *count < frame.components);
        if partial || frame.progressive {
            self.coefficient_bytes = frame.coefficient_bytes();
        }
        let whole = frame.progressive || self.coefficient_bytes == 0;
        self.luma_stands_alone = frame.usual && whole;
        // The decoder takes their blocks in the order of a scan of all components.
        self.unsupported |= partial && !frame.progressive && frame.subsampled;
    }

    /// Refuses a file that the decoder would make a wrong picture of.
    pub(in crate::image) fn check(&self) -> Result<(), Error> {
        if !self.complete {
            return Err(InputError::Truncated(Format::Jpeg).into());
        }
        if self.unsupported {
            return Err(UnsupportedError::Feature(Format::Jpeg).into());
        }
        if self.malformed {
            return Err(InputError::Malformed(Format::Jpeg).into());
        }
        if self.starved {
            return Err(InputError::Truncated(Format::Jpeg).into());
        }
        Ok(())
    }
}

/// Whether a scan's header is one of a progression (section G.1.1.1): the first coefficient alone,
/// or others of one component; all of their higher bits, or one bit more.
fn progresses(header: &[u8]) -> bool {
    let Some(&[first, last, bits]) = header.last_chunk::<3>() else { return false };
    let (high, low) = (bits >> 4, bits & 15);
    let band = match first {
        0 => last == 0,
        _ => first <= last && last < 64 && header[0] == 1,
    };
    band && low <= 13 && (high == 0 || high == low + 1)
}

/// The next marker and what follows it; entropy-coded data and fill bytes are passed over.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let mut rest = bytes;
    loop {
        let at = memchr::memchr(0xff, rest)?;
        rest = &rest[at + 1..];
        match *rest.first()? {
            0x00 | 0xff => {}
            marker => return Some((marker, &rest[1..])),
        }
    }
}

/// A segment's content and what follows it.
fn split_segment(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = usize::from(u16::from_be_bytes([*bytes.first()?, *bytes.get(1)?]));
    Some((bytes.get(2..length)?, &bytes[length..]))
}

/// A start-of-frame segment (T.81, B.2.2).
#[derive(Default)]
struct Frame {
    components: u8,
    progressive: bool,
    /// Neither baseline, extended nor progressive Huffman coding, or not of 8 bits.
    foreign: bool,
    subsampled: bool,
    /// 4:4:4, 4:2:2 or 4:2:0.
    usual: bool,
    /// A component is sampled more finely than the first, which the decoder takes for the finest.
    finer_than_first: bool,
    blocks: u64,
    /// The fewest bits of entropy-coded data.
    least_bits: u64,
}

impl Frame {
    fn parse(marker: u8, segment: &[u8]) -> Self {
        let [precision, h1, h0, w1, w0, components, specifications @ ..] = segment else {
            return Self::default();
        };
        let (height, width) = (u16::from_be_bytes([*h1, *h0]), u16::from_be_bytes([*w1, *w0]));
        let sampling: Vec<(u64, u64)> = specifications
            .chunks_exact(3)
            .map(|component| (u64::from(component[1] >> 4), u64::from(component[1] & 15)))
            .collect();
        let first = sampling.first().copied().unwrap_or_default();
        let across = sampling.iter().map(|(h, _)| *h).max().unwrap_or(1).max(1);
        let down = sampling.iter().map(|(_, v)| *v).max().unwrap_or(1).max(1);
        let units = u64::from(width).div_ceil(8 * across) * u64::from(height).div_ceil(8 * down);
        // Scans of one component leave out blocks beyond the edges. Each other one has at least a DC
        // difference and, baseline, an end of block, of a bit each.
        let blocks_along = |side: u16, sampling: u64, most: u64| {
            (u64::from(side) * sampling).div_ceil(most).div_ceil(8)
        };
        let least_blocks =
            |(h, v): &(u64, u64)| blocks_along(width, *h, across) * blocks_along(height, *v, down);
        let progressive = marker == 0xc2;
        let bits_per_block = if progressive { 1 } else { 2 };
        Self {
            components: *components,
            progressive,
            foreign: !matches!(marker, 0xc0..=0xc2) || *precision != 8,
            subsampled: (across, down) != (1, 1),
            usual: matches!(first, (1, 1) | (2, 1) | (2, 2))
                && sampling.iter().skip(1).all(|chroma| *chroma == (1, 1)),
            finer_than_first: sampling.iter().any(|(h, v)| *h > first.0 || *v > first.1),
            blocks: units * sampling.iter().map(|(h, v)| h * v).sum::<u64>(),
            least_bits: bits_per_block * sampling.iter().map(least_blocks).sum::<u64>(),
        }
    }

    fn is_unsupported(&self) -> bool {
        self.foreign || self.finer_than_first
    }

    fn coefficient_bytes(&self) -> u64 {
        self.blocks * 64 * size_of::<i16>() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SOI, a frame header of 33x17 pixels with 4:2:0 sampling, a scan of `scanned` components,
    /// and EOI, and what follows it.
    fn file(frame_marker: u8, scanned: u8) -> Vec<u8> {
        let mut file = vec![0xff, 0xd8, 0xff, frame_marker, 0, 17, 8, 0, 17, 0, 33, 3];
        file.extend([1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]);
        file.extend([0xff, 0xda, 0, 4, scanned, 0]);
        file.extend([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0x57, 0xff, 0xff, 0xd9, 0x77]);
        file
    }

    /// The same, progressive, with one scan of the first coefficients of a component.
    fn progressive() -> Vec<u8> {
        let mut file = file(0xc2, 1);
        file.splice(21..27, [0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0]);
        file
    }

    const TRUNCATED: Error = Error::Input(InputError::Truncated(Format::Jpeg));
    const UNSUPPORTED: Error = Error::Unsupported(UnsupportedError::Feature(Format::Jpeg));

    #[test]
    fn a_file_is_complete_from_its_end_marker_on() {
        let file = file(0xc0, 3);
        let end = file.len() - 1;
        for length in 0..file.len() {
            let expected = if length >= end { Ok(()) } else { Err(TRUNCATED) };
            assert_eq!(Markers::read(&file[..length]).check(), expected, "{length}");
        }
    }

    #[test]
    fn coefficients_are_held_for_progressive_and_separate_scans() {
        // 3 x 2 units of 16 x 16 pixels, 6 blocks of 64 coefficients of 2 bytes each.
        assert_eq!(Markers::read(&file(0xc2, 3)).coefficient_bytes, 3 * 2 * 6 * 128);
        assert_eq!(Markers::read(&file(0xc0, 1)).coefficient_bytes, 3 * 2 * 6 * 128);
        assert_eq!(Markers::read(&file(0xc0, 3)).coefficient_bytes, 0);
    }

    #[test]
    fn luma_stands_alone_where_that_was_tried() {
        let stands_alone = |frame_marker, scanned, sampling| {
            let mut file = file(frame_marker, scanned);
            file[13] = sampling;
            Markers::read(&file).luma_stands_alone
        };
        for sampling in [0x11, 0x21, 0x22] {
            assert!(stands_alone(0xc0, 3, sampling), "{sampling:x}");
            assert!(stands_alone(0xc2, 1, sampling), "{sampling:x}");
            assert!(!stands_alone(0xc0, 1, sampling), "{sampling:x}");
        }
        for sampling in [0x12, 0x41, 0x14, 0x42] {
            assert!(!stands_alone(0xc0, 3, sampling), "{sampling:x}");
        }
    }

    #[test]
    fn codings_and_layouts_that_would_be_misread_are_refused() {
        assert_eq!(Markers::read(&file(0xc0, 1)).check(), Err(UNSUPPORTED));
        assert_eq!(Markers::read(&progressive()).check(), Ok(()));
        for marker in [0xc3, 0xc5, 0xc9, 0xca, 0xcf] {
            assert_eq!(Markers::read(&file(marker, 3)).check(), Err(UNSUPPORTED), "{marker:x}");
        }
        let (mut twelve_bits, mut finer) = (file(0xc1, 3), file(0xc0, 3));
        twelve_bits[6] = 12;
        assert_eq!(Markers::read(&twelve_bits).check(), Err(UNSUPPORTED));
        finer[16] = 0x41;
        assert_eq!(Markers::read(&finer).check(), Err(UNSUPPORTED));
    }

    #[test]
    fn a_frame_needs_bits_for_each_block() {
        // 15 blocks of Y and 12 of chroma, in 7 bytes; then 20 of Y.
        let mut baseline = file(0xc0, 3);
        assert_eq!(Markers::read(&baseline).check(), Ok(()));
        baseline[8] = 25;
        assert_eq!(Markers::read(&baseline).check(), Err(TRUNCATED));
        let mut progressive = progressive();
        progressive[8] = 48;
        assert_eq!(Markers::read(&progressive).check(), Ok(()));
        progressive[8] = 49;
        assert_eq!(Markers::read(&progressive).check(), Err(TRUNCATED));
    }

    #[test]
    fn scans_of_a_progression_fit_together_and_are_few() {
        let good = progressive();
        // First and last coefficient, high and low bit.
        for (band, whole) in [
            ([0, 0, 0x0d], true),
            ([0, 0, 0x10], true),
            ([5, 63, 0x21], true),
            ([0, 1, 0], false),
            ([5, 4, 0], false),
            ([5, 64, 0], false),
            ([0, 0, 0x0e], false),
            ([0, 0, 0x20], false),
        ] {
            let mut file = good.clone();
            file[28..31].copy_from_slice(&band);
            let malformed = InputError::Malformed(Format::Jpeg).into();
            let expected = if whole { Ok(()) } else { Err(malformed) };
            assert_eq!(Markers::read(&file).check(), expected, "{band:?}");
        }
        let scan = good[21..31].to_vec();
        let scans = |more: u32| {
            let mut file = good.clone();
            file.splice(21..21, scan.repeat(more as usize));
            Markers::read(&file).check()
        };
        assert_eq!(scans(MOST_SCANS - 1), Ok(()));
        assert_eq!(scans(MOST_SCANS), Err(UNSUPPORTED));
    }

    #[test]
    fn an_end_marker_inside_a_segment_ends_nothing() {
        let file = [0xff, 0xd8, 0xff, 0xe1, 0, 6, 0xff, 0xd9, 0xff, 0xd9, 0xff];
        assert_eq!(Markers::read(&file).check(), Err(TRUNCATED));
    }
}
