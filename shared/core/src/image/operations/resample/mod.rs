//! Another number of columns and rows, by a Lanczos filter of three lobes.
//!
//! One axis after the other: rows are resampled first where that leaves fewer samples between the
//! two steps, else columns. Each step makes a frame of its own, so that what it takes is allocated
//! fallibly, and the one before is given back. Sums are in integers, weights come from
//! [`libm::sin`]: the same bits on every processor.

mod axis;
mod lanczos;
mod resampling;

pub(in crate::image) use axis::Axis;
pub(in crate::image) use resampling::Resampling;

#[cfg(test)]
mod tests;
