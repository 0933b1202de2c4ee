//! A job as the contenders know it, and what they tell of it.

use serde::{Deserialize, Serialize};

/// What is to be done.
#[derive(Serialize)]
pub struct Job {
    /// `grayscale`, `blur`, `resize`, or `copy`.
    pub operation: &'static str,
    /// The file's format.
    pub input: &'static str,
    /// The answer's format.
    pub output: &'static str,
    /// Of the picture, in pixels.
    pub width: u32,
    /// Of the picture, in pixels.
    pub height: u32,
}

/// What a round took, in milliseconds.
#[derive(Clone, Copy, Deserialize)]
pub struct Times {
    /// From the file to samples.
    pub decode: f64,
    /// From samples to samples.
    pub operation: f64,
    /// From samples to a file.
    pub encode: f64,
    /// From file to file, in the way the library prefers.
    pub total: f64,
}
