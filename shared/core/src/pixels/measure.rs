//! The portable kernels by themselves, for measurements beside the ones in use.

use std::collections::TryReserveError;

use super::Radius;
use super::blur;
use super::frame::{Frame, Samples};
use super::kernels::portable::Portable;
use super::luma::luma;

/// [`Frame::grayscale`] by the portable kernels.
pub fn grayscale(frame: &mut Frame) {
    match &mut frame.samples {
        Samples::U8(samples) => luma::<u8, Portable>(frame.shape.layout, samples),
        Samples::U16(samples) => luma::<u16, Portable>(frame.shape.layout, samples),
    }
    frame.shape.layout = frame.shape.layout.gray();
}

/// [`Frame::blur`] by the portable kernels.
///
/// # Errors
/// If the scratch memory cannot be had.
pub fn blur(frame: &mut Frame, radius: Radius) -> Result<(), TryReserveError> {
    match &mut frame.samples {
        Samples::U8(samples) => blur::blur::<u8, Portable>(frame.shape, samples, radius),
        Samples::U16(samples) => blur::blur::<u16, Portable>(frame.shape, samples, radius),
    }
}
