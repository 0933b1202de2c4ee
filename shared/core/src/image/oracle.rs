//! The operations as a textbook has them: one pixel at a time, nothing kept between pixels, sums
//! far wider than needed. Slow, and independent of the kernels it judges.

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
    positions.flat_map(|(x, y)| average(shape, samples, i64::from(radius), x, y)).collect()
}

/// The average over the window around one pixel.
fn average(shape: Shape, samples: &[u64], radius: i64, x: i64, y: i64) -> Vec<u64> {
    let channels = shape.layout.channels();
    let (width, height) = (i64::from(shape.width), i64::from(shape.height));
    let mut sums = vec![0u128; channels];
    let (mut total_weight, mut count) = (0u128, 0u128);
    for row in (y - radius).max(0)..=(y + radius).min(height - 1) {
        for column in (x - radius).max(0)..=(x + radius).min(width - 1) {
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
