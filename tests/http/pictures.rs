//! Pictures that tests send, and what the operations make of them by the book.

use image::{DynamicImage, ImageFormat};

/// Samples of one picture, 8 or 16 bits, as plain numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    /// 1 L, 2 LA, 3 RGB, 4 RGBA.
    pub channels: usize,
    /// 255 or 65,535.
    pub most: u64,
    pub samples: Vec<u64>,
}

impl Picture {
    /// A picture whose every sample tells where it is. Alpha takes all values, 0 and full often.
    pub fn new(width: usize, height: usize, channels: usize, most: u64) -> Self {
        let sample = |at: usize| {
            let (pixel, channel) = (at / channels, at % channels);
            let (x, y) = (pixel % width, pixel / width);
            let noise = (x * 7 + y * 13 + channel * 101 + (x * y) % 31) as u64 * most / 255;
            match (channels.is_multiple_of(2) && channel == channels - 1, (x / 3 + y) % 4) {
                (true, 0) => 0,
                (true, 1) => most,
                _ => noise % (most + 1),
            }
        };
        let samples = (0..width * height * channels).map(sample).collect();
        Self { width, height, channels, most, samples }
    }

    fn pixel(&self, x: usize, y: usize) -> &[u64] {
        &self.samples[(y * self.width + x) * self.channels..][..self.channels]
    }

    fn has_alpha(&self) -> bool {
        self.channels.is_multiple_of(2)
    }

    /// ITU-R BT.601 luma in 16 fractional bits; alpha stays.
    pub fn grayscale(&self) -> Self {
        if self.channels < 3 {
            return self.clone();
        }
        let gray = |pixel: &[u64]| {
            let luma = (19_595 * pixel[0] + 38_470 * pixel[1] + 7_471 * pixel[2] + 32_768) >> 16;
            [&[luma], &pixel[3..]].concat()
        };
        let samples = self.samples.chunks_exact(self.channels).flat_map(gray).collect();
        Self { channels: self.channels - 2, samples, ..*self }
    }

    /// The mean over a window cut at the edge, colour weighted by alpha.
    pub fn blur(&self, radius: usize) -> Self {
        if radius == 0 {
            return self.clone();
        }
        let places = (0..self.height).flat_map(|y| (0..self.width).map(move |x| (x, y)));
        let samples = places.flat_map(|(x, y)| self.mean(x, y, radius)).collect();
        Self { samples, ..*self }
    }

    fn mean(&self, x: usize, y: usize, radius: usize) -> Vec<u64> {
        let mut sums = vec![0; self.channels];
        let (mut count, mut weights) = (0, 0);
        for y in y.saturating_sub(radius)..(y + radius + 1).min(self.height) {
            for x in x.saturating_sub(radius)..(x + radius + 1).min(self.width) {
                let pixel = self.pixel(x, y);
                let weight = if self.has_alpha() { pixel[self.channels - 1] } else { 1 };
                count += 1;
                weights += weight;
                for (sum, sample) in sums.iter_mut().zip(pixel) {
                    *sum += sample * weight;
                }
            }
        }
        let mut means: Vec<u64> =
            sums.iter().map(|sum| sum.checked_div(weights).unwrap_or(0)).collect();
        if self.has_alpha() {
            means[self.channels - 1] = weights / count;
        }
        means
    }

    /// The picture as a file of a lossless format that can hold it.
    pub fn file(&self, format: ImageFormat) -> Vec<u8> {
        let mut file = std::io::Cursor::new(Vec::new());
        self.dynamic().write_to(&mut file, format).unwrap();
        file.into_inner()
    }

    /// The picture in `image`'s own type.
    pub fn dynamic(&self) -> DynamicImage {
        let (width, height) = (self.width as u32, self.height as u32);
        let bytes: Vec<u8> = self.samples.iter().map(|sample| *sample as u8).collect();
        let words: Vec<u16> = self.samples.iter().map(|sample| *sample as u16).collect();
        macro_rules! wrap {
            ($samples:expr, $kind:ident) => {
                image::ImageBuffer::from_raw(width, height, $samples).map(DynamicImage::$kind)
            };
        }
        match (self.most, self.channels) {
            (255, 1) => wrap!(bytes, ImageLuma8),
            (255, 2) => wrap!(bytes, ImageLumaA8),
            (255, 3) => wrap!(bytes, ImageRgb8),
            (255, 4) => wrap!(bytes, ImageRgba8),
            (_, 1) => wrap!(words, ImageLuma16),
            (_, 2) => wrap!(words, ImageLumaA16),
            (_, 3) => wrap!(words, ImageRgb16),
            (_, _) => wrap!(words, ImageRgba16),
        }
        .unwrap()
    }

    /// Reads a file back.
    pub fn read(file: &[u8]) -> Self {
        let picture = image::load_from_memory(file).unwrap();
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let channels = usize::from(picture.color().channel_count());
        let wide = picture.color().bytes_per_pixel() as usize > channels;
        let samples = if wide {
            let words = picture.as_bytes().chunks_exact(2);
            words.map(|word| u64::from(u16::from_ne_bytes([word[0], word[1]]))).collect()
        } else {
            picture.as_bytes().iter().map(|byte| u64::from(*byte)).collect()
        };
        Self { width, height, channels, most: if wide { 65_535 } else { 255 }, samples }
    }
}

/// A photograph-like JPEG: smooth shapes with fine noise. `exif` is the orientation to store.
pub fn jpeg(width: u16, height: u16, progressive: bool, exif: Option<u8>) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut file, 90);
    encoder.set_progressive(progressive);
    if let Some(orientation) = exif {
        // A TIFF header, one directory, one entry: tag 0x0112, type SHORT, count 1.
        let mut segment = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        segment.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
        encoder.add_app_segment(1, segment).unwrap();
    }
    let pixels = photograph(usize::from(width), usize::from(height));
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    file
}

/// RGB pixels of smooth shapes with fine noise.
pub fn photograph(width: usize, height: usize) -> Vec<u8> {
    let mut noise = 1u32;
    let mut pixels = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = (noise >> 28) as usize;
            let shape = ((x * x + y * y) >> 12) % 128;
            pixels.push((x * 160 / width + shape / 2 + grain) as u8);
            pixels.push((y * 200 / height + grain) as u8);
            pixels.push((200 - shape + grain) as u8);
        }
    }
    pixels
}

/// A chunk of a PNG, with its checksum.
pub fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let checked = [&kind[..], content].concat();
    let length = (content.len() as u32).to_be_bytes();
    [&length[..], &checked, &crc32(&checked).to_be_bytes()].concat()
}

/// A chunk of a WebP file (RFC 9649, section 2.3).
pub fn riff(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let padding = &[0][..content.len() & 1];
    [&kind[..], &(content.len() as u32).to_le_bytes(), content, padding].concat()
}

/// CRC-32 as PNG defines it (annex D), bit by bit.
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 }
        })
    })
}
