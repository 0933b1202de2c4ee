//! The operations as a textbook has them: one pixel at a time, nothing kept between pixels, sums
//! far wider than needed. Slow, and independent of the kernels it judges.

use std::ops::Range;

use super::frame::{Layout, Shape};

/// Luma of one pixel after ITU-R BT.601, in 16 fractional bits.
fn luma(r: u64, g: u64, b: u64) -> u64 {
    (19_595 * r + 38_470 * g + 7_471 * b + 32_768) >> 16
}

/// The samples of the gray picture.
pub fn grayscale(layout: Layout, samples: &[u64]) -> Vec<u64> {
    match layout {
        Layout::L | Layout::La => samples.to_vec(),
        Layout::Rgb => samples.chunks(3).map(|p| luma(p[0], p[1], p[2])).collect(),
        Layout::Rgba => samples.chunks(4).flat_map(|p| [luma(p[0], p[1], p[2]), p[3]]).collect(),
    }
}

/// The samples of the blurred picture.
pub fn blur(shape: Shape, samples: &[u64], radius: u8) -> Vec<u64> {
    if radius == 0 {
        return samples.to_vec();
    }
    let (width, height) = (i64::from(shape.width), i64::from(shape.height));
    let positions = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let reach = i64::from(radius);
    let window =
        |(x, y)| average(shape, samples, x - reach..x + reach + 1, y - reach..y + reach + 1);
    positions.flat_map(window).collect()
}

/// The samples of the picture averaged over squares.
pub fn pixelate(shape: Shape, samples: &[u64], side: i64) -> Vec<u64> {
    let (width, height) = (i64::from(shape.width), i64::from(shape.height));
    let positions = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let square = |(x, y)| {
        let (left, top) = (x / side * side, y / side * side);
        average(shape, samples, left..left + side, top..top + side)
    };
    positions.flat_map(square).collect()
}

/// The average over a window, as far as it lies within the picture.
fn average(shape: Shape, samples: &[u64], columns: Range<i64>, rows: Range<i64>) -> Vec<u64> {
    let channels = shape.layout.channels();
    let (width, height) = (i64::from(shape.width), i64::from(shape.height));
    let mut sums = vec![0u128; channels];
    let (mut total_weight, mut count) = (0u128, 0u128);
    for row in rows.start.max(0)..rows.end.min(height) {
        for column in columns.start.max(0)..columns.end.min(width) {
            let pixel = &samples[(row * width + column) as usize * channels..][..channels];
            let weight = if shape.layout.has_alpha() { u128::from(pixel[channels - 1]) } else { 1 };
            for (sum, &sample) in sums.iter_mut().zip(pixel) {
                *sum += u128::from(sample) * weight;
            }
            total_weight += weight;
            count += 1;
        }
    }
    let mut averages: Vec<u64> =
        sums.iter().map(|sum| sum.checked_div(total_weight).unwrap_or(0) as u64).collect();
    if shape.layout.has_alpha() {
        averages[channels - 1] = (total_weight / count) as u64;
    }
    averages
}

/// The picture blurred by a Gaussian, before rounding.
pub fn gaussian(shape: Shape, samples: &[u64], sigma: f64) -> Vec<f64> {
    let (width, height) = (i64::from(shape.width), i64::from(shape.height));
    let channels = shape.layout.channels();
    let reach = (3.0 * sigma - 1e-9).ceil() as i64;
    let positions = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let average = |(x, y): (i64, i64)| {
        let mut sums = vec![0.0; channels];
        let (mut total_weight, mut total) = (0.0, 0.0);
        for row in (y - reach).max(0)..=(y + reach).min(height - 1) {
            for column in (x - reach).max(0)..=(x + reach).min(width - 1) {
                let pixel = &samples[(row * width + column) as usize * channels..][..channels];
                let squared = ((row - y).pow(2) + (column - x).pow(2)) as f64;
                let weight = (-squared / (2.0 * sigma * sigma)).exp();
                let alpha = if shape.layout.has_alpha() { pixel[channels - 1] as f64 } else { 1.0 };
                for (sum, &sample) in sums.iter_mut().zip(pixel) {
                    *sum += sample as f64 * alpha * weight;
                }
                total_weight += alpha * weight;
                total += weight;
            }
        }
        let divisor = if total_weight == 0.0 { 1.0 } else { total_weight };
        let mut averages: Vec<f64> = sums.iter().map(|sum| sum / divisor).collect();
        if shape.layout.has_alpha() {
            averages[channels - 1] = total_weight / total;
        }
        averages
    };
    positions.flat_map(average).collect()
}
