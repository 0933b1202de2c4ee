//! Why a content coding cannot be undone.

use std::error::Error;
use std::fmt;

use crate::problem::{Kind, Problem};

/// What is wrong with coded content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodingError {
    /// It ends before its coding does.
    Truncated {
        /// The coding's name.
        coding: &'static str,
    },
    /// It contradicts its coding.
    Malformed {
        /// The coding's name.
        coding: &'static str,
    },
    /// It goes on after the end that its coding has.
    Trailing {
        /// The coding's name.
        coding: &'static str,
    },
    /// A zstd frame that looks back further than HTTP allows (RFC 9659).
    Window {
        /// The most bytes that are allowed.
        limit: u64,
        /// The bytes that the frame asks for.
        actual: u64,
    },
    /// More bytes than the coded ones may become.
    Bomb {
        /// The most bytes for what had arrived.
        limit: u64,
    },
}

impl fmt::Display for CodingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated { coding } => write!(f, "the {coding} data ends early"),
            Self::Malformed { coding } => write!(f, "the {coding} data is broken"),
            Self::Trailing { coding } => write!(f, "the {coding} data goes on after its end"),
            Self::Window { limit, actual } => {
                write!(f, "a zstd frame asks for a window of {actual} bytes; {limit} are allowed")
            }
            Self::Bomb { limit } => write!(f, "the body decodes to more than {limit} bytes"),
        }
    }
}

impl Error for CodingError {}

impl From<CodingError> for Problem {
    fn from(error: CodingError) -> Self {
        match error {
            CodingError::Truncated { coding } => {
                let detail = format!("The {coding} data ends early.");
                Self::new(Kind::TruncatedCoding, detail).with("coding", coding)
            }
            CodingError::Malformed { coding } => {
                let detail = format!("The {coding} data is broken.");
                Self::new(Kind::MalformedCoding, detail).with("coding", coding)
            }
            CodingError::Trailing { coding } => {
                let detail = format!("The {coding} data goes on after its end.");
                Self::new(Kind::MalformedCoding, detail).with("coding", coding)
            }
            CodingError::Window { limit, actual } => {
                let detail = format!(
                    "A zstd frame asks for a window of {actual} bytes; at most {limit} are allowed."
                );
                let problem = Self::new(Kind::MalformedCoding, detail).with("coding", "zstd");
                problem.with("limit", limit).with("actual", actual)
            }
            CodingError::Bomb { limit } => {
                let detail = format!(
                    "The body decodes to more than the {limit} bytes that are allowed for what was sent."
                );
                Self::new(Kind::BodyTooLarge, detail).with("limit", limit)
            }
        }
    }
}
