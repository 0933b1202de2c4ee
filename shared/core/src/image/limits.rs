//! Limits that hold before anything is allocated.

use super::{Error, LimitError, Shape};
use crate::pixels::buffer::zeroed;

/// What a picture may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Pixels in the longer side.
    pub side: u32,
    /// Width times height; of an animation, times the number of its frames.
    pub pixels: u64,
    /// Bytes of linear memory, all told.
    pub memory_bytes: u64,
}

impl Limits {
    /// What 32-bit memory can hold at all, for hosts that grant as much as they see fit.
    pub const ADDRESSABLE: Self = Self { side: 65_535, pixels: 1 << 28, memory_bytes: 1 << 32 };

    /// Checks a shape's sides and pixels.
    pub fn check_shape(&self, shape: Shape) -> Result<(), LimitError> {
        self.check_sides(shape.width, shape.height)
    }

    /// Checks the sides that a header announces, and their product.
    pub(super) fn check_sides(&self, width: u32, height: u32) -> Result<(), LimitError> {
        let side = width.max(height);
        if side > self.side {
            return Err(LimitError::Side { actual: side, limit: self.side });
        }
        self.check_pixels(u64::from(width) * u64::from(height), 1)
    }

    /// The most frames that are read of an animation: each costs time, however small it is.
    pub const FRAMES: u32 = 10_000;

    /// Checks a number of frames by itself.
    pub(super) fn check_frame_count(frames: u32) -> Result<(), LimitError> {
        if frames > Self::FRAMES {
            return Err(LimitError::FrameCount { actual: frames, limit: Self::FRAMES });
        }
        Ok(())
    }

    /// Checks so many frames of a shape.
    pub(super) fn check_frames(&self, shape: Shape, frames: u32) -> Result<(), LimitError> {
        self.check_shape(shape)?;
        self.check_pixels(shape.pixels(), frames)
    }

    /// Checks so many frames of so many pixels each.
    pub(super) fn check_pixels(&self, pixels: u64, frames: u32) -> Result<(), LimitError> {
        let (actual, limit) = (pixels.saturating_mul(frames.into()), self.pixels);
        match frames {
            _ if actual <= limit => Ok(()),
            0 | 1 => Err(LimitError::Pixels { actual, limit }),
            _ => Err(LimitError::Frames { frames, actual, limit }),
        }
    }

    /// Checks what the whole work may need.
    pub fn check_memory(&self, estimate: u64) -> Result<(), LimitError> {
        if estimate > self.memory_bytes {
            return Err(LimitError::Memory { estimate, budget: self.memory_bytes });
        }
        Ok(())
    }
}

/// The most memory, in bytes, that a vector takes which doubles as it grows to `length` bytes: its
/// last size, the half that was copied, and before that the room of all smaller ones, which none of
/// the larger fits.
pub(super) fn grown_bytes(length: u64) -> u64 {
    length.checked_next_power_of_two().unwrap_or(u64::MAX).saturating_mul(2)
}

/// The zeroed samples of a frame, or an error where the instance has no room for them.
pub(super) fn zeroed_samples<S: Copy + Default>(shape: Shape) -> Result<Vec<S>, Error> {
    Ok(zeroed(usize::try_from(shape.samples()).map_err(|_| LimitError::Exhausted)?)?)
}

/// A copy of samples, or an error where the instance has no room for it.
pub(super) fn copied<S: Copy>(samples: &[S]) -> Result<Vec<S>, Error> {
    let mut copy = Vec::new();
    copy.try_reserve_exact(samples.len())?;
    copy.extend_from_slice(samples);
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::Layout;

    const LIMITS: Limits = Limits { side: 10, pixels: 50, memory_bytes: 100 };

    fn check(width: u32, height: u32) -> Result<(), LimitError> {
        LIMITS.check_shape(Shape { width, height, layout: Layout::Rgb })
    }

    #[test]
    fn each_limit_is_the_last_value_allowed() {
        assert_eq!(check(10, 5), Ok(()));
        assert_eq!(check(11, 1), Err(LimitError::Side { actual: 11, limit: 10 }));
        assert_eq!(check(1, 11), Err(LimitError::Side { actual: 11, limit: 10 }));
        assert_eq!(check(10, 6), Err(LimitError::Pixels { actual: 60, limit: 50 }));
        assert_eq!(LIMITS.check_pixels(25, 2), Ok(()));
        let frames = LimitError::Frames { frames: 3, actual: 75, limit: 50 };
        assert_eq!(LIMITS.check_pixels(25, 3), Err(frames));
        assert_eq!(LIMITS.check_memory(100), Ok(()));
        assert_eq!(
            LIMITS.check_memory(101),
            Err(LimitError::Memory { estimate: 101, budget: 100 })
        );
    }

    #[test]
    fn a_vector_grows_by_doubling() {
        let mib = 1 << 20;
        for (length, bytes) in [(mib - 1, 2 * mib), (mib, 2 * mib), (mib + 1, 4 * mib)] {
            assert_eq!(grown_bytes(length), bytes);
        }
        assert_eq!(grown_bytes(u64::MAX), u64::MAX);
    }

    #[test]
    fn the_largest_header_does_not_overflow() {
        let unlimited = Limits { side: u32::MAX, ..LIMITS };
        let shape = Shape { width: u32::MAX, height: u32::MAX, layout: Layout::Rgba };
        let error = LimitError::Pixels { actual: 18_446_744_065_119_617_025, limit: 50 };
        assert_eq!(unlimited.check_shape(shape), Err(error));
    }
}
