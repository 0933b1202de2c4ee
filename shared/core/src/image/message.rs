//! Errors in words: one plain sentence that names the value at fault and what is allowed.

use std::error::Error as StdError;
use std::fmt;

use super::{
    EncodingError, Error, Format, InputError, LimitError, Operation, Output, Pipeline, SyntaxError,
    UnsupportedError,
};
use crate::excerpt;

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(error) => error.fmt(out),
            Self::Limit(error) => error.fmt(out),
            Self::Unsupported(error) => error.fmt(out),
        }
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(out, "The picture has no bytes."),
            Self::Truncated(format) => {
                write!(out, "The {} picture ends before its data is complete.", format.name())
            }
            Self::Malformed(format) => {
                write!(out, "The data of the {} picture is malformed.", format.name())
            }
            Self::Beyond { crop, width, height, .. } => write!(
                out,
                "The segment 'crop:{crop}' reaches beyond the picture, which has {width} x {height} pixels there."
            ),
            Self::NoFrame { frame, frames: 1 } => {
                write!(out, "There is no frame {frame}; the picture has only frame 0.")
            }
            Self::NoFrame { frame, frames } => {
                let last = frames.saturating_sub(1);
                write!(out, "There is no frame {frame}; the picture has the frames 0 to {last}.")
            }
            Self::AnimationNotHeld { format, frames } => {
                let holding = Output::ALL.into_iter().filter(|output| output.holds_animations());
                let names: Vec<_> = holding.map(Output::name).collect();
                write!(
                    out,
                    "The picture has {frames} frames, of which {} holds one; {} hold all, and 'frame' picks one.",
                    format.name(),
                    names.join(" and ")
                )
            }
            Self::NotForAnimations { operation, frames, .. } => write!(
                out,
                "The segment '{operation}' can't be applied to {frames} frames, of which each would get another size; 'frame' picks one."
            ),
            Self::OutputSide { format, actual, limit } => {
                let name = format.format().name();
                write!(
                    out,
                    "The picture's longer side has {actual} pixels; {name} holds at most {limit}."
                )
            }
        }
    }
}

impl fmt::Display for LimitError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Side { actual, limit } => write!(
                out,
                "The picture's longer side has {actual} pixels; at most {limit} are allowed."
            ),
            Self::Pixels { actual, limit } => {
                write!(out, "The picture has {actual} pixels; at most {limit} are allowed.")
            }
            Self::Frames { frames, actual, limit } => write!(
                out,
                "The {frames} frames have {actual} pixels in all; at most {limit} are allowed."
            ),
            Self::FrameCount { actual, limit } => {
                write!(out, "There are {actual} frames to read; at most {limit} are allowed.")
            }
            Self::Memory { estimate, budget } => write!(
                out,
                "The picture needs about {estimate} bytes of memory; the budget is {budget}."
            ),
            Self::Exhausted => write!(out, "The picture needs more memory than is free."),
        }
    }
}

impl fmt::Display for UnsupportedError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Format => {
                let names: Vec<_> = Format::READ.iter().map(|format| format.name()).collect();
                let names = names.join(", ");
                write!(out, "The bytes are no picture; {names} are read.")
            }
            Self::Feature(format) => {
                write!(out, "The {} picture uses a feature that is not read here.", format.name())
            }
        }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { name, .. } => {
                let names: Vec<_> = Operation::names().collect();
                let (shown, names) = (excerpt(name), names.join(", "));
                write!(out, "There is no operation '{shown}'; there are {names}.")
            }
            Self::Arguments { text, allowed, .. } => {
                write!(out, "The segment '{}' can't be read; it must be {allowed}.", excerpt(text))
            }
            Self::TooMany { actual } => {
                let most = Pipeline::MOST;
                write!(out, "The pipeline has {actual} operations; at most {most} are allowed.")
            }
        }
    }
}

impl fmt::Display for EncodingError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Format { actual } => {
                let names = Output::ALL.map(Output::name).join(", ");
                write!(out, "The format is '{}'; it must be one of {names}.", excerpt(actual))
            }
            Self::Quality { actual } => {
                write!(out, "The quality is {actual}; it must be a whole number from 1 to 100.")
            }
            Self::NoQuality { format } => {
                write!(out, "The format {} has no quality; it must be left out.", format.name())
            }
            Self::Background { actual } => write!(
                out,
                "The background is '{}'; it must be a colour RRGGBB or RRGGBBAA.",
                excerpt(actual)
            ),
        }
    }
}

impl StdError for Error {}
impl StdError for SyntaxError {}
impl StdError for EncodingError {}
