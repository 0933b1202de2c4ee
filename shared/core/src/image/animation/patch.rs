//! What one frame changes of the picture before.

use super::Delay;
use crate::image::{Error, Frame};

/// A picture to be drawn somewhere on the canvas.
pub(super) struct Patch {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) picture: Frame,
    /// Whether it lies over what is there, or in its place.
    pub(super) blends: bool,
    pub(super) disposal: Disposal,
    pub(super) delay: Delay,
}

/// What becomes of a patch's place when its frame has been shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Disposal {
    /// It stays.
    Keep,
    /// It is made transparent.
    Clear,
    /// What was there before comes back.
    Restore,
}

/// The frames of a file, in order.
pub(super) trait Patches {
    /// How often they are played; 0 is for ever.
    fn plays(&self) -> u32;

    /// Decodes the next frame. A file that has none left is broken: it has announced it.
    fn next(&mut self) -> Result<Patch, Error>;
}
