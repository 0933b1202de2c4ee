//! The operations as a textbook writes them: for each pixel, loop over its window.

use edge_core::image::{Layout, Shape};

/// Grayscale, pixel by pixel.
pub fn grayscale(shape: Shape, samples: &[u8]) -> Vec<u8> {
    let luma = |pixel: &[u8]| {
        let [r, g, b] = [0, 1, 2].map(|channel| u32::from(pixel[channel]));
        ((19_595 * r + 38_470 * g + 7_471 * b + 32_768) >> 16) as u8
    };
    match shape.layout {
        Layout::Rgb => samples.chunks_exact(3).map(luma).collect(),
        Layout::Rgba => samples.chunks_exact(4).flat_map(|pixel| [luma(pixel), pixel[3]]).collect(),
        Layout::L | Layout::La => samples.to_vec(),
    }
}

/// Box blur of the whole picture.
pub fn blur(shape: Shape, samples: &[u8], radius: usize) -> Vec<u8> {
    let mut blurred = Vec::with_capacity(samples.len());
    for y in 0..shape.height as usize {
        for x in 0..shape.width as usize {
            match shape.layout {
                Layout::Rgb => blurred.extend(average(shape, samples, radius, x, y)),
                Layout::Rgba => blurred.extend(weighted_average(shape, samples, radius, x, y)),
                Layout::L | Layout::La => unreachable!("no gray picture is measured"),
            }
        }
    }
    blurred
}

/// One pixel of a blurred RGB picture.
pub fn average(shape: Shape, samples: &[u8], radius: usize, x: usize, y: usize) -> [u8; 3] {
    let mut sums = [0u32; 3];
    let mut count = 0;
    for row in y.saturating_sub(radius)..(y + radius + 1).min(shape.height as usize) {
        for column in x.saturating_sub(radius)..(x + radius + 1).min(shape.width as usize) {
            let at = 3 * (row * shape.width as usize + column);
            for (sum, &sample) in sums.iter_mut().zip(&samples[at..at + 3]) {
                *sum += u32::from(sample);
            }
            count += 1;
        }
    }
    sums.map(|sum| (sum / count) as u8)
}

/// One pixel of a blurred RGBA picture, colour weighted by alpha.
pub fn weighted_average(shape: Shape, samples: &[u8], radius: usize, x: usize, y: usize) -> [u8; 4] {
    let mut sums = [0u32; 3];
    let (mut weight, mut count) = (0u32, 0);
    for row in y.saturating_sub(radius)..(y + radius + 1).min(shape.height as usize) {
        for column in x.saturating_sub(radius)..(x + radius + 1).min(shape.width as usize) {
            let at = 4 * (row * shape.width as usize + column);
            let alpha = u32::from(samples[at + 3]);
            for (sum, &sample) in sums.iter_mut().zip(&samples[at..at + 3]) {
                *sum += u32::from(sample) * alpha;
            }
            weight += alpha;
            count += 1;
        }
    }
    let [r, g, b] = sums.map(|sum| sum.checked_div(weight).unwrap_or(0) as u8);
    [r, g, b, (weight / count) as u8]
}
