//! Samples made to fit what a format can hold.

use crate::image::limits::zeroed_samples;
use crate::image::{Error, Frame, Layout, Samples, Shape};
use crate::pixels::buffer::zeroed;
use crate::pixels::frame::Sample;

/// Samples of 8 bits: 16-bit ones are scaled by 255/65535 and rounded.
pub(in crate::image) fn narrow(frame: Frame) -> Result<(Shape, Vec<u8>), Error> {
    let shape = frame.shape();
    let wide = match frame.into_samples() {
        Samples::U8(samples) => return Ok((shape, samples)),
        Samples::U16(samples) => samples,
    };
    let mut narrow = zeroed::<u8>(wide.len())?;
    for (narrow, wide) in narrow.iter_mut().zip(wide) {
        *narrow = narrow_level(wide);
    }
    Ok((shape, narrow))
}

impl Frame {
    /// The picture as 8-bit RGBA with straight alpha: gray in all three colours, opaque where there
    /// is no alpha, 16-bit samples scaled by 255/65535 and rounded.
    ///
    /// # Errors
    /// If the memory cannot be had.
    pub fn to_rgba(&self) -> Result<Vec<u8>, Error> {
        let rgba = Shape { layout: Layout::Rgba, ..self.shape() };
        let mut pixels = zeroed_samples(rgba)?;
        let layout = self.shape().layout;
        match self.samples() {
            Samples::U8(samples) => spread(layout, samples, &mut pixels, |level| level),
            Samples::U16(samples) => spread(layout, samples, &mut pixels, narrow_level),
        }
        Ok(pixels)
    }
}

/// Writes each pixel as RGBA of 8 bits.
fn spread<S: Sample>(layout: Layout, samples: &[S], rgba: &mut [u8], level: impl Fn(S) -> u8) {
    let pixels = samples.chunks_exact(layout.channels());
    for (rgba, pixel) in rgba.as_chunks_mut::<4>().0.iter_mut().zip(pixels) {
        *rgba = match *pixel {
            [l] => [l, l, l, S::MAX],
            [l, a] => [l, l, l, a],
            [r, g, b] => [r, g, b, S::MAX],
            [r, g, b, a] => [r, g, b, a],
            _ => unreachable!("a pixel has one to four samples"),
        }
        .map(&level);
    }
}

/// A level of 16 bits in 8, rounded.
pub(in crate::image) fn narrow_level(wide: u16) -> u8 {
    ((u32::from(wide) + 128) / 257) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layout_becomes_rgba() {
        let rgba = |layout, samples: Samples| {
            let shape = Shape { width: 2, height: 1, layout };
            Frame::new(shape, samples).to_rgba().unwrap()
        };
        let narrow = |samples: &[u8]| Samples::U8(samples.to_vec());
        let pixels = [1, 2, 3, 4, 5, 6, 7, 8];
        assert_eq!(rgba(Layout::L, narrow(&pixels[..2])), [1, 1, 1, 255, 2, 2, 2, 255]);
        assert_eq!(rgba(Layout::La, narrow(&pixels[..4])), [1, 1, 1, 2, 3, 3, 3, 4]);
        assert_eq!(rgba(Layout::Rgb, narrow(&pixels[..6])), [1, 2, 3, 255, 4, 5, 6, 255]);
        assert_eq!(rgba(Layout::Rgba, narrow(&pixels)), pixels);
        let wide = pixels[..6].iter().map(|&level| u16::from(level) * 257).collect::<Vec<_>>();
        assert_eq!(rgba(Layout::Rgb, wide.into()), [1, 2, 3, 255, 4, 5, 6, 255]);
    }

    #[test]
    fn sixteen_bits_are_scaled_and_rounded() {
        let shape = Shape { width: 6, height: 1, layout: Layout::L };
        let frame = Frame::new(shape, vec![0u16, 128, 129, 257, 65_406, 65_535]);
        assert_eq!(narrow(frame), Ok((shape, vec![0, 0, 1, 1, 254, 255])));
        for value in 0..=u16::MAX {
            let frame = Frame::new(Shape { width: 1, height: 1, layout: Layout::L }, vec![value]);
            let exact = (f64::from(value) * 255.0 / 65_535.0).round() as u8;
            assert_eq!(narrow(frame).unwrap().1, [exact], "{value}");
        }
    }
}
