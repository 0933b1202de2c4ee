//! How a picture is to be written.

use std::fmt;

use crate::image::{Colour, Output};

/// The quality of a JPEG, 1 to 100 in the scale of the Independent JPEG Group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quality(u8);

impl Quality {
    /// 80: where more bytes stop being seen.
    pub const DEFAULT: Self = Self(80);

    /// A quality, unless it is outside 1 to 100.
    pub const fn new(quality: u8) -> Option<Self> {
        if quality >= 1 && quality <= 100 { Some(Self(quality)) } else { None }
    }

    /// The number.
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// A format and what it asks to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// The format.
    pub output: Output,
    /// The quality, where the format has one: JPEG.
    pub quality: Quality,
    /// What a transparent picture is laid on where the format has no alpha: JPEG. It is itself
    /// laid on white.
    pub background: Colour,
}

impl Encoding {
    /// A format with the defaults: quality 80, on white.
    pub const fn new(output: Output) -> Self {
        Self { output, quality: Quality::DEFAULT, background: Colour::WHITE }
    }
}

/// What decides the file's bytes: `png`, `jpeg,80,ffffff`.
impl fmt::Display for Encoding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.output.name())?;
        match self.output {
            Output::Jpeg => write!(out, ",{},{}", self.quality.get(), self.background),
            _ => Ok(()),
        }
    }
}
