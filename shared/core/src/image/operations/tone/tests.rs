//! Tones against the formulas they are named for, and rows of them against one after the other.

use proptest::prelude::*;

use super::{BLOCK, Tone, apply, scratch_bytes};
use crate::image::{Colour, Hundredths};
use crate::pixels::frame::{Frame, Layout, Sample, Samples, Shape};
use crate::pixels::tests::{digest, pattern, shape, widen};

/// Every tone, with arguments at the ends of their ranges and between.
fn tones() -> Vec<Tone> {
    let colours = [[0; 3], [255; 3], [128; 3], [255, 136, 0], [1, 2, 3]];
    let tints = colours
        .iter()
        .flat_map(|&rgb| [0, 1, 128, 255].map(|alpha| Tone::Tint(Colour { rgb, alpha })));
    let percents = [-100, -99, -50, -1, 0, 1, 10, 33, 100].into_iter();
    let mut tones = vec![Tone::Grayscale, Tone::Invert, Tone::Sepia];
    tones.extend(percents.clone().map(Tone::Brightness));
    tones.extend(percents.clone().map(Tone::Contrast));
    tones.extend(percents.map(Tone::Saturation));
    tones.extend([0, 1, 45, 90, 180, 270, 359].map(Tone::Hue));
    tones.extend([10, 45, 99, 100, 220, 1000].map(|gamma| Tone::Gamma(Hundredths(gamma))));
    tones.extend([0, 1, 127, 128, 255].map(Tone::Threshold));
    tones.extend(tints);
    tones.extend(colours.map(Tone::Flatten));
    tones
}

fn frames(width: usize, height: usize) -> Vec<Frame> {
    let shapes = Layout::ALL.map(|layout| shape(width, height, layout));
    let narrow = shapes.map(|shape| Frame::new(shape, pattern::<u8>(shape)));
    let wide = shapes.map(|shape| Frame::new(shape, pattern::<u16>(shape)));
    narrow.into_iter().chain(wide).collect()
}

fn after(tones: &[Tone], frame: &Frame) -> Frame {
    let mut frame = frame.clone();
    apply(tones, &mut frame).expect("memory for a small picture");
    // Also that there are as many samples as the shape says.
    Frame::new(frame.shape, frame.samples)
}

/// Levels from 0 to 1.
fn levels(samples: &Samples) -> (Vec<f64>, f64) {
    fn of<S: Sample>(samples: &[S]) -> (Vec<f64>, f64) {
        let level = |sample: S| f64::from(Into::<u32>::into(sample));
        let max = level(S::MAX);
        (samples.iter().map(|&sample| level(sample) / max).collect(), max)
    }
    match samples {
        Samples::U8(samples) => of(samples),
        Samples::U16(samples) => of(samples),
    }
}

fn luma([red, green, blue]: [f64; 3]) -> f64 {
    0.299 * red + 0.587 * green + 0.114 * blue
}

/// What a tone makes of one colour, after the specification, by levels from 0 to 1.
fn textbook(tone: Tone, rgb: [f64; 3], alpha: f64) -> [f64; 3] {
    let times = |rows: [[f64; 3]; 3]| {
        rows.map(|row| row.iter().zip(rgb).map(|(weight, level)| weight * level).sum())
    };
    let level = |byte: u8| f64::from(byte) / 255.0;
    match tone {
        Tone::Grayscale => [luma(rgb); 3],
        Tone::Brightness(percent) => rgb.map(|level| level * (1.0 + f64::from(percent) / 100.0)),
        Tone::Contrast(percent) => {
            rgb.map(|level| (level - 0.5) * (1.0 + f64::from(percent) / 100.0) + 0.5)
        }
        Tone::Saturation(percent) => {
            let s = 1.0 + f64::from(percent) / 100.0;
            times([
                [0.213 + 0.787 * s, 0.715 - 0.715 * s, 0.072 - 0.072 * s],
                [0.213 - 0.213 * s, 0.715 + 0.285 * s, 0.072 - 0.072 * s],
                [0.213 - 0.213 * s, 0.715 - 0.715 * s, 0.072 + 0.928 * s],
            ])
        }
        Tone::Hue(degrees) => {
            let (sin, cos) = f64::from(degrees).to_radians().sin_cos();
            let constant = [[0.213, 0.715, 0.072]; 3];
            let of_cos =
                [[0.787, -0.715, -0.072], [-0.213, 0.285, -0.072], [-0.213, -0.715, 0.928]];
            let of_sin = [[-0.213, -0.715, 0.928], [0.143, 0.140, -0.283], [-0.787, 0.715, 0.072]];
            let at = |row: usize, column: usize| {
                constant[row][column] + cos * of_cos[row][column] + sin * of_sin[row][column]
            };
            times([0, 1, 2].map(|row| [0, 1, 2].map(|column| at(row, column))))
        }
        Tone::Gamma(gamma) => rgb.map(|level| level.powf(1.0 / gamma.value())),
        Tone::Invert => rgb.map(|level| 1.0 - level),
        Tone::Sepia => times([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]]),
        Tone::Threshold(_) => unreachable!("judged by itself"),
        Tone::Tint(colour) => [0, 1, 2].map(|channel| {
            let (tinted, strength) = (luma(rgb) * level(colour.rgb[channel]), level(colour.alpha));
            tinted * strength + rgb[channel] * (1.0 - strength)
        }),
        Tone::Flatten(background) => [0, 1, 2]
            .map(|channel| rgb[channel] * alpha + level(background[channel]) * (1.0 - alpha)),
    }
}

/// Red, green, blue and alpha, where there are none: gray and opaque.
fn rgba(layout: Layout, pixel: &[f64]) -> ([f64; 3], f64) {
    match layout {
        Layout::L => ([pixel[0]; 3], 1.0),
        Layout::La => ([pixel[0]; 3], pixel[1]),
        Layout::Rgb => ([pixel[0], pixel[1], pixel[2]], 1.0),
        Layout::Rgba => ([pixel[0], pixel[1], pixel[2]], pixel[3]),
    }
}

/// Whether it is done by weights of 16 fractional bits.
fn is_weighted(tone: Tone) -> bool {
    use Tone::{Grayscale, Hue, Saturation, Sepia, Tint};
    matches!(tone, Grayscale | Hue(_) | Saturation(_) | Sepia | Tint(_))
}

#[test]
fn every_tone_is_its_formula_rounded() {
    for before in frames(67, 3) {
        for tone in tones().into_iter().filter(|tone| !matches!(tone, Tone::Threshold(_))) {
            let after = after(&[tone], &before);
            let (sources, max) = levels(before.samples());
            let (results, _) = levels(after.samples());
            let (from, to) = (before.shape().layout, after.shape().layout);
            // Three weights, rounded by half of 2^-16 each; green's by three halves.
            let slack = if is_weighted(tone) { 2.5 * max / 65_536.0 } else { 1e-6 };
            let pixels = sources.chunks(from.channels()).zip(results.chunks(to.channels()));
            for (source, result) in pixels {
                let (rgb, alpha) = rgba(from, source);
                let expected = textbook(tone, rgb, alpha);
                let (actual, alpha_after) = rgba(to, result);
                let is_flat = matches!(tone, Tone::Flatten(_));
                assert_eq!(alpha_after, if is_flat { 1.0 } else { alpha }, "{tone:?}");
                for (actual, expected) in actual.into_iter().zip(expected) {
                    let difference = max * (actual - expected.clamp(0.0, 1.0)).abs();
                    assert!(
                        difference <= 0.5 + slack,
                        "{tone:?} of {source:?} in {from:?}: {actual} for {expected}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_shape_is_foreseen() {
    for frame in frames(5, 2) {
        for tone in tones() {
            let after = after(&[tone], &frame);
            assert_eq!(after.shape(), tone.shape(frame.shape()), "{tone:?}");
        }
    }
}

#[test]
fn some_layouts_change() {
    let layouts = |tone: Tone| Layout::ALL.map(|layout| tone.layout(layout));
    let tint = |rgb| Tone::Tint(Colour { rgb, alpha: 255 });
    let same = Layout::ALL;
    let gray = [Layout::L, Layout::La, Layout::L, Layout::La];
    let colour = [Layout::Rgb, Layout::Rgba, Layout::Rgb, Layout::Rgba];
    let opaque = |la| [Layout::L, la, Layout::Rgb, Layout::Rgb];
    assert_eq!([layouts(Tone::Grayscale), layouts(Tone::Threshold(1))], [gray; 2]);
    assert_eq!([layouts(Tone::Sepia), layouts(tint([1, 1, 2]))], [colour; 2]);
    assert_eq!([layouts(tint([7; 3])), layouts(Tone::Hue(90)), layouts(Tone::Invert)], [same; 3]);
    assert_eq!(layouts(Tone::Flatten([7; 3])), opaque(Layout::L));
    assert_eq!(layouts(Tone::Flatten([7, 7, 8])), opaque(Layout::Rgb));
}

/// All levels of one sample type as gray, and as red, green and blue alike.
fn ramps<S: Sample + Into<u64>>() -> [Frame; 2]
where
    Samples: From<Vec<S>>,
{
    let max: u64 = S::MAX.into();
    let levels: Vec<S> = (0..=max).map(S::truncate).collect();
    let rgb = levels.iter().flat_map(|&level| [level; 3]).collect::<Vec<S>>();
    let width = levels.len();
    [Frame::new(shape(width, 1, Layout::L), levels), Frame::new(shape(width, 1, Layout::Rgb), rgb)]
}

#[test]
fn what_changes_nothing_changes_no_level() {
    let nothing = [
        Tone::Brightness(0),
        Tone::Contrast(0),
        Tone::Saturation(0),
        Tone::Hue(0),
        Tone::Gamma(Hundredths(100)),
        Tone::Tint(Colour { rgb: [9, 9, 9], alpha: 0 }),
        Tone::Flatten([1, 2, 3]),
    ];
    for tone in nothing {
        for frame in frames(67, 3) {
            let opaque = !frame.shape().layout.has_alpha() || !matches!(tone, Tone::Flatten(_));
            assert!(!opaque || after(&[tone], &frame) == frame, "{tone:?} {:?}", frame.shape());
        }
    }
    let of_gray = [-100, -50, 77, 100].map(Tone::Saturation).into_iter();
    for tone in of_gray.chain([1, 77, 90, 180, 271].map(Tone::Hue)) {
        for ramp in ramps::<u8>().into_iter().chain(ramps::<u16>()) {
            assert!(after(&[tone], &ramp) == ramp, "{tone:?}");
        }
    }
    for frame in frames(9, 9) {
        assert!(after(&[Tone::Invert, Tone::Invert], &frame) == frame);
    }
}

/// Gray is gray, in one channel or in three.
#[test]
fn gray_in_three_channels_fares_as_in_one() {
    for tone in tones() {
        for [gray, colour] in [ramps::<u8>(), ramps::<u16>()] {
            let as_colour = |frame: Frame| {
                let spread = Tone::Tint(Colour { rgb: [0, 0, 1], alpha: 0 });
                after(&[spread], &frame)
            };
            let (gray, colour) = (after(&[tone], &gray), after(&[tone], &colour));
            assert!(as_colour(gray) == as_colour(colour), "{tone:?}");
        }
    }
}

#[test]
fn a_tint_goes_from_black_to_its_colour() {
    for rgb in [[255, 136, 0], [1, 2, 3], [254, 77, 255]] {
        let tint = Tone::Tint(Colour { rgb, alpha: 255 });
        let ends = shape(2, 1, Layout::Rgb);
        let narrow = Frame::new(ends, vec![0u8, 0, 0, 255, 255, 255]);
        let tinted = [[0; 3], rgb].concat();
        assert_eq!(after(&[tint], &narrow), Frame::new(ends, tinted.clone()));
        let wide = Frame::new(ends, vec![0u16, 0, 0, 65_535, 65_535, 65_535]);
        let tinted: Vec<u16> = tinted.iter().map(|&level| u16::from(level) * 257).collect();
        assert_eq!(after(&[tint], &wide), Frame::new(ends, tinted));
    }
}

#[test]
fn a_threshold_is_white_itself() {
    let bytes = Frame::new(shape(2, 1, Layout::La), vec![127u8, 5, 128, 6]);
    let black_and_white = Frame::new(shape(2, 1, Layout::La), vec![0u8, 5, 255, 6]);
    assert_eq!(after(&[Tone::Threshold(128)], &bytes), black_and_white);
    let wide = Frame::new(shape(2, 1, Layout::L), vec![128u16 * 257 - 1, 128 * 257]);
    let black_and_white = Frame::new(shape(2, 1, Layout::L), vec![0u16, 65_535]);
    assert_eq!(after(&[Tone::Threshold(128)], &wide), black_and_white);
    // The luma of this green is 128.
    let green = Frame::new(shape(1, 1, Layout::Rgb), vec![0u8, 218, 0]);
    assert_eq!(after(&[Tone::Threshold(128)], &green).samples(), &Samples::U8(vec![255]));
    assert_eq!(after(&[Tone::Threshold(129)], &green).samples(), &Samples::U8(vec![0]));
}

#[test]
fn halves_are_rounded_up() {
    let gray = |levels: &[u8]| Frame::new(shape(levels.len(), 1, Layout::L), levels.to_vec());
    // 5.5, 16.5, 27.5 and 60.5; 0.5 and 1.5.
    assert_eq!(after(&[Tone::Brightness(10)], &gray(&[5, 15, 25, 55])), gray(&[6, 17, 28, 61]));
    assert_eq!(after(&[Tone::Brightness(-50)], &gray(&[1, 3])), gray(&[1, 2]));
    // Half of 1 and 255 / 4 is 64.25; of 255, 191.25; half of the middle is 127.5.
    assert_eq!(after(&[Tone::Contrast(-50)], &gray(&[0, 1, 255])), gray(&[64, 64, 191]));
    assert_eq!(after(&[Tone::Contrast(-100)], &gray(&[0, 255])), gray(&[128, 128]));
}

/// Every level and alpha on some backgrounds; at 16 bits, those about the ends.
#[test]
fn flattening_divides_exactly() {
    let la = |samples: Vec<u8>| Frame::new(shape(samples.len() / 2, 1, Layout::La), samples);
    let all = (0..=255).flat_map(|level| (0..=255).flat_map(move |alpha| [level, alpha])).collect();
    let all = la(all);
    for background in [0, 1, 100, 254, 255u8] {
        let flat = |pixel: &[u8]| {
            let [level, alpha] = [pixel[0], pixel[1]].map(f64::from);
            ((level * alpha + f64::from(background) * (255.0 - alpha)) / 255.0).round() as u8
        };
        let Samples::U8(samples) = all.samples() else { unreachable!() };
        let expected = samples.chunks(2).map(flat).collect::<Vec<u8>>();
        let flattened = after(&[Tone::Flatten([background; 3])], &all);
        assert!(flattened.samples() == &Samples::U8(expected), "{background}");
    }
    let levels = || (0..=300).chain(32_700..=32_800).chain(65_200..=65_535u16);
    let pairs = levels().flat_map(|level| levels().flat_map(move |alpha| [level, alpha]));
    let samples: Vec<u16> = pairs.collect();
    for background in [0, 7, 255u8] {
        let flat = |pixel: &[u16]| {
            let [level, alpha] = [pixel[0], pixel[1]].map(u64::from);
            let sum = level * alpha + u64::from(background) * 257 * (65_535 - alpha);
            ((2 * sum + 65_535) / (2 * 65_535)) as u16
        };
        let expected = samples.chunks(2).map(flat).collect::<Vec<u16>>();
        let frame = Frame::new(shape(samples.len() / 2, 1, Layout::La), samples.clone());
        let flattened = after(&[Tone::Flatten([background; 3])], &frame);
        assert!(flattened.samples() == &Samples::U16(expected), "{background}");
    }
}

/// Of one tone in each way to be done, at every length about a block.
#[test]
fn every_pixel_of_every_block_is_done() {
    for pixels in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 7] {
        for frame in frames(pixels, 1) {
            let tints = [Tone::Tint(Colour { rgb: [7, 8, 9], alpha: 0 }), Tone::Grayscale];
            let mut expected = frame.clone();
            expected.grayscale();
            assert!(after(&tints, &frame) == expected, "{:?}", frame.shape());
        }
    }
}

#[test]
fn memory_is_a_table_and_what_colour_adds() {
    let shape = |layout| shape(100, 10, layout);
    assert_eq!(scratch_bytes(&[Tone::Invert], shape(Layout::Rgba), 1), 256);
    assert_eq!(scratch_bytes(&[Tone::Invert], shape(Layout::Rgba), 2), 131_072);
    assert_eq!(scratch_bytes(&[Tone::Sepia], shape(Layout::La), 1), 256 + 4_000);
    assert_eq!(scratch_bytes(&[Tone::Flatten([1, 2, 3])], shape(Layout::La), 2), 131_072 + 6_000);
    assert_eq!(scratch_bytes(&[Tone::Flatten([1; 3])], shape(Layout::La), 2), 131_072);
    let largest = Shape { width: u32::MAX, height: u32::MAX, layout: Layout::L };
    assert_eq!(scratch_bytes(&[Tone::Sepia], largest, 2), u64::MAX);
}

/// The same everywhere, to the last bit: the tones that are made with sines and powers.
#[test]
fn the_bits_are_these() {
    let of = |tone| {
        let [_, ramp] = ramps::<u16>();
        let tints = [Tone::Tint(Colour { rgb: [255, 136, 0], alpha: 99 }), tone];
        let Samples::U16(samples) = after(&tints, &ramp).into_samples() else { unreachable!() };
        digest(&widen(&samples))
    };
    let digests = [Tone::Hue(77), Tone::Gamma(Hundredths(45)), Tone::Gamma(Hundredths(220))];
    let expected =
        [3_958_147_217_299_589_428, 14_426_823_262_102_706_347, 10_488_636_505_774_059_857];
    assert_eq!(digests.map(of), expected);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tones_in_a_row_are_one_after_the_other(
        row in prop::collection::vec(prop::sample::select(tones()), 0..=6),
        width in prop_oneof![1..=9usize, BLOCK - 1..=BLOCK + 1],
        height in 1..=2usize,
    ) {
        for frame in frames(width, height) {
            let one_by_one = row.iter().fold(frame.clone(), |frame, &tone| after(&[tone], &frame));
            prop_assert!(after(&row, &frame) == one_by_one, "{row:?} of {:?}", frame.shape());
        }
    }
}
