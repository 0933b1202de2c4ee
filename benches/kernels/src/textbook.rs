//! The operations as a textbook writes them: for each pixel, loop over its window.

use edge_core::pixels::{Layout, Shape};

/// Grayscale, pixel by pixel.
pub fn grayscale(layout: Layout, samples: &[u8]) -> Vec<u8> {
    let luma = |pixel: &[u8]| {
        let [r, g, b] = [0, 1, 2].map(|channel| u32::from(pixel[channel]));
        ((19_595 * r + 38_470 * g + 7_471 * b + 32_768) >> 16) as u8
    };
    if layout.has_alpha() {
        samples.chunks_exact(4).flat_map(|pixel| [luma(pixel), pixel[3]]).collect()
    } else {
        samples.chunks_exact(3).map(luma).collect()
    }
}

/// Box blur of the whole picture.
pub fn blur(shape: Shape, samples: &[u8], radius: usize) -> Vec<u8> {
    let mut blurred = Vec::with_capacity(samples.len());
    for y in 0..shape.height as usize {
        for x in 0..shape.width as usize {
            let average = average(shape, samples, radius, x, y);
            blurred.extend_from_slice(&average[..shape.layout.channels()]);
        }
    }
    blurred
}

/// One pixel of the blurred picture, colour weighted by alpha if there is any.
pub fn average(shape: Shape, samples: &[u8], radius: usize, x: usize, y: usize) -> [u8; 4] {
    let channels = shape.layout.channels();
    let (width, height) = (shape.width as usize, shape.height as usize);
    let mut sums = [0u32; 3];
    let (mut weight, mut count) = (0, 0);
    for row in y.saturating_sub(radius)..(y + radius + 1).min(height) {
        for column in x.saturating_sub(radius)..(x + radius + 1).min(width) {
            let pixel = &samples[(row * width + column) * channels..][..channels];
            let alpha = if shape.layout.has_alpha() { u32::from(pixel[3]) } else { 1 };
            for (sum, &sample) in sums.iter_mut().zip(pixel) {
                *sum += u32::from(sample) * alpha;
            }
            weight += alpha;
            count += 1;
        }
    }
    let [r, g, b] = sums.map(|sum| sum.checked_div(weight).unwrap_or(0) as u8);
    [r, g, b, (weight / count) as u8]
}
