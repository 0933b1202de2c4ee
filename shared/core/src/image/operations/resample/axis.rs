//! One axis of a picture.

use super::lanczos::LOBES;

/// Pixels along one axis that are made of a part of the source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// Pixels of the source.
    pub(super) source: u32,
    /// Where the part begins, in pixels of the source.
    pub(super) start: f64,
    /// The part's length in pixels of the source.
    pub(super) extent: f64,
    /// Pixels to be made.
    pub(super) made: u32,
}

impl Axis {
    /// `source` pixels resampled to `scaled`, of which the `kept` ones in the middle are made. Of
    /// an odd pixel, more is left out at the end.
    pub fn new(source: u32, scaled: u64, kept: u32) -> Self {
        let step = f64::from(source) / scaled as f64;
        let is_whole = u64::from(kept) == scaled;
        let start = (scaled - u64::from(kept)) / 2;
        Self {
            source,
            start: start as f64 * step,
            extent: if is_whole { f64::from(source) } else { f64::from(kept) * step },
            made: kept,
        }
    }

    /// The pixels from `first` on, as they are.
    pub(super) fn copied(source: u32, first: u32, made: u32) -> Self {
        Self { source, start: first.into(), extent: made.into(), made }
    }

    pub(super) fn is_resampled(self) -> bool {
        self.extent != f64::from(self.made)
    }

    /// How far the filter reaches to each side, in pixels of the source.
    fn reach(self) -> f64 {
        LOBES * (self.extent / f64::from(self.made)).max(1.0)
    }

    /// The first pixel of the source that matters, and how many do.
    pub(super) fn needed(self) -> (u32, u32) {
        let end = (self.start + self.extent + self.reach()).ceil().min(self.source.into());
        let first = (self.start - self.reach()).floor().max(0.0) as u32;
        (first, end as u32 - first)
    }

    /// The same where only the needed pixels of the source are there.
    pub(super) fn narrowed(self) -> Self {
        let (first, source) = self.needed();
        Self { source, start: self.start - f64::from(first), ..self }
    }

    /// The most memory, in bytes, that the resampling library takes for the weights: of each pixel
    /// that is made a window of 64-bit floats and of up to 32-bit integers, and what keeps them.
    pub(super) fn weights_bytes(self) -> u64 {
        const WEIGHT: u64 = (size_of::<f64>() + size_of::<i32>()) as u64;
        const WINDOW: u64 = 64;
        if !self.is_resampled() {
            return 0;
        }
        let weights = 2 * self.reach().ceil() as u64 + 1;
        u64::from(self.made) * (weights * WEIGHT + WINDOW)
    }
}
