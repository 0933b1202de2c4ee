//! Why a picture cannot be had, in the interface's types.

use edge_core::image::{self, EncodingError, InputError, LimitError, Output, SyntaxError};
use edge_core::pixels::rgba;

use super::bindings::exports::edge::functions::image::{
    Error, Excess, Format, InputReason, LimitReason,
};
use super::bindings::exports::edge::functions::image::{InputError as Input, LimitError as Limit};

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
            rgba::Error::Exhausted => limit(LimitError::Exhausted),
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
            Format::Qoi => Self::Qoi,
        }
    }
}

fn input(reason: InputReason, error: impl ToString) -> Error {
    Error::Input(Input { reason, message: error.to_string() })
}

fn reason(error: InputError) -> InputReason {
    match error {
        InputError::Empty => InputReason::Empty,
        InputError::Truncated(_) => InputReason::Truncated,
        InputError::Malformed(_) => InputReason::Malformed,
        InputError::Beyond { segment, .. } => InputReason::Outside(segment as u32),
        InputError::OutputSide { actual, limit, .. } => {
            InputReason::OutputSide(Excess { actual: actual.into(), limit: limit.into() })
        }
    }
}

fn limit(error: LimitError) -> Error {
    let (reason, excess) = match error {
        LimitError::Side { actual, limit } => {
            (LimitReason::Side, Some((actual.into(), limit.into())))
        }
        LimitError::Pixels { actual, limit } => (LimitReason::Pixels, Some((actual, limit))),
        LimitError::Memory { estimate, budget } => (LimitReason::Memory, Some((estimate, budget))),
        LimitError::Exhausted => (LimitReason::Memory, None),
    };
    let excess = excess.map(|(actual, limit)| Excess { actual, limit });
    Error::Limit(Limit { reason, excess, message: error.to_string() })
}
