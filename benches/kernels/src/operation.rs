//! The measured operations.

use edge_core::pixels::{Frame, Radius, measure};

use crate::picture::Picture;
use crate::textbook;

/// What is measured.
#[derive(Clone, Copy)]
pub enum Operation {
    /// To luma.
    Grayscale,
    /// Box blur.
    Blur(Radius),
}

impl Operation {
    /// Box blur by this radius in pixels.
    pub fn blur(pixels: u8) -> Self {
        Self::Blur(Radius::new(pixels).expect("a radius in range"))
    }

    /// The name in the table.
    pub fn name(self) -> String {
        match self {
            Self::Grayscale => "luma".to_owned(),
            Self::Blur(radius) => format!("box blur, r = {}", radius.pixels()),
        }
    }

    /// By the kernels in use.
    pub fn apply(self, frame: &mut Frame) {
        match self {
            Self::Grayscale => frame.grayscale(),
            Self::Blur(radius) => frame.blur(radius).expect("memory"),
        }
    }

    /// By the portable kernels.
    pub fn apply_portable(self, frame: &mut Frame) {
        match self {
            Self::Grayscale => measure::grayscale(frame),
            Self::Blur(radius) => measure::blur(frame, radius).expect("memory"),
        }
    }

    /// By the textbook, unless it would take minutes.
    pub fn textbook(self, picture: Picture, samples: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Grayscale => Some(textbook::grayscale(picture.shape().layout, samples)),
            Self::Blur(radius) if radius.pixels() <= 5 => {
                Some(textbook::blur(picture.shape(), samples, radius.pixels().into()))
            }
            Self::Blur(_) => None,
        }
    }
}
