//! ThumbHash: a picture in some 25 bytes, to be shown until the picture itself is there
//! (<https://evanw.github.io/thumbhash>). The crate of its author takes the processor's or the system's
//! cosines; with [`libm::cosf`] it has the same bits everywhere.

use std::f32::consts::PI;

use super::{Error, Frame, Limits, Operation, Picture, Pipeline, Resize, Shape};

/// The longest side that can be hashed, in pixels.
const LONGEST_SIDE: u32 = 100;

impl Picture<'_> {
    /// The picture's [ThumbHash](Frame::thumbhash), of an animation its first frame's.
    ///
    /// # Errors
    /// Where the file is broken, or a limit would be exceeded.
    pub fn thumbhash(self, limits: &Limits, overhead_bytes: u64) -> Result<Vec<u8>, Error> {
        let small = Operation::Resize(Resize::within(LONGEST_SIDE));
        let small = Pipeline::default().then(small);
        self.frame(0)?.result(&small, limits, overhead_bytes, |_| {})?.thumbhash()
    }
}

impl Frame {
    /// The picture's ThumbHash, of at most 100 x 100 pixels of it.
    ///
    /// # Errors
    /// If memory cannot be had.
    pub fn thumbhash(mut self) -> Result<Vec<u8>, Error> {
        Resize::within(LONGEST_SIDE).apply(&mut self)?;
        let Shape { width, height, .. } = self.shape();
        hash(width as usize, height as usize, &self.to_rgba()?)
    }
}

/// The hash of a picture in RGBA, of at most 100 x 100 pixels.
fn hash(width: usize, height: usize, rgba: &[u8]) -> Result<Vec<u8>, Error> {
    let pixels = Pixels::of(width, rgba)?;
    let sees_through = rgba.chunks_exact(4).any(|pixel| pixel[3] < 255);
    let most = if sees_through { 5 } else { 7 };
    let waves = |side: usize| (most * side) as f32 / width.max(height) as f32;
    let [across, down] = [width, height].map(|side| waves(side).round().max(1.0) as usize);
    let is_wide = width > height;

    let luma = pixels.waves(0, across.max(3), down.max(3));
    let yellow = pixels.waves(1, 3, 3);
    let red = pixels.waves(2, 3, 3);
    let mut bits = Bits::default();
    bits.push(63.0 * luma.mean, 6);
    bits.push(31.5 + 31.5 * yellow.mean, 6);
    bits.push(31.5 + 31.5 * red.mean, 6);
    bits.push(31.0 * luma.scale, 5);
    bits.push(f32::from(sees_through), 1);
    bits.push(if is_wide { down } else { across } as f32, 3);
    bits.push(63.0 * yellow.scale, 6);
    bits.push(63.0 * red.scale, 6);
    bits.push(f32::from(is_wide), 1);
    let alpha = sees_through.then(|| pixels.waves(3, 5, 5));
    if let Some(alpha) = &alpha {
        bits.push(15.0 * alpha.mean, 4);
        bits.push(15.0 * alpha.scale, 4);
    }
    let all = [Some(luma), Some(yellow), Some(red), alpha];
    for amplitude in all.iter().flatten().flat_map(Waves::amplitudes) {
        bits.push(15.0 * amplitude, 4);
    }
    Ok(bits.bytes)
}

/// Luma, yellow minus blue, red minus green, and alpha, 0 to 1.
struct Pixels {
    width: usize,
    lpqa: Vec<[f32; 4]>,
}

impl Pixels {
    /// Pixels in RGBA, before their average colour.
    fn of(width: usize, rgba: &[u8]) -> Result<Self, Error> {
        let mut average = [0.0; 4];
        for pixel in rgba.chunks_exact(4) {
            let alpha = f32::from(pixel[3]) / 255.0;
            for (sum, sample) in average.iter_mut().zip(&pixel[..3]) {
                *sum += alpha / 255.0 * f32::from(*sample);
            }
            average[3] += alpha;
        }
        let [.., seen] = average;
        if seen > 0.0 {
            average = average.map(|sum| sum / seen);
        }
        let mut lpqa = Vec::new();
        lpqa.try_reserve_exact(rgba.len() / 4)?;
        lpqa.extend(rgba.chunks_exact(4).map(|pixel| {
            let alpha = f32::from(pixel[3]) / 255.0;
            let over =
                |at: usize| average[at] * (1.0 - alpha) + alpha / 255.0 * f32::from(pixel[at]);
            let [r, g, b] = [0, 1, 2].map(over);
            [(r + g + b) / 3.0, (r + g) / 2.0 - b, r - g, alpha]
        }));
        Ok(Self { width, lpqa })
    }

    /// The discrete cosine transform of a channel: of so many waves across and down those below the
    /// diagonal.
    fn waves(&self, channel: usize, across: usize, down: usize) -> Waves {
        let height = self.lpqa.len() / self.width;
        let wave = |across: usize, down: usize| {
            let (across, down) = (cosines(across, self.width), cosines(down, height));
            let mut sum = 0.0;
            for (row, down) in self.lpqa.chunks_exact(self.width).zip(down) {
                for (pixel, across) in row.iter().zip(across) {
                    sum += pixel[channel] * across * down;
                }
            }
            sum / self.lpqa.len() as f32
        };
        let below = (0..down).flat_map(|y| {
            (0..across).take_while(move |x| x * down < across * (down - y)).map(move |x| (x, y))
        });
        let mut waves = below.map(|(x, y)| wave(x, y));
        let mean = waves.next().unwrap_or_default();
        let waves: Vec<f32> = waves.collect();
        let scale = waves.iter().fold(0.0, |most: f32, wave| most.max(wave.abs()));
        Waves { mean, waves, scale }
    }
}

/// A half wave's multiple, sampled in the middle of each pixel of a side.
fn cosines(multiple: usize, side: usize) -> [f32; LONGEST_SIDE as usize] {
    let step = PI / side as f32 * multiple as f32;
    std::array::from_fn(|at| libm::cosf(step * (at as f32 + 0.5)))
}

/// A channel as waves.
struct Waves {
    mean: f32,
    waves: Vec<f32>,
    /// The highest of them.
    scale: f32,
}

impl Waves {
    /// Each wave's height, 0 to 1 for -scale to scale.
    fn amplitudes(&self) -> impl Iterator<Item = f32> {
        let amplitude = |wave| if self.scale > 0.0 { 0.5 + 0.5 / self.scale * wave } else { 0.0 };
        self.waves.iter().map(amplitude)
    }
}

/// Bits, the lowest first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: usize,
}

impl Bits {
    /// The nearest whole number of so many bits.
    fn push(&mut self, number: f32, count: usize) {
        let number = (number.round() as u32).min((1 << count) - 1);
        for bit in 0..count {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            self.bytes[self.used / 8] |= (((number >> bit) & 1) as u8) << (self.used % 8);
            self.used += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Frame, Shape};
    use crate::image::Layout;

    fn hash(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
        let shape = Shape { width, height, layout: Layout::Rgba };
        let at = |at| pixel(at % width, at / width);
        let samples: Vec<u8> = (0..width * height).flat_map(at).collect();
        Frame::new(shape, samples).thumbhash().unwrap()
    }

    #[test]
    fn it_tells_proportions_colour_and_transparency() {
        let orange = hash(1, 1, |_, _| [255, 128, 0, 255]);
        let (r, g, b, a) = thumbhash::thumb_hash_to_average_rgba(&orange).unwrap();
        assert!((r - 1.0).abs() < 0.05 && (g - 0.5).abs() < 0.05 && b < 0.05 && a == 1.0);
        for (width, height, ratio) in [(400, 100, 7.0 / 2.0), (100, 400, 2.0 / 7.0), (90, 90, 1.0)]
        {
            let hash = hash(width, height, |x, y| [x as u8, y as u8, 0, 255]);
            assert_eq!(thumbhash::thumb_hash_to_approximate_aspect_ratio(&hash), Ok(ratio));
        }
        let half = hash(50, 50, |x, _| [0, 0, 0, if x < 25 { 255 } else { 0 }]);
        let (.., alpha) = thumbhash::thumb_hash_to_average_rgba(&half).unwrap();
        assert!((alpha - 0.5).abs() < 0.05, "{alpha}");
    }

    /// The same everywhere, to the last bit.
    #[test]
    fn the_bytes_are_these() {
        let hash = hash(300, 200, |x, y| [(x / 2) as u8, y as u8, (x ^ y) as u8, 255]);
        let expected = [
            217, 198, 9, 37, 148, 97, 120, 120, 80, 165, 135, 136, 104, 118, 136, 120, 195, 224,
            39, 248, 136,
        ];
        assert_eq!(hash, expected);
    }

    /// As the crate of its author has it.
    #[test]
    fn every_shape_has_the_published_hash() {
        let noise = |x: u32, y: u32| (x * 31 + y * 17 + x * y * 7).wrapping_mul(0x9e37_79b9) >> 24;
        for (width, height) in
            [(1, 1), (1, 100), (100, 1), (2, 3), (100, 75), (75, 100), (100, 100), (33, 34)]
        {
            for alpha in [|_, _| 255, |x, _| x as u8, |_, _| 0, |x, y| (x * y) as u8] {
                let pixel =
                    |x: u32, y: u32| [noise(x, y) as u8, (x * 2) as u8, (x ^ y) as u8, alpha(x, y)];
                let at = |at| pixel(at % width, at / width);
                let rgba: Vec<u8> = (0..width * height).flat_map(at).collect();
                let published =
                    thumbhash::rgba_to_thumb_hash(width as usize, height as usize, &rgba);
                assert_eq!(hash(width, height, pixel), published, "{width} x {height}");
            }
        }
    }
}
