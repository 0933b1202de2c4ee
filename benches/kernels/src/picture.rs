//! The measured pictures.

use edge_core::pixels::{Layout, Shape};

/// A picture of 3840 x 2160 pixels.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// Gray.
    L,
    /// Colour without alpha.
    Rgb,
    /// All alpha at its maximum.
    OpaqueRgba,
    /// Another alpha at every pixel.
    Rgba,
}

impl Picture {
    /// The name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::L => "L",
            Self::Rgb => "RGB",
            Self::OpaqueRgba => "opaque RGBA",
            Self::Rgba => "RGBA",
        }
    }

    /// Its dimensions and layout.
    pub fn shape(self) -> Shape {
        let layout = match self {
            Self::L => Layout::L,
            Self::Rgb => Layout::Rgb,
            Self::OpaqueRgba | Self::Rgba => Layout::Rgba,
        };
        Shape { width: 3840, height: 2160, layout }
    }

    /// Its samples: no pattern, and the same on every run.
    pub fn samples(self) -> Vec<u8> {
        let mix = |i: u64| {
            i.wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .rotate_left(29)
                .wrapping_mul(0xbf58_476d_1ce4_e5b9)
        };
        let mut samples: Vec<u8> =
            (0..self.shape().samples()).map(|i| (mix(i) >> 56) as u8).collect();
        if self == Self::OpaqueRgba {
            samples.chunks_exact_mut(4).for_each(|pixel| pixel[3] = u8::MAX);
        }
        samples
    }
}
