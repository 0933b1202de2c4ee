//! What can be done to a picture.

use std::fmt;

use super::operations::crop::Crop;
use super::operations::gaussian::Gaussian;
use super::operations::light::Linear;
use super::operations::pad::Pad;
use super::operations::pixelate::Pixelate;
use super::operations::resize::Resize;
use super::operations::sharpen::Sharpen;
use super::operations::tone::{self, Tone};
use super::operations::trim::Trim;
use super::operations::turn::Turn;
use super::{Error, Frame, Shape};
use crate::pixels::Radius;

/// One operation with its arguments. In text it is its canonical form, defaults filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Another size.
    Resize(Resize),
    /// A rectangle of the picture.
    Crop(Crop),
    /// A larger canvas.
    Pad(Pad),
    /// A quarter turn, or a mirror image.
    Turn(Turn),
    /// The picture without its plain border.
    Trim(Trim),
    /// A change of each pixel by itself.
    Tone(Tone),
    /// A box blur: [`Frame::blur`].
    Blur(Radius),
    /// A Gaussian blur.
    Gaussian(Gaussian),
    /// An unsharp mask.
    Sharpen(Sharpen),
    /// Squares of one colour each.
    Pixelate(Pixelate),
    /// One of those that average pixels, in linear light.
    Linear(Linear),
}

impl Operation {
    /// The operation's name, as callers write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Linear(linear) => linear.encoded().name(),
            Self::Resize(_) => "resize",
            Self::Crop(_) => "crop",
            Self::Pad(_) => "pad",
            Self::Turn(turn) => turn.name(),
            Self::Trim(_) => "trim",
            Self::Tone(tone) => tone.name(),
            Self::Blur(_) => "blur",
            Self::Gaussian(_) => "gaussian",
            Self::Sharpen(_) => "sharpen",
            Self::Pixelate(_) => "pixelate",
        }
    }

    /// Whether pixels only move: nothing is made of a sample but itself or an average of its kind.
    pub(super) const fn is_geometry(self) -> bool {
        matches!(self, Self::Resize(_) | Self::Crop(_) | Self::Pad(_) | Self::Turn(_))
    }

    /// Whether frames of one shape have one shape afterwards, whatever they show.
    pub(super) const fn treats_alike(self) -> bool {
        !matches!(self, Self::Trim(_))
    }

    /// The shape that a frame of `shape` has afterwards; of a [`Trim`], the largest possible.
    ///
    /// # Errors
    /// If the operation cannot be done to such a picture.
    pub fn shape(self, shape: Shape) -> Result<Shape, Error> {
        Ok(match self {
            Self::Linear(linear) => linear.encoded().shape(shape)?,
            Self::Resize(resize) => resize.shape(shape),
            Self::Crop(crop) => crop.shape(shape)?,
            Self::Pad(pad) => pad.shape(shape),
            Self::Turn(turn) => turn.shape(shape),
            Self::Tone(tone) => tone.shape(shape),
            Self::Trim(_)
            | Self::Blur(_)
            | Self::Gaussian(_)
            | Self::Sharpen(_)
            | Self::Pixelate(_) => shape,
        })
    }

    /// The most memory, in bytes, that the operation takes beside a frame of `shape`.
    pub fn scratch_bytes(self, shape: Shape, bytes_per_sample: u64) -> u64 {
        match self {
            Self::Linear(linear) => linear.scratch_bytes(shape, bytes_per_sample),
            Self::Resize(resize) => resize.scratch_bytes(shape, bytes_per_sample),
            Self::Crop(_) | Self::Trim(_) => 0,
            Self::Pad(pad) => pad.scratch_bytes(shape, bytes_per_sample),
            Self::Turn(turn) => turn.scratch_bytes(shape, bytes_per_sample),
            Self::Tone(tone) => tone::scratch_bytes(&[tone], shape, bytes_per_sample),
            Self::Blur(radius) => shape.blur_scratch_bytes(bytes_per_sample, radius),
            Self::Gaussian(gaussian) => gaussian.scratch_bytes(shape, bytes_per_sample),
            Self::Sharpen(sharpen) => sharpen.scratch_bytes(shape, bytes_per_sample),
            Self::Pixelate(pixelate) => pixelate.scratch_bytes(shape),
        }
    }

    /// Changes the frame.
    ///
    /// # Errors
    /// If memory cannot be had, or the operation cannot be done to such a picture.
    pub fn apply(self, frame: &mut Frame) -> Result<(), Error> {
        match self {
            Self::Linear(linear) => linear.apply(frame),
            Self::Resize(resize) => resize.apply(frame),
            Self::Crop(crop) => crop.apply(frame),
            Self::Pad(pad) => pad.apply(frame),
            Self::Turn(turn) => turn.apply(frame),
            Self::Trim(trim) => trim.apply(frame),
            Self::Tone(tone) => tone::apply(&[tone], frame),
            Self::Blur(radius) => Ok(frame.blur(radius)?),
            Self::Gaussian(gaussian) => gaussian.apply(frame),
            Self::Sharpen(sharpen) => sharpen.apply(frame),
            Self::Pixelate(pixelate) => pixelate.apply(frame),
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Linear(linear) => linear.fmt(out),
            Self::Resize(resize) => write!(out, "resize:{resize}"),
            Self::Crop(crop) => write!(out, "crop:{crop}"),
            Self::Pad(pad) => write!(out, "pad:{pad}"),
            Self::Turn(turn) => turn.fmt(out),
            Self::Trim(trim) => write!(out, "trim:{}", trim.tolerance),
            Self::Tone(tone) => tone.fmt(out),
            Self::Blur(radius) => write!(out, "blur:{}", radius.pixels()),
            Self::Gaussian(gaussian) => write!(out, "gaussian:{}", gaussian.sigma),
            Self::Sharpen(sharpen) => write!(out, "sharpen:{}", sharpen.amount),
            Self::Pixelate(pixelate) => write!(out, "pixelate:{}", pixelate.side),
        }
    }
}
