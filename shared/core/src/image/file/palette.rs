//! Pictures of few colours.

use quantette::PaletteSize;
use quantette::color_map::IndexedColorMap as _;
use quantette::deps::palette::{Srgb, cast};
use quantette::wu::{BinnerU8x3, WuU8x3};

use crate::image::{Error, Layout, LimitError};

/// The most colours that an index of 8 bits tells apart.
pub(in crate::image) const MOST: usize = 256;
/// What making a palette takes beside the pixels: the moments of 32 x 32 x 32 colours.
const TABLES_BYTES: u64 = 4 * 1024 * 1024;

/// A picture of 8-bit indices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::image) struct Indexed {
    /// Red, green and blue of each colour.
    pub(in crate::image) palette: Vec<[u8; 3]>,
    /// The index of transparent pixels, where there are any.
    pub(in crate::image) transparent: Option<u8>,
    pub(in crate::image) indices: Vec<u8>,
}

impl Indexed {
    /// A picture of 8-bit samples in its own colours where those are at most `most`, else in the nearest
    /// of those by Wu's method (Graphics Gems II, 1991). Pixels whose alpha is below half become
    /// transparent, which counts as a colour, others opaque.
    pub(in crate::image) fn of(layout: Layout, samples: &[u8], most: usize) -> Result<Self, Error> {
        let pixels = || samples.chunks_exact(layout.channels()).map(colour);
        let bare = pixels().any(|pixel| pixel.is_none());
        let most = most - usize::from(bare);
        let mut indices = Vec::new();
        indices.try_reserve_exact(samples.len() / layout.channels())?;
        let mut palette = match exact(pixels(), most, &mut indices) {
            Some(palette) => palette,
            None => {
                indices.clear();
                let size = PaletteSize::from_usize_clamped(most);
                let map = moments(pixels().flatten())?.color_map(size);
                let palette = cast::into_array_slice(map.palette().as_slice()).to_vec();
                let index = |colour| map.palette_index(&Srgb::from(colour));
                indices.extend(pixels().map(|pixel| pixel.map_or(palette.len() as u8, index)));
                palette
            }
        };
        let transparent = bare.then_some(palette.len() as u8);
        if bare {
            palette.push([0; 3]);
        }
        Ok(Self { palette, transparent, indices })
    }

    /// The most memory, in bytes, that one of so many pixels takes, and making it.
    pub(in crate::image) fn memory_estimate(pixels: u64) -> u64 {
        pixels.saturating_mul(4).saturating_add(TABLES_BYTES)
    }
}

/// A pixel's colour, or none where it is transparent.
pub(in crate::image) fn colour(pixel: &[u8]) -> Option<[u8; 3]> {
    const HALF: u8 = 128;
    match *pixel {
        [l] => Some([l; 3]),
        [l, alpha] => (alpha >= HALF).then_some([l; 3]),
        [r, g, b] => Some([r, g, b]),
        [r, g, b, alpha] => (alpha >= HALF).then_some([r, g, b]),
        _ => unreachable!("a pixel has one to four samples"),
    }
}

/// All colours in order, where they are not too many, and the index of each pixel; that of
/// transparent ones is the number of colours.
pub(in crate::image) fn exact(
    pixels: impl Iterator<Item = Option<[u8; 3]>>,
    most: usize,
    indices: &mut Vec<u8>,
) -> Option<Vec<[u8; 3]>> {
    const TRANSPARENT: u8 = u8::MAX;
    let mut found = Found::new();
    for pixel in pixels {
        indices.push(pixel.map_or(Some(TRANSPARENT), |colour| found.index(colour, most))?);
    }
    let Found { colours, .. } = found;
    let mut order: Vec<usize> = (0..colours.len()).collect();
    order.sort_unstable_by_key(|at| colours[*at]);
    let mut ranks = [colours.len() as u8; MOST];
    order.iter().enumerate().for_each(|(rank, at)| ranks[*at] = rank as u8);
    indices.iter_mut().for_each(|index| *index = ranks[usize::from(*index)]);
    Some(order.into_iter().map(|at| colours[at]).collect())
}

/// Colours in the order in which they were found, and a table of where each is, by open addressing.
struct Found {
    colours: Vec<[u8; 3]>,
    slots: [Option<u8>; Self::SLOTS],
}

impl Found {
    const SLOTS: usize = 4 * MOST;

    fn new() -> Self {
        Self { colours: Vec::with_capacity(MOST), slots: [None; Self::SLOTS] }
    }

    /// Where the colour is; nothing where it would be one too many.
    fn index(&mut self, colour: [u8; 3], most: usize) -> Option<u8> {
        let [r, g, b] = colour;
        // Fibonacci hashing, of which the high bits are the best.
        let hash = u32::from_le_bytes([r, g, b, 0]).wrapping_mul(0x9e37_79b9);
        let mut slot = (hash >> 22) as usize;
        while let Some(index) = self.slots[slot] {
            if self.colours[usize::from(index)] == colour {
                return Some(index);
            }
            slot = (slot + 1) % Self::SLOTS;
        }
        let index = self.colours.len();
        if index == most {
            return None;
        }
        self.colours.push(colour);
        self.slots[slot] = Some(index as u8);
        Some(index as u8)
    }
}

fn moments(
    colours: impl Iterator<Item = [u8; 3]> + Clone,
) -> Result<WuU8x3<Srgb<u8>, 32, 32, 32>, Error> {
    let mut gathered = Vec::new();
    gathered.try_reserve_exact(colours.clone().count())?;
    gathered.extend(colours);
    let moments = WuU8x3::run_slice(cast::from_array_slice(&gathered), BinnerU8x3::new());
    moments.map_err(|_| LimitError::Exhausted.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pixels that an indexed picture shows, in RGBA.
    fn shown(indexed: &Indexed) -> Vec<[u8; 4]> {
        let pixel = |index: &u8| {
            let [r, g, b] = indexed.palette[usize::from(*index)];
            if indexed.transparent == Some(*index) { [0; 4] } else { [r, g, b, 255] }
        };
        indexed.indices.iter().map(pixel).collect()
    }

    /// So many colours, each twice, with `bare` transparent pixels between.
    fn colours(count: u32, bare: usize) -> Vec<u8> {
        let colour = |at: u32| [at.wrapping_mul(97) as u8, (at >> 8) as u8, at as u8, 128];
        let colours = (0..count).chain((0..count).rev()).flat_map(colour);
        colours.chain([9, 9, 9, 127].repeat(bare)).collect()
    }

    #[test]
    fn as_many_colours_as_there_is_room_for_are_kept() {
        for (count, bare, kept) in [
            (1, 0, true),
            (255, 0, true),
            (256, 0, true),
            (257, 0, false),
            (255, 3, true),
            (256, 1, false),
        ] {
            let samples = colours(count, bare);
            let indexed = Indexed::of(Layout::Rgba, &samples, MOST).unwrap();
            assert!(indexed.palette.len() <= 256);
            let opaque = |pixel: &[u8]| match colour(pixel) {
                Some([r, g, b]) => [r, g, b, 255],
                None => [0; 4],
            };
            let expected: Vec<_> = samples.chunks_exact(4).map(opaque).collect();
            assert_eq!(shown(&indexed) == expected, kept, "{count} {bare}");
            assert_eq!(indexed.transparent.is_some(), bare > 0);
        }
    }

    #[test]
    fn transparent_pixels_alone_have_one_colour() {
        let indexed = Indexed::of(Layout::La, &[7, 0, 8, 127], MOST).unwrap();
        let expected = Indexed { palette: vec![[0; 3]], transparent: Some(0), indices: vec![0, 0] };
        assert_eq!(indexed, expected);
    }

    #[test]
    fn gray_is_always_exact() {
        let levels: Vec<u8> = (0..=255).rev().collect();
        let indexed = Indexed::of(Layout::L, &levels, MOST).unwrap();
        assert_eq!(shown(&indexed), levels.iter().map(|l| [*l, *l, *l, 255]).collect::<Vec<_>>());
    }

    #[test]
    fn many_colours_become_near_ones() {
        let side = 64u32;
        let pixel = |at: u32| [(at % side * 4) as u8, (at / side * 4) as u8, 128];
        let samples: Vec<u8> = (0..side * side).flat_map(pixel).collect();
        let indexed = Indexed::of(Layout::Rgb, &samples, MOST).unwrap();
        assert_eq!((indexed.palette.len(), indexed.transparent), (256, None));
        // The square is cut into 256 of about 4 x 4 pixels, 12 levels wide.
        for (shown, pixel) in shown(&indexed).iter().zip(samples.chunks_exact(3)) {
            let farthest = shown.iter().zip(pixel).map(|(a, b)| a.abs_diff(*b)).max();
            assert!(farthest <= Some(24), "{shown:?} {pixel:?}");
        }
    }
}
