//! A block of pixels that stays in cache while it is worked on, each channel by itself so that the
//! compiler can use vectors.

use super::stage::{self, Matrix, ONE, Stage};
use crate::pixels::frame::{Layout, Sample};
use crate::pixels::kernels::portable;

/// Pixels in a block.
pub(in crate::image) const BLOCK: usize = 1024;

/// One channel of a block. Beyond the end of a short block it holds some levels or other.
type Plane<S> = [S; BLOCK];

/// The channels of a block.
pub(in crate::image) struct Planes<S> {
    colours: [Plane<S>; 3],
    /// How many of the colours there are: one where the block is gray.
    count: usize,
    alpha: Plane<S>,
}

impl<S: Mix> Planes<S> {
    pub(in crate::image) fn new() -> Self {
        let plane = [S::default(); BLOCK];
        Self { colours: [plane; 3], count: 3, alpha: plane }
    }

    /// Takes in at most [`BLOCK`] pixels.
    pub(in crate::image) fn load(&mut self, layout: Layout, samples: &[S]) {
        let [red, green, blue] = &mut self.colours;
        match layout {
            Layout::L => red[..samples.len()].copy_from_slice(samples),
            Layout::La => split(samples, [red, &mut self.alpha]),
            Layout::Rgb => split(samples, [red, green, blue]),
            Layout::Rgba => split(samples, [red, green, blue, &mut self.alpha]),
        }
        self.count = if layout.is_gray() { 1 } else { 3 };
    }

    /// Gives back as many pixels as there is room for.
    pub(in crate::image) fn store(&self, layout: Layout, samples: &mut [S]) {
        let [red, green, blue] = &self.colours;
        match layout {
            Layout::L => samples.copy_from_slice(&red[..samples.len()]),
            Layout::La => join([red, &self.alpha], samples),
            Layout::Rgb => join([red, green, blue], samples),
            Layout::Rgba => join([red, green, blue, &self.alpha], samples),
        }
    }

    /// Does one step.
    pub(in crate::image) fn apply(&mut self, stage: &Stage<S>) {
        match stage {
            Stage::Table(table) => {
                for colour in &mut self.colours[..self.count] {
                    stage::look_up(table, colour);
                }
            }
            Stage::Luma => {
                let [red, green, blue] = &mut self.colours;
                for ((red, &green), &blue) in red.iter_mut().zip(&*green).zip(&*blue) {
                    *red = portable::luma(&[*red, green, blue]);
                }
                self.count = 1;
            }
            Stage::Spread => {
                let [red, others @ ..] = &mut self.colours;
                others.fill(*red);
                self.count = 3;
            }
            Stage::Matrix(matrix) => self.mix(matrix),
            Stage::Flatten(background) => {
                for (colour, &background) in self.colours[..self.count].iter_mut().zip(background) {
                    for (level, &alpha) in colour.iter_mut().zip(&self.alpha) {
                        *level = over(*level, background, alpha);
                    }
                }
            }
        }
    }

    fn mix(&mut self, matrix: &Matrix) {
        let [red, green, blue] = &mut self.colours;
        for ((red, green), blue) in red.iter_mut().zip(green).zip(blue) {
            let pixel = [*red, *green, *blue];
            [*red, *green, *blue] = matrix.map(|row| S::mix(row, pixel));
        }
    }
}

fn split<S: Copy, const CHANNELS: usize>(samples: &[S], planes: [&mut Plane<S>; CHANNELS]) {
    for (at, pixel) in samples.as_chunks::<CHANNELS>().0.iter().enumerate() {
        for channel in 0..CHANNELS {
            planes[channel][at] = pixel[channel];
        }
    }
}

fn join<S: Copy, const CHANNELS: usize>(planes: [&Plane<S>; CHANNELS], samples: &mut [S]) {
    for (at, pixel) in samples.as_chunks_mut::<CHANNELS>().0.iter_mut().enumerate() {
        *pixel = planes.map(|plane| plane[at]);
    }
}

/// A level laid on a background, `round((level alpha + background (MAX - alpha)) / MAX)`. MAX is
/// odd, so no quotient lies halfway; and for sums up to MAX squared, dividing by MAX + 1 is made
/// exact by adding the quotient first.
pub(in crate::image) fn over<S: Sample>(level: S, background: S, alpha: S) -> S {
    let [level, background, alpha, max]: [u32; 4] =
        [level.into(), background.into(), alpha.into(), S::MAX.into()];
    let bits = 8 * size_of::<S>();
    let sum = level * alpha + background * (max - alpha) + max / 2 + 1;
    S::truncate(u64::from((sum + (sum >> bits)) >> bits))
}

/// Samples that matrices apply to.
pub(in crate::image) trait Mix: Sample {
    /// The weighted sum of red, green and blue, rounded and held within the range.
    fn mix(weights: [i32; 3], pixel: [Self; 3]) -> Self;
}

impl Mix for u8 {
    // Weights stay below 3, and the sum of three products below 2^31.
    fn mix(weights: [i32; 3], pixel: [Self; 3]) -> Self {
        let [red, green, blue] = pixel.map(i32::from);
        let sum = weights[0] * red + weights[1] * green + weights[2] * blue;
        ((sum + ONE / 2) >> 16).clamp(0, Self::MAX.into()) as Self
    }
}

impl Mix for u16 {
    fn mix(weights: [i32; 3], pixel: [Self; 3]) -> Self {
        let [red, green, blue] = pixel.map(i64::from);
        let [of_red, of_green, of_blue] = weights.map(i64::from);
        let sum = of_red * red + of_green * green + of_blue * blue;
        ((sum + i64::from(ONE / 2)) >> 16).clamp(0, Self::MAX.into()) as Self
    }
}
