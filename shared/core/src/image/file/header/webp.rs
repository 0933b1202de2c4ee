//! The chunks of a WebP file (RFC 9649). The decoder allocates what a chunk announces; whether the
//! file keeps its word is checked here.

use image::metadata::Orientation;

use super::bytes::{le16, le24, le32};
use super::{Header, malformed, truncated};
use crate::image::{ColourType, Error, Format};

/// A frame of an animation (section 2.7.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::image) struct AnimationFrame<'a> {
    pub(in crate::image) left: u32,
    pub(in crate::image) top: u32,
    pub(in crate::image) width: u32,
    pub(in crate::image) height: u32,
    pub(in crate::image) milliseconds: u32,
    /// Whether it lies over what is there, or in its place.
    pub(in crate::image) blends: bool,
    /// Whether its place is cleared afterwards.
    pub(in crate::image) clears: bool,
    /// The alpha of a picture with loss.
    pub(in crate::image) alpha: Option<&'a [u8]>,
    /// The picture's chunk.
    pub(in crate::image) picture: (&'a [u8; 4], &'a [u8]),
}

impl<'a> AnimationFrame<'a> {
    fn read(content: &'a [u8]) -> Option<Self> {
        let at = |at| le24(content, at);
        let flags = *content.get(15)?;
        let chunks = || chunks(&content[16..]);
        let whole = |(kind, content): (&'a [u8; 4], Option<&'a [u8]>)| Some((kind, content?));
        Some(Self {
            left: 2 * at(0)?,
            top: 2 * at(3)?,
            width: 1 + at(6)?,
            height: 1 + at(9)?,
            milliseconds: at(12)?,
            blends: flags & 2 == 0,
            clears: flags & 1 == 1,
            alpha: match chunks().find(|(kind, _)| *kind == b"ALPH") {
                Some(chunk) => Some(whole(chunk)?.1),
                None => None,
            },
            picture: whole(chunks().find(|(kind, _)| matches!(*kind, b"VP8 " | b"VP8L"))?)?,
        })
    }

    fn header(&self) -> Option<Header<'a>> {
        let (kind, content) = self.picture;
        if kind == b"VP8 " { lossy(content) } else { lossless(content) }
    }

    fn covers(&self, width: u32, height: u32) -> bool {
        (self.left, self.top, self.width, self.height) == (0, 0, width, height)
    }
}

/// The frames of an animation, each where it is one.
pub(in crate::image) fn animation_frames(
    file: &[u8],
) -> impl Iterator<Item = Option<AnimationFrame<'_>>> {
    let contents = file_chunks(file).filter(|(kind, _)| *kind == b"ANMF");
    contents.map(|(_, content)| content.and_then(AnimationFrame::read))
}

/// How often an animation is played; 0 is for ever.
pub(in crate::image) fn plays(file: &[u8]) -> u32 {
    let control = file_chunks(file).find(|(kind, _)| *kind == b"ANIM");
    control.and_then(|(_, content)| le16(content?, 4)).map_or(0, u32::from)
}

/// Reads the first picture's header, and what the extended format adds to it.
pub(super) fn read(file: &[u8]) -> Result<Header<'_>, Error> {
    let mut header = None;
    let mut canvas = None;
    let mut frames = 0;
    let (mut orientation, mut profile, mut camera) = (Orientation::NoTransforms, None, None);
    for (kind, content) in file_chunks(file) {
        let content = content.ok_or(truncated(Format::WebP))?;
        match kind {
            b"VP8X" => canvas = canvas.or_else(|| extended(content)),
            b"VP8 " => header = header.or_else(|| lossy(content)),
            b"VP8L" => header = header.or_else(|| lossless(content)),
            b"ANMF" => {
                frames += 1;
                header = header.or_else(|| AnimationFrame::read(content)?.header());
            }
            b"ICCP" => profile = Some(content.into()),
            b"EXIF" => {
                // Some writers begin it as JPEG does.
                let exif = content.strip_prefix(b"Exif\0\0").unwrap_or(content);
                orientation = Orientation::from_exif_chunk(exif).unwrap_or(orientation);
                camera = Some(exif.into());
            }
            _ => {}
        }
    }
    let end = file.len() < 8 || le32(file, 4).is_some_and(|size| size as usize > file.len() - 8);
    let missing = if end { truncated(Format::WebP) } else { malformed(Format::WebP) };
    let mut header = header.ok_or(missing)?;
    if let Some((alpha, width, height)) = canvas {
        // A still picture covers its canvas.
        if frames == 0 && (header.width, header.height) != (width, height) {
            return Err(malformed(Format::WebP));
        }
        header = Header { width, height, alpha, ..header };
    }
    if frames > 0 {
        let (width, height) = (header.width, header.height);
        header.animation = Some((width, height));
        // Where nothing is drawn the canvas is transparent.
        let mut drawn = animation_frames(file).flatten();
        let covers = drawn.next().is_some_and(|first| !first.clears && first.covers(width, height));
        header.alpha |= !covers || drawn.any(|frame| frame.clears);
    }
    Ok(Header { frames: frames.max(1), orientation, profile, exif: camera, ..header })
}

/// Checks that the file has all the bytes that it and its chunks announce, and that the frames of an
/// animation are such, within its canvas.
pub(super) fn check(file: &[u8]) -> Result<(), Error> {
    let size = le32(file, 4).map_or(usize::MAX, |size| size as usize);
    let complete = file.get(8..).is_some_and(|body| body.len() >= size);
    if !complete || file_chunks(file).any(|(_, content)| content.is_none()) {
        return Err(truncated(Format::WebP));
    }
    let canvas = file_chunks(file).find(|(kind, _)| *kind == b"VP8X");
    let canvas = canvas.and_then(|(_, content)| extended(content?));
    let within = |frame: Option<AnimationFrame<'_>>| {
        frame.zip(canvas).is_some_and(|(frame, (_, width, height))| {
            frame.left + frame.width <= width && frame.top + frame.height <= height
        })
    };
    if animation_frames(file).all(within) { Ok(()) } else { Err(malformed(Format::WebP)) }
}

/// Whether the picture, or a frame of the animation, is coded with loss (section 2.5).
pub(in crate::image) fn is_lossy(file: &[u8]) -> bool {
    let still = file_chunks(file).map(|(kind, _)| kind);
    let mut stills = still.filter(|kind| matches!(*kind, b"VP8 " | b"VP8L"));
    let mut frames = animation_frames(file).flatten().map(|frame| frame.picture.0);
    stills.next().is_some_and(|kind| kind == b"VP8 ") || frames.any(|kind| kind == b"VP8 ")
}

/// The extended header (section 2.7): whether there is alpha, and the canvas.
fn extended(content: &[u8]) -> Option<(bool, u32, u32)> {
    let alpha = content.first()? & 0x10 != 0;
    Some((alpha, 1 + le24(content, 4)?, 1 + le24(content, 7)?))
}

/// The header of a key frame (RFC 6386, section 9.1).
fn lossy(content: &[u8]) -> Option<Header<'_>> {
    let side = |at| Some(u32::from(le16(content, at)? & 0x3fff));
    Some(Header::new(side(6)?, side(8)?, ColourType::Ycbcr, 8))
}

/// The header of a lossless bitstream (section 3.4).
fn lossless(content: &[u8]) -> Option<Header<'_>> {
    let bits = le32(content, 1)?;
    let colour = if bits >> 28 & 1 == 1 { ColourType::Rgba } else { ColourType::Rgb };
    Some(Header::new(1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff), colour, 8))
}

/// The chunks after the file header (section 2.4), as many bytes as it announces.
fn file_chunks(file: &[u8]) -> impl Iterator<Item = (&[u8; 4], Option<&[u8]>)> {
    let body = file.get(8..).unwrap_or_default();
    let size = le32(file, 4).map_or(0, |size| size as usize);
    chunks(body.get(..size).unwrap_or(body).get(4..).unwrap_or_default())
}

/// The chunks of a RIFF body, each with its content where that is all there.
fn chunks(body: &[u8]) -> impl Iterator<Item = (&[u8; 4], Option<&[u8]>)> {
    let mut rest = body;
    std::iter::from_fn(move || {
        let (kind, after) = rest.split_first_chunk::<4>()?;
        let (size, after) = after.split_first_chunk::<4>()?;
        let size = u32::from_le_bytes(*size) as usize;
        // An odd content is padded by a byte, which some writers forget at the end.
        rest = after.get(size.saturating_add(size & 1)..).unwrap_or_default();
        Some((kind, after.get(..size)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let padding = &[0][..content.len() & 1];
        [&kind[..], &(content.len() as u32).to_le_bytes(), content, padding].concat()
    }

    fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
        let body = [b"WEBP".to_vec(), chunks.concat()].concat();
        [&b"RIFF"[..], &(body.len() as u32).to_le_bytes(), &body].concat()
    }

    /// 300 x 2 pixels, with alpha.
    const LOSSLESS: [u8; 5] = [0x2f, 0x2b, 0x41, 0x00, 0x10];
    /// 300 x 2 pixels.
    const LOSSY: [u8; 10] = [0x50, 1, 0, 0x9d, 1, 0x2a, 0x2c, 0x41, 2, 0];

    #[test]
    fn a_file_has_what_it_announces() {
        let mut file = file(&[chunk(b"ICCP", b"abc"), chunk(b"VP8L", &LOSSLESS)]);
        for length in 0..file.len() - 1 {
            assert_eq!(check(&file[..length]), Err(truncated(Format::WebP)), "{length}");
        }
        assert_eq!(check(&file), Ok(()));
        assert!(!is_lossy(&file));
        file[27] = b' ';
        assert!(is_lossy(&file));
        // A chunk that announces more than the file has.
        file[16] = 200;
        assert_eq!(check(&file), Err(truncated(Format::WebP)));
    }

    #[test]
    fn headers_of_all_three_kinds() {
        let simple = file(&[chunk(b"VP8L", &LOSSLESS)]);
        assert_eq!(read(&simple), Ok(Header::new(300, 2, ColourType::Rgba, 8)));
        let simple = file(&[chunk(b"VP8 ", &LOSSY)]);
        assert_eq!(read(&simple), Ok(Header::new(300, 2, ColourType::Ycbcr, 8)));

        let canvas = chunk(b"VP8X", &[0x12, 0, 0, 0, 0xff, 0xff, 0, 1, 0, 0]);
        let frame = chunk(b"ANMF", &[&[0; 16], &chunk(b"VP8 ", &LOSSY)[..]].concat());
        let turned = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0\0\0\0\0";
        let animated = file(&[
            canvas,
            chunk(b"ICCP", b"icc"),
            frame.clone(),
            frame,
            chunk(b"EXIF", &[b"Exif\0\0", &turned[..]].concat()),
        ]);
        let expected = Header {
            alpha: true,
            frames: 2,
            animation: Some((65_536, 2)),
            orientation: Orientation::Rotate270,
            profile: Some(b"icc"[..].into()),
            exif: Some(turned[..].into()),
            ..Header::new(65_536, 2, ColourType::Ycbcr, 8)
        };
        assert_eq!(read(&animated), Ok(expected));
        assert_eq!(read(&file(&[chunk(b"XMP ", b"")])), Err(malformed(Format::WebP)));
        let still = file(&[chunk(b"VP8X", &[0; 10]), chunk(b"VP8L", &LOSSLESS)]);
        assert_eq!(read(&still), Err(malformed(Format::WebP)));
    }

    /// A frame at `place` (left and top by halves, width and height less one) of a lossless picture.
    fn frame(place: [u8; 4], flags: u8) -> Vec<u8> {
        let mut content: Vec<u8> = place.iter().flat_map(|number| [*number, 0, 0]).collect();
        content.extend([7, 1, 0, flags]);
        content.extend(chunk(b"VP8L", &LOSSLESS));
        chunk(b"ANMF", &content)
    }

    /// An animation of 8 x 4 pixels, without alpha.
    fn animation(frames: &[Vec<u8>]) -> Vec<u8> {
        let canvas = chunk(b"VP8X", &[2, 0, 0, 0, 7, 0, 0, 3, 0, 0]);
        file(&[canvas, chunk(b"ANIM", &[0, 0, 0, 0, 3, 1]), frames.concat()])
    }

    #[test]
    fn frames_lie_within_their_canvas() {
        let file = animation(&[frame([0, 0, 7, 3], 2), frame([3, 1, 1, 1], 0)]);
        assert_eq!((check(&file), plays(&file)), (Ok(()), 259));
        let second = animation_frames(&file).nth(1).unwrap();
        let expected = AnimationFrame {
            left: 6,
            top: 2,
            width: 2,
            height: 2,
            milliseconds: 263,
            blends: true,
            clears: false,
            alpha: None,
            picture: (b"VP8L", &LOSSLESS),
        };
        assert_eq!(second, Some(expected));
        for place in [[4, 0, 0, 0], [0, 2, 0, 0], [3, 0, 2, 0], [0, 1, 0, 2], [255, 255, 255, 255]]
        {
            assert_eq!(check(&animation(&[frame(place, 0)])), Err(malformed(Format::WebP)));
        }
        let bare = |frames: &[Vec<u8>]| read(&animation(frames)).unwrap().alpha;
        assert!(!bare(&[frame([0, 0, 7, 3], 2), frame([3, 1, 1, 1], 0)]));
        assert!(bare(&[frame([0, 0, 7, 2], 2), frame([0, 0, 7, 3], 0)]));
        assert!(
            bare(&[frame([0, 0, 7, 3], 3)]) && bare(&[frame([0, 0, 7, 3], 0), frame([0; 4], 1)])
        );
    }

    #[test]
    fn a_frame_has_what_it_announces() {
        let whole = frame([0, 0, 7, 3], 0);
        let mut lying = whole.clone();
        lying[28] = 200;
        let headless = chunk(b"ANMF", &[0; 15]);
        let empty = chunk(b"ANMF", &[0; 16]);
        let other = chunk(b"ANMF", &[&[0; 16][..], &chunk(b"ABCD", b"")].concat());
        for broken in [lying, headless, empty, other] {
            assert_eq!(check(&animation(&[whole.clone(), broken])), Err(malformed(Format::WebP)));
        }
        let bare = file(&[whole]);
        assert_eq!(check(&bare), Err(malformed(Format::WebP)));
    }
}
