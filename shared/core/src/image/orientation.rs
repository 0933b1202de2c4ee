//! The way a camera was held (Exif 3.0, tag 0x0112).

use image::metadata::Orientation;
use image::{DynamicImage, ImageBuffer};

use super::{Frame, Layout, Samples, Shape};

/// Whether turning a picture upright exchanges width and height, which takes a second frame.
pub(super) fn swaps_sides(orientation: Orientation) -> bool {
    use Orientation as O;
    matches!(orientation, O::Rotate90 | O::Rotate270 | O::Rotate90FlipH | O::Rotate270FlipH)
}

/// The shape of the picture as it was seen.
pub(super) fn seen(shape: Shape, orientation: Orientation) -> Shape {
    if swaps_sides(orientation) {
        return Shape { width: shape.height, height: shape.width, ..shape };
    }
    shape
}

/// The picture as it was seen.
pub(super) fn upright(frame: Frame, orientation: Orientation) -> Frame {
    if orientation == Orientation::NoTransforms {
        return frame;
    }
    let mut picture = into_dynamic(frame);
    picture.apply_orientation(orientation);
    from_dynamic(picture)
}

fn into_dynamic(frame: Frame) -> DynamicImage {
    let Shape { width, height, layout } = frame.shape();
    macro_rules! wrap {
        ($samples:expr, $l:ident, $la:ident, $rgb:ident, $rgba:ident) => {
            match layout {
                Layout::L => ImageBuffer::from_raw(width, height, $samples).map(DynamicImage::$l),
                Layout::La => ImageBuffer::from_raw(width, height, $samples).map(DynamicImage::$la),
                Layout::Rgb => {
                    ImageBuffer::from_raw(width, height, $samples).map(DynamicImage::$rgb)
                }
                Layout::Rgba => {
                    ImageBuffer::from_raw(width, height, $samples).map(DynamicImage::$rgba)
                }
            }
        };
    }
    let picture = match frame.into_samples() {
        Samples::U8(samples) => wrap!(samples, ImageLuma8, ImageLumaA8, ImageRgb8, ImageRgba8),
        Samples::U16(samples) => wrap!(samples, ImageLuma16, ImageLumaA16, ImageRgb16, ImageRgba16),
    };
    picture.expect("a frame has the samples of its shape")
}

fn from_dynamic(picture: DynamicImage) -> Frame {
    let (width, height) = (picture.width(), picture.height());
    let shape = |layout| Shape { width, height, layout };
    match picture {
        DynamicImage::ImageLuma8(buffer) => Frame::new(shape(Layout::L), buffer.into_raw()),
        DynamicImage::ImageLumaA8(buffer) => Frame::new(shape(Layout::La), buffer.into_raw()),
        DynamicImage::ImageRgb8(buffer) => Frame::new(shape(Layout::Rgb), buffer.into_raw()),
        DynamicImage::ImageRgba8(buffer) => Frame::new(shape(Layout::Rgba), buffer.into_raw()),
        DynamicImage::ImageLuma16(buffer) => Frame::new(shape(Layout::L), buffer.into_raw()),
        DynamicImage::ImageLumaA16(buffer) => Frame::new(shape(Layout::La), buffer.into_raw()),
        DynamicImage::ImageRgb16(buffer) => Frame::new(shape(Layout::Rgb), buffer.into_raw()),
        DynamicImage::ImageRgba16(buffer) => Frame::new(shape(Layout::Rgba), buffer.into_raw()),
        _ => unreachable!("turning a picture keeps its samples' type"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of 3 x 2 pixels, `0 1 2 / 3 4 5`, as stored; `expected` lists it as seen.
    fn check(exif: u8, width: u32, height: u32, expected: [u16; 6]) {
        let orientation = Orientation::from_exif(exif).unwrap();
        let stored = Shape { width: 3, height: 2, layout: Layout::L };
        let seen = Frame::new(Shape { width, height, layout: Layout::L }, expected.to_vec());
        assert_eq!(
            upright(Frame::new(stored, vec![0u16, 1, 2, 3, 4, 5]), orientation),
            seen,
            "{exif}"
        );
        assert_eq!(swaps_sides(orientation), width == 2, "{exif}");
    }

    #[test]
    fn all_eight_orientations_are_turned_upright() {
        check(1, 3, 2, [0, 1, 2, 3, 4, 5]);
        check(2, 3, 2, [2, 1, 0, 5, 4, 3]);
        check(3, 3, 2, [5, 4, 3, 2, 1, 0]);
        check(4, 3, 2, [3, 4, 5, 0, 1, 2]);
        check(5, 2, 3, [0, 3, 1, 4, 2, 5]);
        check(6, 2, 3, [3, 0, 4, 1, 5, 2]);
        check(7, 2, 3, [5, 2, 4, 1, 3, 0]);
        check(8, 2, 3, [2, 5, 1, 4, 0, 3]);
    }

    #[test]
    fn every_layout_and_depth_survives_the_turn() {
        for layout in Layout::ALL {
            let shape = Shape { width: 2, height: 1, layout };
            let bytes: Vec<u8> = (0..shape.samples() as u8).collect();
            let words: Vec<u16> = bytes.iter().map(|byte| u16::from(*byte) * 257).collect();
            for frame in [Frame::new(shape, bytes), Frame::new(shape, words)] {
                let once = upright(frame.clone(), Orientation::Rotate90);
                assert_eq!(once.shape(), Shape { width: 1, height: 2, layout });
                assert_eq!(upright(once, Orientation::Rotate270), frame);
            }
        }
    }
}
