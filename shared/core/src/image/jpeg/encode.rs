//! Frames to JPEG (ITU-T T.81, baseline): `libjpeg-turbo-rs` transforms and codes, a row of MCUs
//! at a time. Each is a restart interval of the file (E.1.4), so that neither the planes nor the
//! file are ever held whole.

use std::io::Write;
use std::iter;
use std::ops::Range;

use super::mcu_row::{McuRow, Sampling};
use super::opaque::OpaqueRows;
use crate::image::{Error, Frame, Layout, LimitError, Quality, Shape};

/// The quality from which on chroma keeps its resolution.
const FULL_CHROMA_QUALITY: u8 = 90;

/// Writes a frame whose sides are 1 to 65,535 pixels, laid on `background` where it has alpha.
pub(in crate::image) fn encode(
    frame: &Frame,
    quality: Quality,
    background: [u8; 3],
    out: &mut impl Write,
) -> Result<(), Error> {
    let Shape { width, height, .. } = frame.shape();
    let (columns, rows) = (width as usize, height as usize);
    let mut source = OpaqueRows::new(frame, background, Sampling::Halved.side())?;
    let sampling = match source.layout {
        Layout::L => Sampling::Gray,
        _ if quality.get() < FULL_CHROMA_QUALITY => Sampling::Halved,
        _ => Sampling::Full,
    };
    let mut row = McuRow::new(columns, sampling)?;
    let side = sampling.side();
    for (interval, first) in (0..rows).step_by(side).enumerate() {
        row.fill(source.get(first..rows.min(first + side)), columns);
        let file = row.encode(quality)?;
        let (header, coded) = split(&file);
        let written = match interval {
            0 => out.write_all(&head(header, frame.shape(), row.mcus())),
            _ => out.write_all(&[0xff, 0xd0 + ((interval - 1) % 8) as u8]),
        };
        written.and_then(|()| out.write_all(coded)).map_err(no_room)?;
    }
    out.write_all(&[0xff, 0xd9]).map_err(no_room)
}

/// The memory, in bytes, of such a file: what detailed photographs come to, and as much again.
/// Noise may take more, and then the writer runs out of room.
pub(in crate::image) fn file_bytes(shape: Shape, quality: Quality) -> u64 {
    let pixels = u64::from(shape.width) * u64::from(shape.height);
    let gray = matches!(shape.layout, Layout::L | Layout::La);
    match (quality.get() < FULL_CHROMA_QUALITY, gray) {
        (true, true) => pixels / 2,
        (true, false) => pixels.saturating_mul(3) / 4,
        (false, true) => pixels.saturating_mul(3) / 2,
        (false, false) => pixels.saturating_mul(3),
    }
}

/// What encoding takes beside the frame and the file, in bytes: a row of MCUs as planes, as a file
/// with room to grow, and as rows without alpha.
pub(in crate::image) fn scratch_bytes(shape: Shape) -> u64 {
    256 * u64::from(shape.width)
}

/// The writer is the only thing that can fail, and only for want of memory.
fn no_room<E>(_: E) -> Error {
    LimitError::Exhausted.into()
}

/// A file's segments up to and with the scan header, and its entropy-coded data.
fn split(file: &[u8]) -> (&[u8], &[u8]) {
    let scan = segments(file).find(|(marker, _)| *marker == 0xda);
    let start = scan.map_or(file.len(), |(_, segment)| segment.end);
    // The end-of-image marker is the last two bytes.
    (&file[..start], &file[start..file.len().saturating_sub(2).max(start)])
}

/// The head of the whole picture from that of its first row of MCUs: its own size, and the number
/// of MCUs between restarts.
fn head(of_row: &[u8], shape: Shape, interval: usize) -> Vec<u8> {
    let mut head = Vec::with_capacity(of_row.len() + 6);
    head.extend_from_slice(&of_row[..2]);
    for (marker, segment) in segments(of_row) {
        if marker == 0xda {
            // At most 8,192 MCUs stand in a row of 65,535 pixels.
            let [high, low] = (interval as u16).to_be_bytes();
            head.extend_from_slice(&[0xff, 0xdd, 0, 4, high, low]);
        }
        let at = head.len();
        head.extend_from_slice(&of_row[segment]);
        if marker == 0xc0 {
            // After the marker, the length and the precision.
            head[at + 5..at + 7].copy_from_slice(&(shape.height as u16).to_be_bytes());
            head[at + 7..at + 9].copy_from_slice(&(shape.width as u16).to_be_bytes());
        }
    }
    head
}

/// The segments of a header, with their markers, to the scan header.
fn segments(file: &[u8]) -> impl Iterator<Item = (u8, Range<usize>)> {
    let mut at = 2;
    iter::from_fn(move || {
        let &[_, marker, high, low] = file.get(at..at + 4)?.as_array()?;
        let segment = at..at + 2 + usize::from(u16::from_be_bytes([high, low]));
        at = segment.end;
        Some((marker, segment))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::Samples;
    use crate::image::jpeg::decode::Jpeg;

    /// A slope to the right and down, in colours that differ.
    fn slope(width: usize, height: usize, layout: Layout) -> Frame {
        let level = |x: usize, y: usize, channel: usize| match channel {
            0 => 30 + 200 * x / width.max(64),
            1 => 220 - 180 * y / height.max(64),
            _ => 60 + 60 * x / width.max(64) + 60 * y / height.max(64),
        };
        let channels = layout.channels();
        let at = |at| level(at / channels % width, at / channels / width, at % channels) as u8;
        let samples: Vec<u8> = (0..width * height * channels).map(at).collect();
        Frame::new(Shape { width: width as u32, height: height as u32, layout }, samples)
    }

    fn quality(quality: u8) -> Quality {
        Quality::new(quality).expect("1 to 100")
    }

    fn file(frame: &Frame, level: u8) -> Vec<u8> {
        let mut file = Vec::new();
        encode(frame, quality(level), [255; 3], &mut file).expect("memory for a small picture");
        file
    }

    fn read(file: &[u8]) -> Frame {
        Jpeg::open(file).and_then(Jpeg::decode).expect("a JPEG")
    }

    fn levels(frame: &Frame) -> &[u8] {
        match frame.samples() {
            Samples::U8(levels) => levels,
            Samples::U16(_) => panic!("a JPEG has 8 bits"),
        }
    }

    #[test]
    fn pictures_of_every_size_about_an_mcu_come_back() {
        let sides = [1, 2, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 49];
        for layout in [Layout::L, Layout::Rgb] {
            for (width, height) in sides.iter().flat_map(|w| sides.map(|h| (*w, h))) {
                let frame = slope(width, height, layout);
                for level in [80, 89, 90, 100] {
                    let decoded = read(&file(&frame, level));
                    assert_eq!(decoded.shape(), frame.shape());
                    let pairs = levels(&decoded).iter().zip(levels(&frame));
                    let worst = pairs.map(|(a, b)| a.abs_diff(*b)).max();
                    assert!(worst <= Some(9), "{width} x {height}, {level}: {worst:?}");
                }
            }
        }
    }

    #[test]
    fn each_row_of_mcus_is_a_restart_interval() {
        let frame = slope(33, 16 * 10 + 1, Layout::Rgb);
        let file = file(&frame, 80);
        let (head, _) = split(&file);
        let found: Vec<_> =
            segments(head).map(|(marker, segment)| (marker, head[segment].to_vec())).collect();
        let of = |wanted| found.iter().find(|(marker, _)| *marker == wanted).map(|(_, s)| &s[..]);
        let (size, interval) = (of(0xc0).expect("a frame"), of(0xdd).expect("an interval"));
        assert_eq!(size[..12], [0xff, 0xc0, 0, 17, 8, 0, 161, 0, 33, 3, 1, 0x22]);
        assert_eq!(interval, [0xff, 0xdd, 0, 4, 0, 3]);
        let restarts: Vec<u8> = file[head.len()..]
            .windows(2)
            .filter(|pair| pair[0] == 0xff && pair[1] != 0)
            .map(|pair| pair[1])
            .collect();
        let expected = [0, 1, 2, 3, 4, 5, 6, 7, 0, 1].map(|restart| 0xd0 + restart);
        assert_eq!(restarts, [&expected[..], &[0xd9]].concat());
    }

    #[test]
    fn chroma_is_averaged_below_quality_90() {
        // Red and blue alternate: of their average, all is left at 4:2:0, and nothing at 4:4:4.
        let pixel = |at: usize| if at.is_multiple_of(2) { [200, 60, 60] } else { [60, 60, 200] };
        let samples: Vec<u8> = (0..32 * 32).flat_map(pixel).collect();
        let shape = Shape { width: 32, height: 32, layout: Layout::Rgb };
        let frame = Frame::new(shape, samples);
        let spread = |level| {
            let decoded = read(&file(&frame, level));
            let red = levels(&decoded)
                .chunks_exact(3)
                .map(|pixel| i32::from(pixel[0]) - i32::from(pixel[2]));
            (red.clone().min().expect("pixels"), red.max().expect("pixels"))
        };
        assert_eq!(spread(89), (0, 0));
        let (least, most) = spread(90);
        assert!(least < -100 && most > 100, "{least} {most}");
    }

    #[test]
    fn a_grainy_photograph_stays_within_the_estimate() {
        for layout in [Layout::L, Layout::Rgb] {
            let shape = Shape { width: 320, height: 240, layout };
            let level = |at: u64| {
                let grain = (at + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 60;
                (40 + at / 97 % 160 + grain) as u8
            };
            let frame = Frame::new(shape, (0..shape.samples()).map(level).collect::<Vec<_>>());
            for level in [1, 80, 89, 90, 100] {
                let (actual, most) =
                    (file(&frame, level).len() as u64, file_bytes(shape, quality(level)));
                assert!(actual <= most, "{actual} bytes of {most} at quality {level}");
            }
        }
    }

    #[test]
    fn a_writer_without_room_is_a_limit() {
        let frame = slope(40, 40, Layout::L);
        let whole = file(&frame, 80).len();
        for room in [0, 100, whole / 2, whole - 1] {
            let mut out = vec![0; room];
            let error = encode(&frame, Quality::DEFAULT, [255; 3], &mut &mut out[..]);
            assert_eq!(error, Err(LimitError::Exhausted.into()), "{room}");
        }
    }
}
