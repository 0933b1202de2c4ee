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

    /// A format by its name, else the one that is `kept`; with a JPEG's quality, from 1 to 100, and a
    /// background `RRGGBB` or `RRGGBBAA`; the defaults for what is left out.
    ///
    /// # Errors
    /// If one of them is not what it must be. A quality beside the name of another format than JPEG is
    /// a mistake; beside none it is that of a JPEG, should it be one.
    pub fn read(
        format: Option<&str>,
        kept: Output,
        quality: Option<u32>,
        background: Option<&str>,
    ) -> Result<Self, EncodingError> {
        let no_format = |name: &str| EncodingError::Format { actual: name.to_owned() };
        let named = format.map(|name| Output::named(name).ok_or_else(|| no_format(name)));
        let named = named.transpose()?;
        let mut encoding = Self::new(named.unwrap_or(kept));
        if let Some(actual) = quality {
            if let Some(format) = named.filter(|format| *format != Output::Jpeg) {
                return Err(EncodingError::NoQuality { format });
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
        let read = |format, kept, quality, background| {
            Encoding::read(format, kept, quality, background).unwrap().to_string()
        };
        assert_eq!(read(Some("jpeg"), Output::Png, Some(70), Some("102030")), "jpeg,70,102030");
        assert_eq!(read(Some("jpeg"), Output::Png, None, None), "jpeg,80,ffffff");
        assert_eq!(read(Some("qoi"), Output::Jpeg, None, None), "qoi");
        assert_eq!(read(None, Output::Jpeg, Some(70), None), "jpeg,70,ffffff");
        assert_eq!(read(None, Output::Png, Some(70), None), "png");
    }

    #[test]
    fn what_is_no_encoding_is_told() {
        let message = |format, quality, background| {
            Encoding::read(format, Output::Png, quality, background).unwrap_err().to_string()
        };
        assert_eq!(
            message(Some("jpg"), None, None),
            "The format is 'jpg'; it must be one of png, jpeg, webp, gif, qoi."
        );
        assert_eq!(
            message(None, Some(0), None),
            "The quality is 0; it must be a whole number from 1 to 100."
        );
        for quality in [0, 101, 256 + 80] {
            assert_eq!(
                message(Some("jpeg"), Some(quality), None),
                format!("The quality is {quality}; it must be a whole number from 1 to 100.")
            );
        }
        assert_eq!(
            message(Some("png"), Some(80), None),
            "The format png has no quality; it must be left out."
        );
        assert_eq!(
            message(None, None, Some("red")),
            "The background is 'red'; it must be a colour RRGGBB or RRGGBBAA."
        );
    }
}
