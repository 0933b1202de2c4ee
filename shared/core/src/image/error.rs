//! Why a picture cannot be had, by whose affair it is.

use std::collections::TryReserveError;

use super::{Crop, Format, Operation, Output};

/// Everything that keeps a picture from being read, changed or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// The picture is at fault.
    Input(InputError),
    /// A limit of the deployment.
    Limit(LimitError),
    /// Well-formed, but not read here.
    Unsupported(UnsupportedError),
}

/// Broken input, or input that the chosen output cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputError {
    /// No bytes at all.
    Empty,
    /// The bytes end before the picture does.
    Truncated(Format),
    /// The bytes contradict their format.
    Malformed(Format),
    /// A rectangle that reaches beyond the picture.
    Beyond {
        /// The zero-based position of the operation in its pipeline.
        segment: usize,
        /// The rectangle.
        crop: Crop,
        /// The picture's width in pixels, where it is to be cut.
        width: u32,
        /// The picture's height in pixels.
        height: u32,
    },
    /// A frame past the last.
    NoFrame {
        /// The zero-based number of the frame.
        frame: u32,
        /// How many there are.
        frames: u32,
    },
    /// More frames than the output format holds: one.
    AnimationNotHeld {
        /// The output format.
        format: Output,
        /// How many there are.
        frames: u32,
    },
    /// An operation that would give each frame of an animation another size.
    NotForAnimations {
        /// The zero-based position of the operation in its pipeline.
        segment: usize,
        /// The operation.
        operation: Operation,
        /// How many frames there are.
        frames: u32,
    },
    /// A side longer than the output format can express.
    OutputSide {
        /// The output format.
        format: Output,
        /// The longer side in pixels.
        actual: u32,
        /// The longest possible side in pixels.
        limit: u32,
    },
}

/// A limit that was checked before anything was allocated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitError {
    /// A side longer than allowed, in pixels.
    Side {
        /// The longer side.
        actual: u32,
        /// The longest side allowed.
        limit: u32,
    },
    /// More pixels than allowed.
    Pixels {
        /// Width times height.
        actual: u64,
        /// The most allowed.
        limit: u64,
    },
    /// More pixels than allowed in all frames of an animation.
    Frames {
        /// How many frames.
        frames: u32,
        /// Width times height times the number of frames.
        actual: u64,
        /// The most allowed.
        limit: u64,
    },
    /// More frames than allowed, however small.
    FrameCount {
        /// How many would be read.
        actual: u32,
        /// The most allowed.
        limit: u32,
    },
    /// More memory than the budget, in bytes.
    Memory {
        /// What the work may need.
        estimate: u64,
        /// What it may have.
        budget: u64,
    },
    /// An allocation that the instance could not have.
    Exhausted,
}

/// What is not read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnsupportedError {
    /// No known signature.
    Format,
    /// A known format with a feature that its decoder does not read.
    Feature(Format),
}

impl Error {
    /// The same error, told where its operation stands in a pipeline.
    pub(super) fn in_segment(self, segment: usize) -> Self {
        match self {
            Self::Input(InputError::Beyond { crop, width, height, .. }) => {
                InputError::Beyond { segment, crop, width, height }.into()
            }
            other => other,
        }
    }
}

impl From<InputError> for Error {
    fn from(error: InputError) -> Self {
        Self::Input(error)
    }
}

impl From<LimitError> for Error {
    fn from(error: LimitError) -> Self {
        Self::Limit(error)
    }
}

impl From<UnsupportedError> for Error {
    fn from(error: UnsupportedError) -> Self {
        Self::Unsupported(error)
    }
}

impl From<TryReserveError> for Error {
    fn from(_: TryReserveError) -> Self {
        Self::Limit(LimitError::Exhausted)
    }
}
