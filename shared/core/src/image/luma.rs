//! Grayscale by the luma of ITU-R BT.601.

use super::frame::{Frame, Layout, Samples};
use super::{fast, portable};

impl Frame {
    /// Replaces colour by luma, `(19595 R + 38470 G + 7471 B + 32768) >> 16`: the weights
    /// 0.299, 0.587 and 0.114 of ITU-R BT.601 in 16 fractional bits. RGB becomes L, RGBA becomes
    /// LA with the same alpha, and what is gray already stays as it is. Allocates nothing.
    pub fn grayscale(&mut self) {
        match (&mut self.samples, self.shape.layout) {
            (_, Layout::L | Layout::La) => {}
            (Samples::U8(samples), Layout::Rgb) => fast::luma_rgb(samples),
            (Samples::U8(samples), Layout::Rgba) => fast::luma_rgba(samples),
            (Samples::U16(samples), Layout::Rgb) => portable::luma_rgb(samples),
            (Samples::U16(samples), Layout::Rgba) => portable::luma_rgba(samples),
        }
        self.shape.layout = self.shape.layout.gray();
    }
}
