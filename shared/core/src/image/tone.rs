//! Changes of each pixel by itself.

use std::fmt;

use super::number::Hundredths;
use super::{Colour, Error, Frame, Shape};

/// A change of tone or colour. In text: `grayscale`, `brightness:-20`. The percentages and angles
/// are those of the W3C's Filter Effects Module Level 1, on the samples as they are (sRGB).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Colour to luma: [`Frame::grayscale`].
    Grayscale,
    /// Slope 1 + n/100, n from -100 to 100.
    Brightness(i8),
    /// Slope 1 + n/100 about the middle of the range, n from -100 to 100.
    Contrast(i8),
    /// The matrix of `saturate(1 + n/100)`, n from -100 to 100.
    Saturation(i8),
    /// The matrix of `hue-rotate()`, 0 to 359 degrees.
    Hue(u16),
    /// The power 1/g; above 1 brightens.
    Gamma(Hundredths),
    /// The complement of each colour.
    Invert,
    /// The matrix of `sepia(1)`.
    Sepia,
    /// White where luma is this level (of 8 bits) or more, else black; gray afterwards.
    Threshold(u8),
    /// Luma from black to this colour, mixed with the picture by the colour's alpha.
    Tint(Colour),
    /// The picture laid on this opaque colour, without alpha.
    Flatten([u8; 3]),
}

impl Tone {
    /// The operation's name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Grayscale => "grayscale",
            Self::Brightness(_) => "brightness",
            Self::Contrast(_) => "contrast",
            Self::Saturation(_) => "saturation",
            Self::Hue(_) => "hue",
            Self::Gamma(_) => "gamma",
            Self::Invert => "invert",
            Self::Sepia => "sepia",
            Self::Threshold(_) => "threshold",
            Self::Tint(_) => "tint",
            Self::Flatten(_) => "flatten",
        }
    }

    /// The shape afterwards.
    pub(super) fn shape(self, shape: Shape) -> Shape {
        match self {
            Self::Grayscale => Shape { layout: shape.layout.gray(), ..shape },
            _ => shape,
        }
    }

    /// The most memory, in bytes, beside a frame of `shape`: tables, and a frame where gray becomes
    /// colour.
    pub(super) fn scratch_bytes(self, _shape: Shape, _bytes_per_sample: u64) -> u64 {
        0
    }
}

/// Changes the frame by several tones in one pass. Each rounds as it would by itself.
pub(super) fn apply(tones: &[Tone], frame: &mut Frame) -> Result<(), Error> {
    for tone in tones {
        if *tone == Tone::Grayscale {
            frame.grayscale();
        }
    }
    Ok(())
}

impl fmt::Display for Tone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())?;
        match self {
            Self::Grayscale | Self::Invert | Self::Sepia => Ok(()),
            Self::Brightness(percent) | Self::Contrast(percent) | Self::Saturation(percent) => {
                write!(out, ":{percent}")
            }
            Self::Hue(degrees) => write!(out, ":{degrees}"),
            Self::Gamma(gamma) => write!(out, ":{gamma}"),
            Self::Threshold(level) => write!(out, ":{level}"),
            Self::Tint(colour) => write!(out, ":{colour}"),
            Self::Flatten(rgb) => write!(out, ":{}", Colour { rgb: *rgb, alpha: 255 }),
        }
    }
}
