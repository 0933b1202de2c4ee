//! Rows as a format without alpha takes them.

use std::ops::Range;

use crate::image::file::convert::narrow_level;
use crate::image::operations::planes::over;
use crate::image::{Error, Frame, Layout, Samples, Shape};

/// The rows of a frame in 8 bits, laid on a background. What is so already is borrowed.
pub(in crate::image) struct OpaqueRows<'a> {
    frame: &'a Frame,
    background: [u8; 3],
    /// The layout of the rows: L, or RGB where the picture or what shows through it is coloured.
    pub(in crate::image) layout: Layout,
    converted: Vec<u8>,
}

impl<'a> OpaqueRows<'a> {
    /// Rows that are asked for at most `most` at a time.
    pub(in crate::image) fn new(
        frame: &'a Frame,
        background: [u8; 3],
        most: usize,
    ) -> Result<Self, Error> {
        let Shape { width, layout, .. } = frame.shape();
        let [red, green, blue] = background;
        let layout = match layout {
            Layout::La if red != green || green != blue => Layout::Rgb,
            _ => layout.without_alpha(),
        };
        let mut converted = Vec::new();
        if frame.shape().layout != layout || matches!(frame.samples(), Samples::U16(_)) {
            converted.try_reserve_exact(most * width as usize * layout.channels())?;
        }
        Ok(Self { frame, background, layout, converted })
    }

    /// Some rows, one after the other.
    pub(in crate::image) fn get(&mut self, rows: Range<usize>) -> &[u8] {
        let length = self.frame.shape().row();
        let samples = rows.start * length..rows.end * length;
        let frame = self.frame;
        match frame.samples() {
            Samples::U8(all) if frame.shape().layout == self.layout => return &all[samples],
            Samples::U8(all) => self.convert(&all[samples], |level| level),
            Samples::U16(all) => self.convert(&all[samples], narrow_level),
        }
        &self.converted
    }

    /// With alpha, `round((c a + b (255 - a)) / 255)`, where b is the background's.
    fn convert<S: Copy>(&mut self, samples: &[S], narrow: impl Fn(S) -> u8) {
        self.converted.clear();
        let from = self.frame.shape().layout;
        if !from.has_alpha() {
            return self.converted.extend(samples.iter().map(|&sample| narrow(sample)));
        }
        let colours = from.channels() - 1;
        let background = &self.background[..self.layout.channels()];
        for pixel in samples.chunks_exact(colours + 1) {
            let alpha = narrow(pixel[colours]);
            let seen = background.iter().enumerate().map(|(channel, &behind)| {
                // Gray is red, green and blue.
                over(narrow(pixel[channel.min(colours - 1)]), behind, alpha)
            });
            self.converted.extend(seen);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(layout: Layout, samples: impl Into<Samples>, background: [u8; 3]) -> (Layout, Vec<u8>) {
        let frame = Frame::new(Shape { width: 3, height: 1, layout }, samples);
        let mut rows = OpaqueRows::new(&frame, background, 1).expect("memory");
        (rows.layout, rows.get(0..1).to_vec())
    }

    #[test]
    fn what_is_opaque_stays_as_it_is() {
        let rgb = vec![10, 20, 30, 10, 20, 30, 127, 177, 255];
        assert_eq!(rows(Layout::Rgb, rgb.clone(), [1, 2, 3]), (Layout::Rgb, rgb));
        assert_eq!(rows(Layout::L, vec![1u8, 2, 3], [1, 2, 3]), (Layout::L, vec![1, 2, 3]));
    }

    #[test]
    fn alpha_lets_the_background_through() {
        let rgba = vec![10u8, 20, 30, 0, 10, 20, 30, 255, 0, 100, 255, 128];
        let on_white = vec![255, 255, 255, 10, 20, 30, 127, 177, 255];
        assert_eq!(rows(Layout::Rgba, rgba.clone(), [255; 3]), (Layout::Rgb, on_white));
        let on_blue = vec![0, 0, 255, 10, 20, 30, 0, 50, 255];
        assert_eq!(rows(Layout::Rgba, rgba, [0, 0, 255]), (Layout::Rgb, on_blue));
    }

    #[test]
    fn gray_stays_gray_until_a_colour_shows_through() {
        let la = vec![7u8, 0, 7, 255, 7, 1];
        assert_eq!(rows(Layout::La, la.clone(), [255; 3]), (Layout::L, vec![255, 7, 254]));
        let on_red = vec![255, 0, 0, 7, 7, 7, 254, 0, 0];
        assert_eq!(rows(Layout::La, la, [255, 0, 0]), (Layout::Rgb, on_red));
    }

    #[test]
    fn sixteen_bits_are_narrowed_first() {
        let wide = vec![0u16, 129, 65_535];
        assert_eq!(rows(Layout::L, wide, [0; 3]), (Layout::L, vec![0, 1, 255]));
        let la = vec![65_535u16, 0, 65_535, 65_535, 0, 32_896];
        assert_eq!(rows(Layout::La, la, [255; 3]), (Layout::L, vec![255, 255, 127]));
    }

    #[test]
    fn rows_are_those_asked_for() {
        let shape = Shape { width: 1, height: 4, layout: Layout::La };
        let frame = Frame::new(shape, vec![1u8, 255, 2, 255, 3, 255, 4, 255]);
        let mut rows = OpaqueRows::new(&frame, [0; 3], 2).expect("memory");
        assert_eq!(rows.get(1..3), [2, 3]);
        assert_eq!(rows.get(3..4), [4]);
    }
}
