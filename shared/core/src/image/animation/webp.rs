//! The frames of an animated WebP (RFC 9649, section 2.7.1.1), each decoded as a file of its own.

use super::Delay;
use super::patch::{Disposal, Patch, Patches};
use crate::image::file::codec::Codec;
use crate::image::file::header::{AnimationFrame, animation_frames, webp_plays};
use crate::image::{Error, Format, InputError, Limits};

/// The flag of the extended header that tells of alpha.
const ALPHA: u8 = 0x10;

pub(super) struct WebP<'a> {
    frames: Box<dyn Iterator<Item = Option<AnimationFrame<'a>>> + 'a>,
    plays: u32,
    limits: Limits,
}

impl<'a> WebP<'a> {
    pub(super) fn open(file: &'a [u8], limits: &Limits) -> Self {
        let frames = Box::new(animation_frames(file));
        Self { frames, plays: webp_plays(file), limits: *limits }
    }
}

impl Patches for WebP<'_> {
    fn plays(&self) -> u32 {
        self.plays
    }

    fn next(&mut self) -> Result<Patch, Error> {
        let malformed = InputError::Malformed(Format::WebP);
        let frame = self.frames.next().flatten().ok_or(malformed)?;
        let file = alone(&frame)?;
        let picture = Codec::open(Format::WebP, &file, &self.limits)?;
        if (picture.shape.width, picture.shape.height) != (frame.width, frame.height) {
            return Err(malformed.into());
        }
        Ok(Patch {
            left: frame.left,
            top: frame.top,
            picture: picture.decode()?,
            blends: frame.blends,
            disposal: if frame.clears { Disposal::Clear } else { Disposal::Keep },
            delay: Delay { numerator: frame.milliseconds, denominator: 1_000 },
        })
    }
}

/// A file of one picture.
fn alone(frame: &AnimationFrame<'_>) -> Result<Vec<u8>, Error> {
    let (kind, picture) = frame.picture;
    let alpha = frame.alpha.filter(|_| kind == b"VP8 ");
    let mut file = Vec::new();
    file.try_reserve_exact(64 + picture.len() + alpha.map_or(0, <[u8]>::len))?;
    file.extend(b"RIFF\0\0\0\0WEBP");
    if let Some(alpha) = alpha {
        let [width, height] = [frame.width, frame.height].map(|side| (side - 1).to_le_bytes());
        chunk(&mut file, b"VP8X", &[&[ALPHA, 0, 0, 0], &width[..3], &height[..3]].concat());
        chunk(&mut file, b"ALPH", alpha);
    }
    chunk(&mut file, kind, picture);
    let length = (file.len() - 8) as u32;
    file[4..8].copy_from_slice(&length.to_le_bytes());
    Ok(file)
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], content: &[u8]) {
    file.extend(kind);
    file.extend((content.len() as u32).to_le_bytes());
    file.extend(content);
    if !content.len().is_multiple_of(2) {
        file.push(0);
    }
}
