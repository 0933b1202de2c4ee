//! AVIF (AV1 Image File Format 1.1): what the `meta` box says.

use super::{Header, truncated, unsupported};
use crate::image::avif::meta::{Primary, is_cut, sequence_frames};
use crate::image::{Error, Format};

/// Reads the properties of the primary item, and counts the pictures of a sequence.
pub(super) fn read(file: &[u8]) -> Result<Header<'_>, Error> {
    let primary = Primary::read(file)?;
    let colour = &primary.colour;
    let header = Header::new(colour.width, colour.height, primary.colour_type(), colour.bit_depth);
    Ok(Header {
        alpha: primary.alpha.is_some(),
        frames: if is_sequence(file) { sequence_frames(file) } else { 1 },
        orientation: colour.orientation(),
        profile: colour.profile.map(Into::into),
        ..header
    })
}

/// Checks that every box is all there, and the items' data, and that nothing must be understood
/// that is not.
pub(super) fn check(file: &[u8]) -> Result<(), Error> {
    if is_cut(file) {
        return Err(truncated(Format::Avif));
    }
    let primary = Primary::read(file)?;
    primary.colour.data(file)?;
    if let Some(alpha) = &primary.alpha {
        alpha.data(file)?;
    }
    if is_sequence(file) {
        return Err(unsupported(Format::Avif));
    }
    primary.check()
}

/// Whether the file is one of several pictures in time: by its major brand.
fn is_sequence(file: &[u8]) -> bool {
    file.get(8..12) == Some(b"avis")
}
