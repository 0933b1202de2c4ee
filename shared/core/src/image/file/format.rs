//! The picture formats that are read, and those that are written.

use crate::image::{Error, InputError, Shape, UnsupportedError};

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// PNG (W3C).
    Png,
    /// JPEG (ITU-T T.81).
    Jpeg,
    /// WebP (RFC 9649).
    WebP,
    /// GIF 87a and 89a.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// TIFF 6.0.
    Tiff,
    /// Windows icons, the largest.
    Ico,
    /// The Quite OK Image Format, 1.0.
    Qoi,
    /// Netpbm's portable bitmaps, graymaps, pixmaps and arbitrary maps, plain and raw.
    Pnm,
    /// AVIF (AV1 Image File Format 1.1), still pictures; read with the feature `avif`.
    Avif,
}

impl Format {
    /// Every format that is read.
    pub const READ: &[Self] = Self::ALL.split_at(if cfg!(feature = "avif") { 10 } else { 9 }).0;

    const ALL: [Self; 10] = [
        Self::Png,
        Self::Jpeg,
        Self::WebP,
        Self::Gif,
        Self::Bmp,
        Self::Tiff,
        Self::Ico,
        Self::Qoi,
        Self::Pnm,
        Self::Avif,
    ];

    /// The format whose signature `bytes` begin with. Bytes that end within a signature are a
    /// truncated picture.
    pub fn of(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.is_empty() {
            return Err(InputError::Empty.into());
        }
        let begins =
            |format: &Self| format.signatures().iter().any(|signature| matches(signature, bytes));
        if let Some(format) = Self::READ.iter().copied().find(begins) {
            return Ok(format);
        }
        let cut = |format: &Self| {
            format.signatures().iter().any(|signature| {
                bytes.len() >= told_by(signature)
                    && signature.get(..bytes.len()).is_some_and(|start| matches(start, bytes))
            })
        };
        Err(match Self::READ.iter().copied().find(cut) {
            Some(format) => InputError::Truncated(format).into(),
            None => UnsupportedError::Format.into(),
        })
    }

    /// The format's usual name, in prose.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::WebP => "WebP",
            Self::Gif => "GIF",
            Self::Bmp => "BMP",
            Self::Tiff => "TIFF",
            Self::Ico => "ICO",
            Self::Qoi => "QOI",
            Self::Pnm => "PNM",
            Self::Avif => "AVIF",
        }
    }

    /// The media type: IANA's where there is one, else the one in use.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
            Self::Bmp => "image/bmp",
            Self::Tiff => "image/tiff",
            Self::Ico => "image/vnd.microsoft.icon",
            Self::Qoi => "image/qoi",
            Self::Pnm => "image/x-portable-anymap",
            Self::Avif => "image/avif",
        }
    }

    /// The usual extension of a file's name, without its dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::WebP => "webp",
            Self::Gif => "gif",
            Self::Bmp => "bmp",
            Self::Tiff => "tiff",
            Self::Ico => "ico",
            Self::Qoi => "qoi",
            Self::Pnm => "pnm",
            Self::Avif => "avif",
        }
    }

    /// The format as one to write, where it is one.
    pub fn output(self) -> Option<Output> {
        Output::ALL.into_iter().find(|output| output.format() == self)
    }

    /// The format that a picture of so many frames goes out in that came in this one, where nobody
    /// says otherwise. One frame keeps its format where that is PNG, JPEG or WebP, which browsers
    /// show and which lose nothing that there was; several keep GIF. All else becomes PNG.
    pub fn kept(self, frames: u32) -> Output {
        let holds = |output: &Output| match output {
            Output::Gif => frames > 1,
            Output::Qoi => false,
            _ => frames == 1 || output.holds_animations(),
        };
        self.output().filter(holds).unwrap_or(Output::Png)
    }

    /// The first bytes of a file; `?` stands for any byte.
    const fn signatures(self) -> &'static [&'static [u8]] {
        match self {
            Self::Png => &[b"\x89PNG\r\n\x1a\n"],
            Self::Jpeg => &[b"\xff\xd8\xff"],
            Self::WebP => &[b"RIFF????WEBP"],
            Self::Gif => &[b"GIF87a", b"GIF89a"],
            Self::Bmp => &[b"BM"],
            Self::Tiff => &[b"II*\0", b"MM\0*"],
            Self::Ico => &[b"\0\0\x01\0"],
            Self::Qoi => &[b"qoif"],
            Self::Pnm => &[b"P1", b"P2", b"P3", b"P4", b"P5", b"P6", b"P7"],
            Self::Avif => &[b"????ftypavif", b"????ftypavis"],
        }
    }
}

/// A format that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// PNG; of several frames, animated.
    Png,
    /// JPEG, baseline.
    Jpeg,
    /// WebP, lossless.
    WebP,
    /// GIF 89a, of at most 256 colours a frame.
    Gif,
    /// QOI.
    Qoi,
}

impl Output {
    /// Every format that is written.
    pub const ALL: [Self; 5] = [Self::Png, Self::Jpeg, Self::WebP, Self::Gif, Self::Qoi];

    /// The format that callers call `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|output| output.name() == name)
    }

    /// The format of such a file.
    pub const fn format(self) -> Format {
        match self {
            Self::Png => Format::Png,
            Self::Jpeg => Format::Jpeg,
            Self::WebP => Format::WebP,
            Self::Gif => Format::Gif,
            Self::Qoi => Format::Qoi,
        }
    }

    /// The name that callers use, in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::WebP => "webp",
            Self::Gif => "gif",
            Self::Qoi => "qoi",
        }
    }

    /// Whether such a file may have several frames.
    pub const fn holds_animations(self) -> bool {
        matches!(self, Self::Png | Self::Gif)
    }

    /// Refuses a picture whose longer side such a file cannot express.
    pub(in crate::image) fn check_sides(self, shape: Shape) -> Result<(), InputError> {
        let (actual, limit) = (shape.width.max(shape.height), self.longest_side());
        if actual <= limit {
            return Ok(());
        }
        Err(InputError::OutputSide { format: self, actual, limit })
    }

    /// The longest side that such a file can express, in pixels.
    pub const fn longest_side(self) -> u32 {
        match self {
            Self::Png => i32::MAX as u32,
            Self::Qoi => u32::MAX,
            Self::Jpeg | Self::Gif => 65_535,
            Self::WebP => 16_384,
        }
    }
}

/// How many bytes of a signature tell that it is one: what begins with any bytes is told by the four
/// that follow them.
fn told_by(signature: &[u8]) -> usize {
    match signature.iter().take_while(|byte| **byte == b'?').count() {
        0 => 1,
        any => any + 4,
    }
}

fn matches(signature: &[u8], bytes: &[u8]) -> bool {
    bytes.len() >= signature.len()
        && signature.iter().zip(bytes).all(|(expected, byte)| *expected == b'?' || expected == byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_signature_is_recognised_whole_and_cut() {
        for format in Format::READ {
            for signature in format.signatures() {
                let mut file = signature.to_vec();
                file.extend(b"...");
                assert_eq!(Format::of(&file), Ok(*format));
                for length in told_by(signature)..signature.len() {
                    let cut = Format::of(&signature[..length]);
                    assert_eq!(
                        cut,
                        Err(InputError::Truncated(*format).into()),
                        "{format:?} {length}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_picture_keeps_a_format_that_holds_it() {
        use Output::{Gif, Jpeg, Png, WebP};
        for (format, still, animated) in [
            (Format::Png, Png, Png),
            (Format::Jpeg, Jpeg, Png),
            (Format::WebP, WebP, Png),
            (Format::Gif, Png, Gif),
            (Format::Qoi, Png, Png),
            (Format::Ico, Png, Png),
        ] {
            assert_eq!((format.kept(1), format.kept(2)), (still, animated), "{format:?}");
        }
    }

    #[test]
    fn other_bytes_are_no_picture() {
        assert_eq!(Format::of(b""), Err(InputError::Empty.into()));
        for bytes in [
            &b"hello"[..],
            b"<svg/>",
            b"RIFF\0\0\0\0WAVE",
            b"\x89PNX",
            b"\0\0\x02\0",
            b"P8",
            b"\0\0\0 fty",
            b"\0\0\0 ftypheic",
        ] {
            assert_eq!(Format::of(bytes), Err(UnsupportedError::Format.into()), "{bytes:?}");
        }
    }
}
