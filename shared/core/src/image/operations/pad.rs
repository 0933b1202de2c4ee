//! A larger canvas.

use std::fmt;

use crate::image::limits::zeroed_samples;
use crate::image::{Colour, Error, Frame, Layout, Samples, Shape};
use crate::pixels::buffer::zeroed;
use crate::pixels::frame::Sample;

/// A canvas with the picture in its middle. A side that is longer already stays. In text:
/// `800x600,ffffff`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pad {
    /// The fewest pixels in a row.
    pub width: u32,
    /// The fewest rows.
    pub height: u32,
    /// The canvas.
    pub colour: Colour,
}

impl Pad {
    /// The shape afterwards. Where the canvas shows, one that is not opaque adds alpha, and one
    /// that is not gray makes gray pictures RGB.
    pub(in crate::image) fn shape(self, shape: Shape) -> Shape {
        let (width, height) = (self.width.max(shape.width), self.height.max(shape.height));
        if (width, height) == (shape.width, shape.height) {
            return shape;
        }
        let is_gray = shape.layout.gray() == shape.layout && self.colour.is_gray();
        let has_alpha = shape.layout.has_alpha() || !self.colour.is_opaque();
        let layout = match (is_gray, has_alpha) {
            (true, false) => Layout::L,
            (true, true) => Layout::La,
            (false, false) => Layout::Rgb,
            (false, true) => Layout::Rgba,
        };
        Shape { width, height, layout }
    }

    /// The memory, in bytes, of the frame that is made, if any is, and of a row.
    pub(in crate::image) fn scratch_bytes(self, shape: Shape, bytes_per_sample: u64) -> u64 {
        let canvas = self.shape(shape);
        if canvas == shape {
            return 0;
        }
        let row = Shape { height: 1, ..canvas };
        canvas.samples().saturating_add(row.samples()).saturating_mul(bytes_per_sample)
    }

    /// Puts the picture in the middle of the canvas; of an odd pixel, more is added to the right
    /// and below. Its own transparent pixels stay transparent.
    pub(in crate::image) fn apply(self, frame: &mut Frame) -> Result<(), Error> {
        let canvas = self.shape(frame.shape);
        if canvas == frame.shape {
            return Ok(());
        }
        frame.samples = match &frame.samples {
            Samples::U8(samples) => self.lay(samples, frame.shape, canvas)?.into(),
            Samples::U16(samples) => self.lay(samples, frame.shape, canvas)?.into(),
        };
        frame.shape = canvas;
        Ok(())
    }

    fn lay<S: Sample>(self, samples: &[S], shape: Shape, canvas: Shape) -> Result<Vec<S>, Error> {
        let (pixel, channels) = (self.pixel(canvas.layout), canvas.layout.channels());
        let mut laid = zeroed_samples(canvas)?;
        let mut blank = zeroed(canvas.row())?;
        blank.chunks_exact_mut(channels).for_each(|to| to.copy_from_slice(&pixel[..channels]));

        let left = ((canvas.width - shape.width) / 2) as usize * channels;
        let right = left + shape.width as usize * channels;
        let top = ((canvas.height - shape.height) / 2) as usize;
        let mut picture = samples.chunks_exact(shape.row());
        for (y, to) in laid.chunks_exact_mut(canvas.row()).enumerate() {
            match if y < top { None } else { picture.next() } {
                None => to.copy_from_slice(&blank),
                Some(row) => {
                    to[..left].copy_from_slice(&blank[..left]);
                    copy_row(shape.layout, row, canvas.layout, &mut to[left..right]);
                    to[right..].copy_from_slice(&blank[right..]);
                }
            }
        }
        Ok(laid)
    }

    /// The canvas's pixel in a layout that can hold it, from the start of the array.
    fn pixel<S: Sample>(self, layout: Layout) -> [S; 4] {
        let scale = Into::<u64>::into(S::MAX) / 255;
        let Colour { rgb: [red, green, blue], alpha } = self.colour;
        let pixel = match layout.gray() == layout {
            true => [red, alpha, 0, 0],
            false => [red, green, blue, alpha],
        };
        pixel.map(|level| S::truncate(u64::from(level) * scale))
    }
}

/// Copies pixels into a layout that has all their channels; what had no alpha is opaque.
fn copy_row<S: Sample>(layout: Layout, row: &[S], wider: Layout, to: &mut [S]) {
    match (layout, wider) {
        (Layout::L, Layout::La) => widen::<S, 1, 2>(row, to),
        (Layout::L, Layout::Rgb) => widen::<S, 1, 3>(row, to),
        (Layout::L, Layout::Rgba) => widen::<S, 1, 4>(row, to),
        (Layout::La, Layout::Rgba) => widen::<S, 2, 4>(row, to),
        (Layout::Rgb, Layout::Rgba) => widen::<S, 3, 4>(row, to),
        _ => to.copy_from_slice(row),
    }
}

fn widen<S: Sample, const FROM: usize, const TO: usize>(row: &[S], to: &mut [S]) {
    for (pixel, to) in row.as_chunks::<FROM>().0.iter().zip(to.as_chunks_mut::<TO>().0) {
        let gray_has_alpha = FROM == 2;
        *to = std::array::from_fn(|channel| match channel {
            0..3 if TO > 2 => pixel[if FROM > 2 { channel } else { 0 }],
            0 => pixel[0],
            _ if gray_has_alpha => pixel[1],
            _ => S::MAX,
        });
    }
}

impl fmt::Display for Pad {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}x{},{}", self.width, self.height, self.colour)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::LimitError;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    fn padded(width: u32, height: u32, canvas: &str, layout: Layout, samples: &[u8]) -> Frame {
        let pad = Pad { width, height, colour: colour(canvas) };
        let pixels = samples.len() / layout.channels();
        let shape = Shape { width: pixels as u32, height: 1, layout };
        let wide: Vec<u16> = samples.iter().map(|&sample| u16::from(sample) * 257).collect();
        let [mut narrow, mut wide] = [Frame::new(shape, samples.to_vec()), Frame::new(shape, wide)];
        for frame in [&mut narrow, &mut wide] {
            pad.apply(frame).unwrap();
            assert_eq!(frame.shape, pad.shape(shape));
        }
        let Samples::U8(samples) = &narrow.samples else { panic!("8 bits") };
        let expected: Vec<u16> = samples.iter().map(|&sample| u16::from(sample) * 257).collect();
        assert_eq!(wide.samples, Samples::U16(expected));
        narrow
    }

    fn frame(width: u32, height: u32, layout: Layout, samples: &[u8]) -> Frame {
        Frame::new(Shape { width, height, layout }, samples.to_vec())
    }

    #[test]
    fn the_picture_lies_in_the_middle_and_the_odd_pixel_to_the_right_and_below() {
        let gray = |width, height, samples: &[u8]| frame(width, height, Layout::L, samples);
        let on = |width, height| padded(width, height, "090909", Layout::L, &[1, 2]);
        assert_eq!(on(3, 1), gray(3, 1, &[1, 2, 9]));
        assert_eq!(on(4, 1), gray(4, 1, &[9, 1, 2, 9]));
        assert_eq!(on(2, 2), gray(2, 2, &[1, 2, 9, 9]));
        assert_eq!(on(1, 3), gray(2, 3, &[9, 9, 1, 2, 9, 9]));
        assert_eq!(on(5, 2), gray(5, 2, &[9, 1, 2, 9, 9, 9, 9, 9, 9, 9]));
    }

    #[test]
    fn a_canvas_that_does_not_show_changes_nothing() {
        for (width, height) in [(1, 1), (2, 1), (1, 0)] {
            let unchanged = padded(width, height, "ff000080", Layout::L, &[1, 2]);
            assert_eq!(unchanged, frame(2, 1, Layout::L, &[1, 2]));
        }
    }

    #[test]
    fn the_layout_holds_both_the_picture_and_the_canvas() {
        let on = |canvas, layout, pixel: &[u8]| {
            let frame = padded(2, 1, canvas, layout, pixel);
            let Samples::U8(samples) = frame.samples else { panic!("8 bits") };
            (frame.shape.layout, samples)
        };
        use Layout::{L, La, Rgb, Rgba};
        assert_eq!(on("090909", L, &[1]), (L, vec![1, 9]));
        assert_eq!(on("09090908", L, &[1]), (La, vec![1, 255, 9, 8]));
        assert_eq!(on("070809", L, &[1]), (Rgb, vec![1, 1, 1, 7, 8, 9]));
        assert_eq!(on("07080900", L, &[1]), (Rgba, vec![1, 1, 1, 255, 7, 8, 9, 0]));
        assert_eq!(on("090909", La, &[1, 2]), (La, vec![1, 2, 9, 255]));
        assert_eq!(on("070809", La, &[1, 2]), (Rgba, vec![1, 1, 1, 2, 7, 8, 9, 255]));
        assert_eq!(on("090909", Rgb, &[1, 2, 3]), (Rgb, vec![1, 2, 3, 9, 9, 9]));
        assert_eq!(on("00000000", Rgb, &[1, 2, 3]), (Rgba, vec![1, 2, 3, 255, 0, 0, 0, 0]));
        assert_eq!(on("090909", Rgba, &[1, 2, 3, 0]), (Rgba, vec![1, 2, 3, 0, 9, 9, 9, 255]));
    }

    #[test]
    fn the_largest_canvas_does_not_overflow() {
        let pad = Pad { width: u32::MAX, height: u32::MAX, colour: Colour::TRANSPARENT };
        let mut one = frame(1, 1, Layout::Rgb, &[1, 2, 3]);
        assert_eq!(pad.scratch_bytes(one.shape, 2), u64::MAX);
        assert_eq!(pad.apply(&mut one), Err(LimitError::Exhausted.into()));
        assert_eq!(one, frame(1, 1, Layout::Rgb, &[1, 2, 3]));
    }
}
