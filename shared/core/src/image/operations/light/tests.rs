use super::*;
use crate::image::{Defaults, Pipeline};
use crate::pixels::oracle;
use crate::pixels::tests::{digest, pattern, shape, widen, with_alpha};

/// The standard's own words, by the platform's arithmetic.
fn to_light(level: f64) -> f64 {
    if level <= 0.04045 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
}

fn to_level(light: f64) -> f64 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

/// Each colour by `convert`, from 0 to 1; alpha in proportion.
fn mapped(
    layout: Layout,
    samples: &[u64],
    [from, to]: [f64; 2],
    convert: fn(f64) -> f64,
) -> Vec<u64> {
    let channels = layout.channels();
    let is_alpha = |at: usize| layout.has_alpha() && at % channels == channels - 1;
    let map = |(at, &sample): (usize, &u64)| {
        let share = sample as f64 / from;
        ((if is_alpha(at) { share } else { convert(share) }) * to).round() as u64
    };
    samples.iter().enumerate().map(map).collect()
}

/// What an operation comes to in linear light, by way of `average`.
fn expected(
    layout: Layout,
    samples: &[u64],
    max: f64,
    average: impl FnOnce(&[u64]) -> Vec<u64>,
) -> Vec<u64> {
    let light = average(&mapped(layout, samples, [max, BRIGHTEST], to_light));
    mapped(layout, &light, [BRIGHTEST, max], to_level)
}

fn operation(text: &str) -> Operation {
    Operation::parse(0, text, &Defaults::default()).unwrap()
}

fn applied(text: &str, shape: Shape, samples: impl Into<Samples>) -> (Shape, Vec<u64>) {
    let mut frame = Frame::new(shape, samples);
    let operation = operation(text);
    let announced = operation.shape(shape).unwrap();
    operation.apply(&mut frame).unwrap();
    assert_eq!(frame.shape, announced, "{text}");
    let samples = match frame.samples {
        Samples::U8(samples) => widen(&samples),
        Samples::U16(samples) => widen(&samples),
    };
    (announced, samples)
}

/// Pictures of both depths, with alpha of all kinds and without: each with its levels, and the highest
/// of them.
fn depths(shape: Shape) -> [(Samples, Vec<u64>, f64); 4] {
    let narrow = [pattern(shape), with_alpha(shape, u8::MAX)];
    let wide = [pattern(shape), with_alpha(shape, u16::MAX)];
    let [one, two] = narrow.map(|samples| (samples.clone().into(), widen(&samples), 255.0));
    let [three, four] = wide.map(|samples| (samples.clone().into(), widen(&samples), BRIGHTEST));
    [one, two, three, four]
}

#[test]
fn every_level_of_8_bits_has_its_light_and_comes_back() {
    let (light, levels) = (&*LIGHT_OF_8_BITS, &*LEVELS_OF_8_BITS);
    for level in 0..=255u8 {
        let expected = (BRIGHTEST * to_light(f64::from(level) / 255.0)).round() as u16;
        assert_eq!(light[usize::from(level)], expected, "{level}");
        assert_eq!(levels[usize::from(expected)], level);
    }
    for light in 0..=u16::MAX {
        let expected = (255.0 * to_level(f64::from(light) / BRIGHTEST)).round() as u8;
        assert_eq!(levels[usize::from(light)], expected, "{light}");
    }
}

/// The darkest levels of 16 bits have less light between them than a part of 65535.
#[test]
fn levels_of_16_bits_come_back_within_six() {
    let (light, levels) = (&*LIGHT_OF_16_BITS, &*LEVELS_OF_16_BITS);
    let there_and_back = |level: u16| levels[usize::from(light[usize::from(level)])];
    let error = |level: u16| there_and_back(level).abs_diff(level);
    assert_eq!((0..=u16::MAX).map(error).max(), Some(6));
    assert_eq!((0x8fff..=u16::MAX).map(error).max(), Some(0));
    assert_eq!([0, u16::MAX].map(there_and_back), [0, u16::MAX]);
}

#[test]
fn blurs_are_the_textbooks_between_two_tables() {
    for layout in Layout::ALL {
        for (width, height) in [(1, 1), (1, 9), (9, 1), (5, 3), (11, 7), (33, 2)] {
            let shape = shape(width, height, layout);
            for (samples, levels, max) in depths(shape) {
                for radius in [1, 2, 5, 127] {
                    let average = |light: &[u64]| oracle::blur(shape, light, radius);
                    let expected = (shape, expected(layout, &levels, max, average));
                    let text = format!("blur:{radius},linear");
                    assert_eq!(applied(&text, shape, samples.clone()), expected, "{shape:?}");
                }
                for side in [2, 3, 10] {
                    let average = |light: &[u64]| oracle::pixelate(shape, light, side);
                    let expected = (shape, expected(layout, &levels, max, average));
                    let text = format!("pixelate:{side},linear");
                    assert_eq!(applied(&text, shape, samples.clone()), expected, "{shape:?}");
                }
            }
        }
    }
}

/// Resampling and the Gaussian blur have oracles of their own: here they are what they are to
/// samples of 16 bits, between the two tables.
#[test]
fn other_averages_are_those_of_16_bits_between_two_tables() {
    for layout in Layout::ALL {
        let shape = shape(19, 13, layout);
        for (samples, levels, max) in depths(shape) {
            for text in ["resize:7x5,fill", "resize:31x!", "resize:5x9,cover", "gaussian:1.3"] {
                let average = |light: &[u64]| {
                    let light: Vec<u16> = light.iter().map(|&light| light as u16).collect();
                    applied(text, shape, light).1
                };
                let expected = expected(layout, &levels, max, average);
                let (_, actual) = applied(&format!("{text},linear"), shape, samples.clone());
                assert_eq!(actual, expected, "{text} {layout:?} {max}");
            }
        }
    }
}

#[test]
fn black_and_white_in_equal_parts_are_half_the_light() {
    let stripes = |width| [0u8, 255].repeat(width as usize / 2);
    let row = shape(2, 1, Layout::L);
    assert_eq!(applied("pixelate:2", row, stripes(2)).1, [127, 127]);
    assert_eq!(applied("pixelate:2,linear", row, stripes(2)).1, [188, 188]);
    let row = shape(64, 1, Layout::L);
    let resized = applied("resize:8x1,fill,linear", row, stripes(64)).1;
    assert!(resized[2..6].iter().all(|level| level.abs_diff(188) <= 1), "{resized:?}");
}

#[test]
fn what_is_not_averaged_stays() {
    for layout in Layout::ALL {
        let shape = shape(16, 16, layout);
        for (samples, levels, _) in depths(shape) {
            for text in ["blur:0", "resize:16x16", "resize:99x", "resize:16x16,contain,102030"] {
                let (_, actual) = applied(&format!("{text},linear"), shape, samples.clone());
                assert_eq!(actual, levels, "{text}");
            }
        }
        for level in [0u8, 1, 10, 127, 254, 255] {
            let mut flat = vec![level; shape.samples() as usize];
            let channels = layout.channels();
            let alphas = flat.iter_mut().skip(channels - 1).step_by(channels);
            alphas.filter(|_| layout.has_alpha()).for_each(|alpha| *alpha = 255);
            for text in ["blur:3", "gaussian:2", "pixelate:5", "resize:5x5", "resize:50x!"] {
                let (_, actual) = applied(&format!("{text},linear"), shape, flat.clone());
                assert!(actual.iter().all(|&one| [level.into(), 255].contains(&one)), "{text}");
                assert_eq!(actual[0], level.into(), "{text}");
            }
        }
    }
}

#[test]
fn the_canvas_has_the_colour_that_was_asked_for() {
    let (made, samples) =
        applied("resize:4x3,contain,0a141e,linear", shape(8, 4, Layout::Rgb), vec![200u8; 96]);
    assert_eq!((made.width, made.height), (4, 3));
    assert_eq!(samples[..3], [200; 3]);
    assert_eq!(samples[2 * 12..2 * 12 + 3], [10, 20, 30]);
}

#[test]
fn memory_is_that_of_the_light_and_of_averaging_it() {
    let shape = shape(100, 10, Layout::Rgb);
    let frame = 3_000;
    let bytes = |text: &str, own| operation(text).scratch_bytes(shape, own);
    // Samples of 16 bits are light where they are.
    for text in ["blur:5", "resize:50x", "resize:200x!", "pixelate:9", "gaussian:1"] {
        assert_eq!(bytes(&format!("{text},linear"), 2), bytes(text, 2), "{text}");
    }
    // The light, beside the levels; and what averaging takes, where it is more than the levels were.
    assert!(bytes("pixelate:9", 2) <= frame && bytes("gaussian:50", 2) > frame);
    assert_eq!(bytes("pixelate:9,linear", 1), 2 * frame);
    assert_eq!(bytes("gaussian:50,linear", 1), 2 * frame + bytes("gaussian:50", 2));
    // Four times the light with its levels, where the frame was.
    let larger = bytes("resize:200x!,linear", 1);
    assert_eq!(larger, (bytes("resize:200x!", 2) + 2 * frame).max(11 * frame));
    assert_eq!(bytes("blur:0,linear", 1), bytes("blur:0", 1));
    assert_eq!(bytes("resize:100x10,linear", 1), 0);
}

#[test]
fn only_averages_are_written_so() {
    let canonical = |text: &str, light| {
        let defaults = Defaults { light, ..Defaults::default() };
        Pipeline::parse(text.split('/'), &defaults).map(|pipeline| pipeline.to_string())
    };
    let asked = "resize:8x6!,linear/blur,linear/gaussian:1,linear/pixelate:2,linear/sharpen/flip";
    let expected = "resize:8x6,inside!,linear/blur:5,linear/gaussian:1,linear/pixelate:2,linear/sharpen:1/flip";
    assert_eq!(canonical(asked, Light::Encoded).unwrap(), expected);
    assert_eq!(canonical(&asked.replace(",linear", ""), Light::Linear).unwrap(), expected);
    assert_eq!(canonical(expected, Light::Encoded).unwrap(), expected);
    for text in ["sharpen:1,linear", "flip,linear", "crop:1x1,linear", "blur:5,linear,linear"] {
        let message = canonical(text, Light::Encoded).unwrap_err().to_string();
        assert!(message.starts_with(&format!("The segment '{text}' can't be read")), "{message}");
    }
    assert!(Operation::is_blur_by_default("blur,linear"));
    assert!(Operation::is_blur_by_default("blur:,linear"));
    assert!(!Operation::is_blur_by_default("blur:5,linear"));
}

/// The same everywhere, to the last bit.
#[test]
fn the_bits_are_these() {
    let of = |layout| {
        let shape = shape(37, 29, layout);
        let samples: Vec<u8> = with_alpha(shape, u8::MAX);
        let pipeline: Pipeline =
            "resize:31x,linear/blur:2,linear/gaussian:1.5,linear/pixelate:3,linear"
                .parse()
                .unwrap();
        let mut frame = Frame::new(shape, samples);
        pipeline.apply(&mut frame, |_| {}).unwrap();
        let Samples::U8(samples) = frame.samples else { panic!("8 bits stay 8 bits") };
        digest(&widen(&samples))
    };
    assert_eq!(
        Layout::ALL.map(of),
        [
            9_619_782_779_177_564_066,
            16_255_903_817_893_022_452,
            1_214_000_309_106_013_281,
            17_695_893_103_092_124_881,
        ]
    );
}
