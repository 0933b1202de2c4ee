//! Samples made to fit what a format can hold.

use super::limits::zeroed;
use super::{Error, Frame, Samples, Shape};

/// Samples of 8 bits: 16-bit ones are scaled by 255/65535 and rounded.
pub(super) fn narrow(frame: Frame) -> Result<(Shape, Vec<u8>), Error> {
    let shape = frame.shape();
    let wide = match frame.into_samples() {
        Samples::U8(samples) => return Ok((shape, samples)),
        Samples::U16(samples) => samples,
    };
    let mut narrow = zeroed::<u8>(wide.len())?;
    for (narrow, wide) in narrow.iter_mut().zip(wide) {
        *narrow = ((u32::from(wide) + 128) / 257) as u8;
    }
    Ok((shape, narrow))
}

/// The picture laid on white: `round((c a + 255 (255 - a)) / 255)`, in place, alpha removed.
pub(super) fn on_white(shape: Shape, mut samples: Vec<u8>) -> (Shape, Vec<u8>) {
    if !shape.layout.has_alpha() {
        return (shape, samples);
    }
    let layout = shape.layout.without_alpha();
    let (with, without) = (shape.layout.channels(), layout.channels());
    let pixels = samples.len() / with;
    for pixel in 0..pixels {
        let alpha = u32::from(samples[pixel * with + without]);
        for channel in 0..without {
            let colour = u32::from(samples[pixel * with + channel]);
            let sum = colour * alpha + 255 * (255 - alpha);
            samples[pixel * without + channel] = ((sum + 127) / 255) as u8;
        }
    }
    samples.truncate(pixels * without);
    (Shape { layout, ..shape }, samples)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::Layout;

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

    #[test]
    fn alpha_lets_white_through() {
        let shape = |layout| Shape { width: 3, height: 1, layout };
        let rgba = vec![10, 20, 30, 0, 10, 20, 30, 255, 0, 100, 255, 128];
        let rgb = vec![255, 255, 255, 10, 20, 30, 127, 177, 255];
        assert_eq!(on_white(shape(Layout::Rgba), rgba), (shape(Layout::Rgb), rgb.clone()));
        assert_eq!(on_white(shape(Layout::Rgb), rgb.clone()), (shape(Layout::Rgb), rgb));
        let la = vec![7, 0, 7, 255, 7, 1];
        assert_eq!(on_white(shape(Layout::La), la), (shape(Layout::L), vec![255, 7, 254]));
    }
}
