//! What the decoders of the `image` crate take beside the frame, by the way a file is coded.

use super::header::{animation_frames, tiff_has_jpeg, webp_is_lossy};
use crate::image::limits::grown_bytes;
use crate::image::{Format, Shape};

/// What a GIF's decoder takes whatever the picture's size: its code table, and what it unpacks
/// ahead.
const GIF_TABLES_BYTES: u64 = 512 * 1024;

/// Ways of coding that differ in the memory that decoding takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::image) enum Coding {
    /// Samples that go straight to the frame.
    Direct,
    /// Rows that are unpacked one at a time.
    Rows,
    /// GIF.
    Frames,
    /// Frames of an animation in WebP, of either kind, the longest of so many bytes.
    Mixed { frame: u64 },
    /// Strips or tiles of a TIFF.
    Strips,
    /// Such whose content is a JPEG, in a file of so many bytes.
    JpegStrips { file: u64 },
    /// WebP without loss.
    Lossless,
    /// WebP with loss, in a file of so many bytes.
    Lossy { file: u64 },
}

impl Coding {
    /// How a file of `format` is coded.
    pub(in crate::image) fn of(format: Format, bytes: &[u8]) -> Self {
        let file = bytes.len() as u64;
        match format {
            Format::Qoi | Format::Pnm => Self::Direct,
            Format::Png | Format::Bmp | Format::Ico | Format::Jpeg | Format::Avif => Self::Rows,
            Format::Gif => Self::Frames,
            Format::Tiff if tiff_has_jpeg(bytes) => Self::JpegStrips { file },
            Format::Tiff => Self::Strips,
            Format::WebP if webp_is_lossy(bytes) => Self::Lossy { file },
            Format::WebP => Self::Lossless,
        }
    }

    /// How the frames of an animation are coded.
    pub(in crate::image) fn of_animation(format: Format, bytes: &[u8]) -> Self {
        match format {
            Format::WebP => {
                let frames = animation_frames(bytes).flatten();
                let bytes =
                    frames.map(|frame| frame.picture.1.len() + frame.alpha.map_or(0, <[u8]>::len));
                Self::Mixed { frame: bytes.max().unwrap_or(0) as u64 }
            }
            _ => Self::of(format, bytes),
        }
    }

    /// The most memory, in bytes, that the decoder takes beside the frame.
    pub(in crate::image) fn scratch_bytes(self, shape: Shape, bytes_per_sample: u64) -> u64 {
        let pixels = u64::from(shape.width) * u64::from(shape.height);
        let pixels = |bytes: u64| pixels.saturating_mul(bytes);
        let alpha = shape.layout.has_alpha();
        // The picture once more: its colours may be four inks.
        let inks = if shape.layout.is_gray() { shape.layout.channels() } else { 4 };
        let copy = pixels(bytes_per_sample * inks as u64);
        match self {
            Self::Direct => 0,
            Self::Rows => 32 * u64::from(shape.width),
            // The first frame, where it does not cover the screen.
            Self::Frames => pixels(4).saturating_add(GIF_TABLES_BYTES),
            Self::Strips => copy,
            // A strip may be the whole of it again, and progressive: coefficients of two bytes.
            Self::JpegStrips { file } => copy.saturating_mul(4).saturating_add(grown_bytes(file)),
            // The predictors, the colour transforms and the codes of blocks of 4 x 4 pixels, and
            // where there is no alpha the picture with it.
            Self::Lossless => pixels(if alpha { 1 } else { 5 }),
            // Either, and a copy of the frame's part of the file.
            Self::Mixed { frame } => {
                let opaque = Shape { layout: shape.layout.without_alpha(), ..shape };
                let lossless = Self::Lossless.scratch_bytes(opaque, bytes_per_sample);
                let lossy = Self::Lossy { file: frame }.scratch_bytes(shape, bytes_per_sample);
                lossless.max(lossy).saturating_add(frame)
            }
            // Planes of one and a half; and either the partitions, read to their end and copied, or
            // alpha, which is coded as a lossless picture.
            Self::Lossy { file } => {
                let partitions = grown_bytes(file).saturating_add(file);
                let alpha = if alpha { pixels(6) } else { 0 };
                (pixels(3) / 2)
                    .saturating_add(64 * u64::from(shape.width))
                    .saturating_add(partitions.max(alpha))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use image::ImageFormat;

    use super::*;
    use crate::image::files::{self, LOSSY_WEBP};
    use crate::image::{Frame, Layout};

    #[test]
    fn the_way_of_coding_is_told_by_the_file() {
        let of = |format, file: &[u8]| Coding::of(format, file);
        let file = LOSSY_WEBP.len() as u64;
        assert_eq!(of(Format::WebP, LOSSY_WEBP), Coding::Lossy { file });
        let frame: Frame = files::frame(3, 2, Layout::Rgb);
        let lossless = files::written(&frame, ImageFormat::WebP);
        assert_eq!(of(Format::WebP, &lossless), Coding::Lossless);
        let strips = |compression| {
            let entries = [(258, 3, 1, 8), (259, 3, 1, compression), (262, 3, 1, 1)];
            files::tiff(3, 1, &entries, &[0, 1, 255])
        };
        assert_eq!(of(Format::Tiff, &strips(1)), Coding::Strips);
        let jpeg = strips(7);
        let file = jpeg.len() as u64;
        assert_eq!(of(Format::Tiff, &jpeg), Coding::JpegStrips { file });
        assert_eq!(of(Format::Tiff, &jpeg[..6]), Coding::Strips);
    }

    #[test]
    fn each_takes_what_its_decoder_holds() {
        let shape = |layout| Shape { width: 100, height: 10, layout };
        for (coding, layout, bytes) in [
            (Coding::Direct, Layout::Rgba, 0),
            (Coding::Rows, Layout::L, 3_200),
            (Coding::Frames, Layout::Rgba, 4_000 + 524_288),
            (Coding::Strips, Layout::La, 2 * 2_000),
            (Coding::Strips, Layout::Rgb, 2 * 4_000),
            (Coding::JpegStrips { file: 100 }, Layout::L, 4 * 2_000 + 256),
            (Coding::Lossless, Layout::Rgb, 5_000),
            (Coding::Lossless, Layout::Rgba, 1_000),
            (Coding::Lossy { file: 100 }, Layout::Rgb, 1_500 + 6_400 + 356),
            (Coding::Lossy { file: 100 }, Layout::Rgba, 1_500 + 6_400 + 6_000),
            (Coding::Mixed { frame: 100 }, Layout::Rgba, 1_500 + 6_400 + 6_000 + 100),
        ] {
            let samples =
                if matches!(coding, Coding::Strips | Coding::JpegStrips { .. }) { 2 } else { 1 };
            assert_eq!(
                coding.scratch_bytes(shape(layout), samples),
                bytes,
                "{coding:?} {layout:?}"
            );
        }
        let largest = Shape { width: u32::MAX, height: u32::MAX, layout: Layout::Rgba };
        let file = u64::MAX;
        assert_eq!(Coding::JpegStrips { file }.scratch_bytes(largest, 2), u64::MAX);
        assert_eq!(Coding::Lossy { file }.scratch_bytes(largest, 1), u64::MAX);
    }
}
