//! Keys of the algorithms that authenticate.

use std::fmt;

/// Whether an algorithm takes a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyUse {
    /// It takes none.
    None,
    /// It digests without a key, and authenticates with one.
    Optional,
    /// It needs one.
    Required,
}

/// Why a key, or the lack of one, does not suit an algorithm. It never holds the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// The algorithm needs a key.
    Missing,
    /// The algorithm takes no key.
    Unexpected,
    /// The key has no bytes.
    Empty,
    /// The key is too long or too short; both lengths are in bytes.
    Length {
        /// What the algorithm takes.
        required: usize,
        /// What was given.
        actual: usize,
    },
}

impl fmt::Display for KeyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(out, "a key is required"),
            Self::Unexpected => write!(out, "no key is taken"),
            Self::Empty => write!(out, "the key is empty"),
            Self::Length { required, actual } => {
                write!(out, "the key has {actual} bytes; it must have {required}")
            }
        }
    }
}

impl std::error::Error for KeyError {}
