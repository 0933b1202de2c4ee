//! How alike two pictures are.

use anyhow::{Context, Result, ensure};
use image::{ImageFormat, Rgb, RgbImage, RgbaImage};

/// A picture in a file of `format`, or its RGBA samples if that is `raw`, laid on white.
pub fn seen(format: &str, file: &[u8], width: u32, height: u32) -> Result<RgbImage> {
    let format = match format {
        "jpeg" => ImageFormat::Jpeg,
        "png" => ImageFormat::Png,
        _ => {
            let raw = RgbaImage::from_raw(width, height, file.to_vec());
            return Ok(on_white(&raw.context("samples of another size")?));
        }
    };
    let picture = image::load_from_memory_with_format(file, format)?;
    Ok(if picture.color().has_alpha() { on_white(&picture.to_rgba8()) } else { picture.to_rgb8() })
}

fn on_white(picture: &RgbaImage) -> RgbImage {
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [r, g, b, a] = picture.get_pixel(x, y).0.map(u32::from);
        Rgb([r, g, b].map(|level| ((level * a + 255 * (255 - a) + 127) / 255) as u8))
    })
}

/// The peak signal-to-noise ratio in decibels; infinite for equal pictures.
pub fn psnr(one: &RgbImage, other: &RgbImage) -> Result<f64> {
    let (size, other_size) = (one.dimensions(), other.dimensions());
    ensure!(size == other_size, "the pictures are of {size:?} and {other_size:?} pixels");
    let squares = one.iter().zip(other.iter()).map(|(one, other)| one.abs_diff(*other));
    let sum: u64 = squares.map(|difference| u64::from(difference).pow(2)).sum();
    let mean = sum as f64 / one.len() as f64;
    Ok(10.0 * (255.0 * 255.0 / mean).log10())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratio_is_that_of_the_peak_to_the_mean_square() {
        let picture =
            |levels: [u8; 6]| RgbImage::from_raw(2, 1, levels.to_vec()).expect("6 samples");
        let one = picture([10, 20, 30, 40, 50, 60]);
        assert_eq!(psnr(&one, &one).expect("the same size"), f64::INFINITY);
        // A mean square of 6.
        let ratio = psnr(&one, &picture([16, 20, 30, 40, 50, 60])).expect("the same size");
        assert!((ratio - 40.349).abs() < 0.001, "{ratio}");
        let error = psnr(&one, &RgbImage::new(1, 2)).expect_err("another size");
        assert_eq!(error.to_string(), "the pictures are of (2, 1) and (1, 2) pixels");
    }

    #[test]
    fn transparency_lies_on_white() {
        let samples = [0, 100, 200, 255, 0, 100, 200, 0, 0, 100, 200, 51];
        let seen = seen("raw", &samples, 3, 1).expect("three pixels");
        assert_eq!(seen.into_raw(), [0, 100, 200, 255, 255, 255, 204, 224, 244]);
    }
}
