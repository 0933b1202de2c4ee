//! Small files of every format, built for tests byte by byte, or by encoders that are not ours.

use image::{DynamicImage, ImageBuffer, ImageFormat};
use jpeg_encoder::ColorType as JpegColour;

use super::{Frame, Layout, Samples, Shape};

/// A PNG file to be written by the book (W3C, third edition).
#[derive(Clone, Debug)]
pub struct Png {
    pub width: usize,
    pub height: usize,
    /// 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGBA.
    pub colour: u8,
    /// Bits of a sample.
    pub depth: u8,
    pub interlaced: bool,
    /// Chunks before the data.
    pub chunks: Vec<(&'static [u8; 4], Vec<u8>)>,
}

impl Png {
    pub fn new(width: usize, height: usize, colour: u8, depth: u8) -> Self {
        Self { width, height, colour, depth, interlaced: false, chunks: Vec::new() }
    }

    /// One of a palette of 16 colours, which are transparent by halves where `alpha` is true.
    pub fn indexed(width: usize, height: usize, depth: u8, alpha: bool) -> Self {
        let mut png = Self::new(width, height, 3, depth);
        let colours = 1 << depth.min(4);
        let palette = (0..colours).flat_map(|index: u8| palette(index)[..3].to_vec()).collect();
        png.chunks.push((b"PLTE", palette));
        if alpha {
            png.chunks.push((b"tRNS", (0..colours).map(palette_alpha).collect()));
        }
        png
    }

    pub fn channels(&self) -> usize {
        match self.colour {
            0 | 3 => 1,
            4 => 2,
            2 => 3,
            _ => 4,
        }
    }

    /// A sample that tells where it is.
    pub fn sample(&self, x: usize, y: usize, channel: usize) -> u16 {
        let place = ((y * self.width + x) * self.channels() + channel) as u64;
        let most = if self.colour == 3 { self.depth.min(4) } else { self.depth };
        (place.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - most)) as u16
    }

    /// The whole file.
    pub fn file(&self) -> Vec<u8> {
        let mut data = Vec::new();
        // Adam7 (section 8.1): where each pass begins, and its steps.
        let passes: &[[usize; 4]] = if self.interlaced {
            &[
                [0, 0, 8, 8],
                [4, 0, 8, 8],
                [0, 4, 4, 8],
                [2, 0, 4, 4],
                [0, 2, 2, 4],
                [1, 0, 2, 2],
                [0, 1, 1, 2],
            ]
        } else {
            &[[0, 0, 1, 1]]
        };
        for &[left, top, across, down] in passes {
            for y in (top..self.height).step_by(down).filter(|_| left < self.width) {
                data.push(0);
                self.pack(y, (left..self.width).step_by(across), &mut data);
            }
        }
        let mut header = [self.width as u32, self.height as u32].map(u32::to_be_bytes).concat();
        header.extend([self.depth, self.colour, 0, 0, u8::from(self.interlaced)]);
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        file.extend(chunk(b"IHDR", &header));
        self.chunks.iter().for_each(|(kind, content)| file.extend(chunk(kind, content)));
        file.extend(chunk(b"IDAT", &fdeflate::compress_to_vec(&data)));
        file.extend(chunk(b"IEND", b""));
        file
    }

    /// A row's samples, the first in the high bits.
    fn pack(&self, y: usize, columns: impl Iterator<Item = usize>, data: &mut Vec<u8>) {
        let (mut bits, mut filled) = (0u32, 0);
        for (x, channel) in columns.flat_map(|x| (0..self.channels()).map(move |c| (x, c))) {
            bits = bits << self.depth | u32::from(self.sample(x, y, channel));
            filled += self.depth;
            while filled >= 8 {
                filled -= 8;
                data.push((bits >> filled) as u8);
            }
        }
        if filled > 0 {
            data.push((bits << (8 - filled)) as u8);
        }
    }
}

/// The colour of an index.
pub fn palette(index: u8) -> [u8; 4] {
    [index * 16, 255 - index, index * 7, palette_alpha(index)]
}

const fn palette_alpha(index: u8) -> u8 {
    255 - index % 2 * 128
}

/// A chunk of a PNG.
pub fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let checked = [&kind[..], content].concat();
    let length = (content.len() as u32).to_be_bytes();
    [&length[..], &checked, &crc32(&checked).to_be_bytes()].concat()
}

/// CRC-32 as PNG defines it (annex D), bit by bit.
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ ((crc & 1) * 0xedb8_8320))
    })
}

/// A frame of 8 bits whose samples tell where they are.
pub fn frame(width: u32, height: u32, layout: Layout) -> Frame {
    let shape = Shape { width, height, layout };
    let sample = |at: u64| (at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8;
    Frame::new(shape, (0..shape.samples()).map(sample).collect::<Vec<_>>())
}

/// The frame's 8-bit samples.
pub fn bytes(frame: &Frame) -> &[u8] {
    match frame.samples() {
        Samples::U8(samples) => samples,
        Samples::U16(_) => panic!("8 bits were asked for"),
    }
}

/// A frame as the `image` crate writes it.
pub fn written(frame: &Frame, format: ImageFormat) -> Vec<u8> {
    let Shape { width, height, layout } = frame.shape();
    let samples = bytes(frame).to_vec();
    let picture = match layout {
        Layout::L => ImageBuffer::from_raw(width, height, samples).map(DynamicImage::ImageLuma8),
        Layout::La => ImageBuffer::from_raw(width, height, samples).map(DynamicImage::ImageLumaA8),
        Layout::Rgb => ImageBuffer::from_raw(width, height, samples).map(DynamicImage::ImageRgb8),
        Layout::Rgba => ImageBuffer::from_raw(width, height, samples).map(DynamicImage::ImageRgba8),
    };
    let mut file = std::io::Cursor::new(Vec::new());
    picture.unwrap().write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// A JPEG of these samples at quality 95, without subsampling.
pub fn jpeg(
    width: u16,
    height: u16,
    colour: JpegColour,
    samples: &[u8],
    progressive: bool,
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut file, 95);
    encoder.set_progressive(progressive);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_1_1);
    encoder.encode(samples, width, height, colour).unwrap();
    file
}

/// A smooth picture for JPEG, of any number of channels.
pub fn slope(width: usize, height: usize, channels: usize) -> Vec<u8> {
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    places
        .flat_map(|(x, y)| {
            (0..channels).map(move |c| ((x * (9 - c) + y * (3 + 2 * c)) % 256) as u8)
        })
        .collect()
}

/// The smallest picture in lossy WebP: one pixel, a key frame of RFC 6386.
pub const LOSSY_WEBP: &[u8] = b"RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0\x30\x01\0\x9d\x01\x2a\x01\0\x01\0\x03\0\x34\x25\xa4\0\x03\x70\0\xfe\xfb\x94\0\0";

/// An icon of these pictures: sides, bits of a pixel, content.
pub fn icon(pictures: &[(u8, u8, Vec<u8>)]) -> Vec<u8> {
    let mut file = vec![0, 0, 1, 0, pictures.len() as u8, 0];
    let mut offset = (6 + 16 * pictures.len()) as u32;
    for (side, bits, content) in pictures {
        file.extend([*side, *side, 0, 0, 1, 0, *bits, 0]);
        file.extend([content.len() as u32, offset].map(u32::to_le_bytes).concat());
        offset += content.len() as u32;
    }
    pictures.iter().for_each(|(.., content)| file.extend(content));
    file
}

/// A bitmap as icons hold it: `width` x `height` pixels of 32 bits, and a mask that hides the first.
pub fn icon_bitmap(width: u32, height: u32, bgra: &[u8]) -> Vec<u8> {
    let mut bitmap = [40, width, 2 * height].map(u32::to_le_bytes).concat();
    bitmap.extend([1, 0, 32, 0]);
    bitmap.extend([0; 24]);
    bgra.chunks_exact(4 * width as usize).rev().for_each(|row| bitmap.extend(row));
    let row = vec![0; width.div_ceil(32) as usize * 4];
    let mut mask = row.repeat(height as usize);
    mask[row.len() * (height as usize - 1)] = 0x80;
    bitmap.extend(mask);
    bitmap
}

/// A bitmap file with a palette of two colours, one bit a pixel.
pub fn bilevel_bitmap(width: u32, height: u32, rows: &[u8]) -> Vec<u8> {
    let mut file = b"BM".to_vec();
    file.extend([0, 0, 14 + 40 + 8, 40, width, height].map(u32::to_le_bytes).concat());
    file.extend([1, 0, 1, 0]);
    file.extend([0; 24]);
    file.extend([10, 20, 30, 0, 40, 50, 60, 0]);
    file.extend(rows);
    file
}

/// A little-endian TIFF of one strip: the directory's further entries (tag, type, count, value),
/// and its data.
pub fn tiff(width: u32, height: u32, entries: &[(u16, u16, u32, u32)], data: &[u8]) -> Vec<u8> {
    let count = entries.len() + 4;
    let at = (10 + 12 * count + 4) as u32;
    let mut all = vec![
        (256, 4, 1, width),
        (257, 4, 1, height),
        (273, 4, 1, at),
        (279, 4, 1, data.len() as u32),
    ];
    all.extend(entries);
    all.sort_unstable();
    let mut file = b"II*\0\x08\0\0\0".to_vec();
    file.extend((count as u16).to_le_bytes());
    for (tag, kind, count, value) in all {
        file.extend([tag.to_le_bytes(), u16::to_le_bytes(kind)].concat());
        file.extend([u32::to_le_bytes(count), value.to_le_bytes()].concat());
    }
    file.extend([0; 4]);
    file.extend(data);
    file
}
