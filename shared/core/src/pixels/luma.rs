//! Grayscale by the luma of ITU-R BT.601.

use super::frame::{Frame, Layout, Samples};
use super::kernels::kernel::{Fast, Kernels};
use super::kernels::portable::Portable;

impl Frame {
    /// Replaces colour by luma, `(19595 R + 38470 G + 7471 B + 32768) >> 16`: the weights
    /// 0.299, 0.587 and 0.114 of ITU-R BT.601 in 16 fractional bits. RGB becomes L, RGBA becomes
    /// LA with the same alpha, and what is gray already stays as it is. Allocates nothing.
    pub fn grayscale(&mut self) {
        match &mut self.samples {
            Samples::U8(samples) => luma::<u8, Fast>(self.shape.layout, samples),
            Samples::U16(samples) => luma::<u16, Portable>(self.shape.layout, samples),
        }
        self.shape.layout = self.shape.layout.gray();
    }
}

/// Luma with the given kernels.
pub(crate) fn luma<S, K: Kernels<S>>(layout: Layout, samples: &mut Vec<S>) {
    match layout {
        Layout::L | Layout::La => {}
        Layout::Rgb => K::luma_rgb(samples),
        Layout::Rgba => K::luma_rgba(samples),
    }
}
