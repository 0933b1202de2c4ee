//! AVIF 1.1 (AV1 Image File Format): still pictures of one coded item, and an item of alpha beside
//! it. The container is read here, `re_rav1d` decodes AV1, and the planes are made into samples here.

mod boxes;
#[cfg(feature = "avif")]
mod colours;
#[cfg(feature = "avif")]
pub(super) mod decode;
pub(super) mod meta;
#[cfg(feature = "avif")]
mod obu;
#[cfg(feature = "avif")]
mod rows;
#[cfg(all(test, feature = "avif"))]
mod tests;
