//! The way a camera was held (Exif 3.0, tag 0x0112).

use image::metadata::Orientation;

use crate::image::operations::symmetry::Symmetry;

/// What turns the picture upright.
pub(in crate::image) const fn upright(orientation: Orientation) -> Symmetry {
    match orientation {
        Orientation::NoTransforms => Symmetry::IDENTITY,
        Orientation::FlipHorizontal => Symmetry::FLOP,
        Orientation::Rotate180 => Symmetry::ROTATE_180,
        Orientation::FlipVertical => Symmetry::FLIP,
        Orientation::Rotate90FlipH => Symmetry::TRANSPOSE,
        Orientation::Rotate90 => Symmetry::ROTATE_90,
        Orientation::Rotate270FlipH => Symmetry::TRANSVERSE,
        Orientation::Rotate270 => Symmetry::ROTATE_270,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::{Frame, Layout, Shape};

    /// A picture of 3 x 2 pixels, `0 1 2 / 3 4 5`, as stored; `expected` lists it as seen.
    fn check(exif: u8, width: u32, height: u32, expected: [u16; 6]) {
        let symmetry = upright(Orientation::from_exif(exif).unwrap());
        let stored = Shape { width: 3, height: 2, layout: Layout::L };
        let mut frame = Frame::new(stored, vec![0u16, 1, 2, 3, 4, 5]);
        symmetry.apply(&mut frame).unwrap();
        let seen = Shape { width, height, layout: Layout::L };
        assert_eq!(frame, Frame::new(seen, expected.to_vec()), "{exif}");
        assert_eq!(symmetry.shape(stored), seen, "{exif}");
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
}
