//! What becomes of a call.

use std::collections::TryReserveError;
use std::str::Utf8Error;

use edge_core::pixels::rgba;

/// How a call ended. The numbers are part of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Status {
    /// It has done what it says.
    Done = 0,
    /// The pointer is null, the length is not 0.
    Null = 1,
    /// The bytes are not all within the memory.
    OutOfRange = 2,
    /// The text is not UTF-8.
    NotUtf8 = 3,
    /// No pixels, an incomplete one, or not as many as the width and the height ask for.
    NotPixels = 4,
    /// The radius is past 127.
    Radius = 5,
    /// There is not enough memory.
    Exhausted = 6,
}

impl From<Utf8Error> for Status {
    fn from(_: Utf8Error) -> Self {
        Self::NotUtf8
    }
}

impl From<TryReserveError> for Status {
    fn from(_: TryReserveError) -> Self {
        Self::Exhausted
    }
}

impl From<rgba::Error> for Status {
    fn from(error: rgba::Error) -> Self {
        match error {
            rgba::Error::Incomplete { .. } | rgba::Error::Length { .. } | rgba::Error::Empty => {
                Self::NotPixels
            }
            rgba::Error::Radius { .. } => Self::Radius,
            rgba::Error::Exhausted => Self::Exhausted,
        }
    }
}

impl From<Result<(), rgba::Error>> for Status {
    fn from(result: Result<(), rgba::Error>) -> Self {
        result.map_or_else(Self::from, |()| Self::Done)
    }
}
