//! Animations: frames that are composed one after the other.

mod canvas;
mod delay;
mod frames;
mod gif;
mod patch;
mod png;
mod webp;

pub(super) use delay::Delay;
pub(super) use frames::Animation;

#[cfg(test)]
mod files;
#[cfg(test)]
mod tests;
