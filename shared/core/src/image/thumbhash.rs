//! ThumbHash: a picture in some 25 bytes, to be shown until the picture itself is there
//! (<https://evanw.github.io/thumbhash>).

use super::{Error, Frame, Resize, Shape};

/// The longest side that can be hashed, in pixels.
pub(super) const LONGEST_SIDE: u32 = 100;

impl Frame {
    /// The picture's ThumbHash, of at most 100 x 100 pixels of it.
    ///
    /// # Errors
    /// If memory cannot be had.
    pub fn thumbhash(mut self) -> Result<Vec<u8>, Error> {
        Resize::within(LONGEST_SIDE).apply(&mut self)?;
        let Shape { width, height, .. } = self.shape();
        Ok(thumbhash::rgba_to_thumb_hash(width as usize, height as usize, &self.to_rgba()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
}
