//! QOI (specification 1.0, 2022-01-05) from a frame.

use std::io::{BufWriter, Write};

use super::convert::narrow;
use crate::image::{Error, Frame, Layout, LimitError, Shape};
use crate::pixels::buffer::zeroed;

/// Bytes that are gathered before they are written: the encoder writes a pixel at a time.
const BUFFER_BYTES: usize = 16 * 1024;

/// Writes `frame`, its samples rounded to 8 bits and gray made into colours: the format has none.
pub(in crate::image) fn encode(frame: Frame, out: &mut impl Write) -> Result<(), Error> {
    let (shape, samples) = narrow(frame)?;
    let samples = match shape.layout {
        Layout::L => repeat::<1, 3>(&samples, |[l]| [l; 3])?,
        Layout::La => repeat::<2, 4>(&samples, |[l, alpha]| [l, l, l, alpha])?,
        Layout::Rgb | Layout::Rgba => samples,
    };
    // The sides are not zero, and the writer is all else that can fail.
    let no_room = |_| LimitError::Exhausted;
    let encoder = qoi::Encoder::new(&samples, shape.width, shape.height).map_err(no_room)?;
    let mut out = BufWriter::with_capacity(BUFFER_BYTES, out);
    encoder.encode_to_stream(&mut out).map_err(no_room)?;
    out.flush().map_err(|_| LimitError::Exhausted.into())
}

/// What encoding takes beside the frame, and the file that is expected of it, in bytes: as many as
/// the pixels have. Noise takes a third more, pictures take half.
pub(in crate::image) fn memory_estimate(shape: Shape, bytes_per_sample: u64) -> u64 {
    let narrowed = if bytes_per_sample == 2 { shape.samples() } else { 0 };
    let layout = match shape.layout {
        Layout::L | Layout::Rgb => Layout::Rgb,
        Layout::La | Layout::Rgba => Layout::Rgba,
    };
    let file = Shape { layout, ..shape }.samples();
    let repeated = if shape.layout == layout { 0 } else { file };
    narrowed.saturating_add(repeated).saturating_add(file).saturating_add(BUFFER_BYTES as u64)
}

/// Every pixel of `N` samples made into one of `M`.
fn repeat<const N: usize, const M: usize>(
    samples: &[u8],
    pixel: impl Fn([u8; N]) -> [u8; M],
) -> Result<Vec<u8>, Error> {
    let mut repeated = zeroed(samples.len() / N * M)?;
    let pixels = samples.as_chunks::<N>().0;
    for (repeated, &gray) in repeated.as_chunks_mut::<M>().0.iter_mut().zip(pixels) {
        *repeated = pixel(gray);
    }
    Ok(repeated)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The file of a picture of 2 x 1 pixels, decoded again.
    fn written(layout: Layout, samples: Vec<u8>) -> (qoi::Channels, Vec<u8>) {
        let frame = Frame::new(Shape { width: 2, height: 1, layout }, samples);
        let mut file = Vec::new();
        encode(frame, &mut file).unwrap();
        let (header, samples) = qoi::decode_to_vec(&file).unwrap();
        assert_eq!((header.width, header.height), (2, 1));
        (header.channels, samples)
    }

    #[test]
    fn gray_becomes_colours() {
        use qoi::Channels::{Rgb, Rgba};
        assert_eq!(written(Layout::L, vec![1, 2]), (Rgb, vec![1, 1, 1, 2, 2, 2]));
        assert_eq!(written(Layout::La, vec![1, 2, 3, 4]), (Rgba, vec![1, 1, 1, 2, 3, 3, 3, 4]));
        let six: Vec<u8> = (1..7).collect();
        assert_eq!(written(Layout::Rgb, six.clone()), (Rgb, six));
        let eight: Vec<u8> = (1..9).collect();
        assert_eq!(written(Layout::Rgba, eight.clone()), (Rgba, eight));
    }

    #[test]
    fn sixteen_bits_are_rounded() {
        let shape = Shape { width: 1, height: 1, layout: Layout::Rgb };
        let mut file = Vec::new();
        encode(Frame::new(shape, vec![257u16, 129, 65_535]), &mut file).unwrap();
        assert_eq!(qoi::decode_to_vec(&file).unwrap().1, [1, 1, 255]);
    }
}
