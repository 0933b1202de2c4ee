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

/// Why a file cannot be written as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EncodingError {
    /// No format of this name is written.
    Format {
        /// The name.
        actual: String,
    },
    /// A quality outside 1 to 100.
    Quality {
        /// The number.
        actual: u32,
    },
    /// A quality for a format that has none.
    NoQuality {
        /// The format.
        format: Output,
    },
    /// A background that is no colour.
    Background {
        /// What was written.
        actual: String,
    },
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

    /// A format by its name, with a quality from 1 to 100 where it has one, and a background
    /// `RRGGBB` or `RRGGBBAA`; the defaults for what is left out.
    ///
    /// # Errors
    /// If one of them is not what it must be.
    pub fn named(
        format: &str,
        quality: Option<u32>,
        background: Option<&str>,
    ) -> Result<Self, EncodingError> {
        let output = Output::named(format);
        let output = output.ok_or_else(|| EncodingError::Format { actual: format.to_owned() })?;
        let mut encoding = Self::new(output);
        if let Some(actual) = quality {
            if output != Output::Jpeg {
                return Err(EncodingError::NoQuality { format: output });
            }
            let quality = u8::try_from(actual).ok().and_then(Quality::new);
            encoding.quality = quality.ok_or(EncodingError::Quality { actual })?;
        }
        if let Some(text) = background {
            let colour = Colour::parse(text);
            encoding.background =
                colour.ok_or_else(|| EncodingError::Background { actual: text.to_owned() })?;
        }
        Ok(encoding)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_read_from_words() {
        let named = Encoding::named("jpeg", Some(70), Some("102030")).unwrap();
        assert_eq!(named.to_string(), "jpeg,70,102030");
        assert_eq!(Encoding::named("jpeg", None, None), Ok(Encoding::new(Output::Jpeg)));
        assert_eq!(Encoding::named("qoi", None, None), Ok(Encoding::new(Output::Qoi)));
    }

    #[test]
    fn what_is_no_encoding_is_told() {
        let message = |format, quality, background| {
            Encoding::named(format, quality, background).unwrap_err().to_string()
        };
        assert_eq!(
            message("jpg", None, None),
            "The format is 'jpg'; it must be one of png, jpeg, webp, qoi."
        );
        for quality in [0, 101, 256 + 80] {
            assert_eq!(
                message("jpeg", Some(quality), None),
                format!("The quality is {quality}; it must be a whole number from 1 to 100.")
            );
        }
        assert_eq!(
            message("png", Some(80), None),
            "The format png has no quality; it must be left out."
        );
        assert_eq!(
            message("png", None, Some("red")),
            "The background is 'red'; it must be a colour RRGGBB or RRGGBBAA."
        );
    }
}
