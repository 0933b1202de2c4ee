//! Why a picture cannot be had, in the interface's types.

use edge_core::image::{self, EncodingError, Output, SyntaxError};
use edge_core::pixels::rgba;

use super::component::bindings::exports::edge::functions::image::{
    Error, Excess, Format, InputError, InputReason, LimitError, LimitReason,
};

impl From<image::Error> for Error {
    fn from(error: image::Error) -> Self {
        match error {
            image::Error::Input(error) => input(reason(error), error),
            image::Error::Limit(error) => limit(error),
            image::Error::Unsupported(error) => Self::Unsupported(error.to_string()),
        }
    }
}

impl From<SyntaxError> for Error {
    fn from(error: SyntaxError) -> Self {
        let segment = match error {
            SyntaxError::Unknown { segment, .. } | SyntaxError::Arguments { segment, .. } => {
                Some(segment as u32)
            }
            SyntaxError::TooMany { .. } => None,
        };
        input(InputReason::Pipeline(segment), error)
    }
}

impl From<EncodingError> for Error {
    fn from(error: EncodingError) -> Self {
        input(InputReason::Encoding, error)
    }
}

impl From<rgba::Error> for Error {
    fn from(error: rgba::Error) -> Self {
        match error {
            rgba::Error::Exhausted => limit(image::LimitError::Exhausted),
            _ => input(InputReason::Samples, error),
        }
    }
}

impl From<Format> for Output {
    fn from(format: Format) -> Self {
        match format {
            Format::Png => Self::Png,
            Format::Jpeg => Self::Jpeg,
            Format::Webp => Self::WebP,
            Format::Gif => Self::Gif,
            Format::Qoi => Self::Qoi,
        }
    }
}

fn input(reason: InputReason, error: impl ToString) -> Error {
    Error::Input(InputError { reason, message: error.to_string() })
}

fn reason(error: image::InputError) -> InputReason {
    use image::InputError as E;
    match error {
        E::Empty => InputReason::Empty,
        E::Truncated(_) => InputReason::Truncated,
        E::Malformed(_) => InputReason::Malformed,
        E::Beyond { segment, .. } => InputReason::Outside(segment as u32),
        E::NoFrame { frames, .. } => InputReason::NoFrame(frames),
        E::AnimationNotHeld { frames, .. } => InputReason::AnimationNotHeld(frames),
        E::NotForAnimations { segment, .. } => InputReason::NotForAnimations(segment as u32),
        E::OutputSide { actual, limit, .. } => {
            InputReason::OutputSide(Excess { actual: actual.into(), limit: limit.into() })
        }
    }
}

fn limit(error: image::LimitError) -> Error {
    use image::LimitError as E;
    let (reason, excess) = match error {
        E::Side { actual, limit } => (LimitReason::Side, Some((actual.into(), limit.into()))),
        E::Pixels { actual, limit } => (LimitReason::Pixels, Some((actual, limit))),
        E::Frames { actual, limit, .. } => (LimitReason::Pixels, Some((actual, limit))),
        E::FrameCount { actual, limit } => {
            (LimitReason::Frames, Some((actual.into(), limit.into())))
        }
        E::Memory { estimate, budget } => (LimitReason::Memory, Some((estimate, budget))),
        E::Exhausted => (LimitReason::Memory, None),
    };
    let excess = excess.map(|(actual, limit)| Excess { actual, limit });
    Error::Limit(LimitError { reason, excess, message: error.to_string() })
}
