//! Samples made to fit what a format can hold.

use crate::image::limits::zeroed;
use crate::image::{Error, Frame, Samples, Shape};

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

/// A level of 16 bits in 8, rounded.
pub(in crate::image) fn narrow_level(wide: u16) -> u8 {
    ((u32::from(wide) + 128) / 257) as u8
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
}
