//! The measured pictures.

use edge_core::image::{Layout, Shape};

/// What alpha the picture has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alpha {
    /// No channel of it.
    None,
    /// All of it at its maximum.
    Opaque,
    /// From pixel to pixel another.
    Varying,
}

impl Alpha {
    /// 3840 x 2160 pixels in the layout that goes with this alpha.
    pub fn shape(self) -> Shape {
        let layout = if self == Self::None { Layout::Rgb } else { Layout::Rgba };
        Shape { width: 3840, height: 2160, layout }
    }

    /// Samples without a pattern, the same on every run.
    pub fn samples(self) -> Vec<u8> {
        let hash = |i: u64| i.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mut samples: Vec<u8> = (0..self.shape().samples()).map(|i| (hash(i) >> 56) as u8).collect();
        if self == Self::Opaque {
            samples.chunks_exact_mut(4).for_each(|pixel| pixel[3] = u8::MAX);
        }
        samples
    }
}
