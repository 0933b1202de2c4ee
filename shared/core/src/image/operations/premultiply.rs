//! Colour weighted by alpha (Porter and Duff, Compositing Digital Images, 1984), so that sums over
//! neighbouring pixels take as much of a colour as is seen of it. In integers: the resampling
//! library's own conversions round differently from one processor to the next.

use crate::pixels::frame::{Layout, Sample};

/// Replaces colour `c` by `round(c a / MAX)`.
pub(in crate::image) fn premultiply<S: Sample>(layout: Layout, samples: &mut [S]) {
    each_pixel(layout, samples, |colour, alpha| {
        // Dividing by 2^bits - 1 is adding the quotient by 2^bits; exact below (2^bits)^2.
        let bits = 8 * size_of::<S>() as u32;
        let product = colour * alpha + (1 << (bits - 1));
        (product + (product >> bits)) >> bits
    });
}

/// Replaces weighted colour `c` by `round(c MAX / a)`, at most `MAX`; 0 where alpha is 0.
pub(in crate::image) fn unpremultiply<S: Sample>(layout: Layout, samples: &mut [S]) {
    let max: u32 = S::MAX.into();
    each_pixel(layout, samples, |colour, alpha| {
        (colour * max + alpha / 2).checked_div(alpha).unwrap_or(0).min(max)
    });
}

fn each_pixel<S: Sample>(layout: Layout, samples: &mut [S], change: impl Fn(u32, u32) -> u32) {
    match layout {
        Layout::L | Layout::Rgb => {}
        Layout::La => {
            for [luma, alpha] in samples.as_chunks_mut().0 {
                *luma = S::truncate(change((*luma).into(), (*alpha).into()).into());
            }
        }
        Layout::Rgba => {
            for [red, green, blue, alpha] in samples.as_chunks_mut().0 {
                for colour in [red, green, blue] {
                    *colour = S::truncate(change((*colour).into(), (*alpha).into()).into());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both ways, for one colour and alpha, in `LA` and in `RGBA`.
    fn check<S: Sample + std::fmt::Debug>(colour: S, alpha: S) {
        let max = Into::<u64>::into(S::MAX) as f64;
        let (c, a) = (Into::<u64>::into(colour) as f64, Into::<u64>::into(alpha) as f64);
        let weighted = S::truncate((c * a / max).round() as u64);
        let straight = if a == 0.0 { 0.0 } else { (c * max / a).round().min(max) };
        let straight = S::truncate(straight as u64);
        for (expected, change) in [
            (weighted, premultiply as fn(Layout, &mut [S])),
            (straight, unpremultiply as fn(Layout, &mut [S])),
        ] {
            let zero = S::default();
            let mut la = [colour, alpha];
            let mut rgba = [colour, zero, colour, alpha];
            change(Layout::La, &mut la);
            change(Layout::Rgba, &mut rgba);
            assert_eq!(la, [expected, alpha]);
            assert_eq!(rgba, [expected, zero, expected, alpha]);
        }
    }

    #[test]
    fn both_ways_round_to_the_nearest_level() {
        for colour in 0..=u8::MAX {
            (0..=u8::MAX).for_each(|alpha| check(colour, alpha));
        }
        let ends =
            (0..=u16::MAX).filter(|level| level % 257 < 2 || *level > 65_000 && level % 64 > 61);
        for alpha in ends.clone() {
            ends.clone().step_by(3).for_each(|colour| check(colour, alpha));
        }
    }

    #[test]
    fn what_is_opaque_stays() {
        let mut samples: Vec<u16> = (0..=u16::MAX).flat_map(|level| [level, u16::MAX]).collect();
        let original = samples.clone();
        premultiply(Layout::La, &mut samples);
        assert_eq!(samples, original);
        unpremultiply(Layout::La, &mut samples);
        assert_eq!(samples, original);
    }

    #[test]
    fn without_alpha_there_is_nothing_to_do() {
        let mut samples = [1u8, 2, 3];
        premultiply(Layout::Rgb, &mut samples);
        unpremultiply(Layout::L, &mut samples);
        assert_eq!(samples, [1, 2, 3]);
    }
}
