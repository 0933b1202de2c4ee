//! Resampling against the textbook: sums of 64-bit floats over the whole window.

use proptest::prelude::*;

use super::{Axis, Resampling};
use crate::hash::Fnv1a64;
use crate::image::{Frame, Layout, Samples, Shape};

/// Colour weighted by alpha, in levels; samples of a picture without alpha as they are.
fn weighted(layout: Layout, samples: &[f64], max: f64) -> Vec<f64> {
    let channels = layout.channels();
    let weigh = |pixel: &[f64]| {
        let alpha = if layout.has_alpha() { pixel[channels - 1] } else { max };
        let colours = if layout.has_alpha() { channels - 1 } else { channels };
        let weigh = |(channel, level): (usize, &f64)| match channel < colours {
            true => level * alpha / max,
            false => *level,
        };
        pixel.iter().enumerate().map(weigh).collect::<Vec<_>>()
    };
    samples.chunks(channels).flat_map(weigh).collect()
}

/// `sin(pi x) / (pi x) sin(pi x / 3) / (pi x / 3)`, the window cut at the picture's edge, weights
/// summing up to 1. `at` says where a sample of the line is.
fn resampled_line(line: &[f64], made: usize, max: f64) -> Vec<f64> {
    let step = line.len() as f64 / made as f64;
    let stretch = step.max(1.0);
    let filter = |x: f64| match x.abs() {
        0.0 => 1.0,
        3.0.. => 0.0,
        x => {
            let angle = std::f64::consts::PI * x;
            3.0 * angle.sin() * (angle / 3.0).sin() / (angle * angle)
        }
    };
    let sample = |at: usize| {
        let centre = (at as f64 + 0.5) * step;
        let weight = |x: usize| filter((x as f64 + 0.5 - centre) / stretch);
        let total: f64 = (0..line.len()).map(weight).sum();
        let sum: f64 = line.iter().enumerate().map(|(x, level)| weight(x) * level).sum();
        (sum / total).clamp(0.0, max)
    };
    (0..made).map(sample).collect()
}

/// Every row, or every column, on its own.
fn resampled_axis(plane: &[f64], width: usize, made: usize, rows: bool, max: f64) -> Vec<f64> {
    let height = plane.len() / width;
    if rows {
        return plane.chunks(width).flat_map(|row| resampled_line(row, made, max)).collect();
    }
    let column = |x: usize| plane.iter().skip(x).step_by(width).copied().collect::<Vec<_>>();
    let columns: Vec<Vec<f64>> =
        (0..width).map(|x| resampled_line(&column(x), made, max)).collect();
    assert_eq!(column(0).len(), height);
    (0..made).flat_map(|y| columns.iter().map(move |column| column[y])).collect()
}

/// The picture with colour weighted by alpha. Levels are cut to their range between the steps, so
/// the order is that of the fewest samples between them.
fn oracle(shape: Shape, samples: &[f64], width: usize, height: usize, max: f64) -> Vec<f64> {
    let channels = shape.layout.channels();
    let (columns, rows) = (shape.width as usize, shape.height as usize);
    let weighted = weighted(shape.layout, samples, max);
    let planes = (0..channels).map(|channel| {
        let plane: Vec<f64> = weighted.iter().skip(channel).step_by(channels).copied().collect();
        if columns * height <= width * rows {
            let between = resampled_axis(&plane, columns, height, false, max);
            resampled_axis(&between, columns, width, true, max)
        } else {
            let between = resampled_axis(&plane, columns, width, true, max);
            resampled_axis(&between, width, height, false, max)
        }
    });
    let planes: Vec<Vec<f64>> = planes.collect();
    (0..width * height).flat_map(|at| planes.iter().map(move |plane| plane[at])).collect()
}

fn resampling(shape: Shape, width: u32, height: u32) -> Resampling {
    Resampling {
        x: Axis::new(shape.width, width.into(), width),
        y: Axis::new(shape.height, height.into(), height),
    }
}

fn resampled(frame: &Frame, width: u32, height: u32) -> Frame {
    let mut frame = frame.clone();
    resampling(frame.shape, width, height).apply(&mut frame).unwrap();
    frame
}

fn levels(samples: &Samples) -> (Vec<f64>, f64) {
    match samples {
        Samples::U8(samples) => (samples.iter().map(|&one| one.into()).collect(), 255.0),
        Samples::U16(samples) => (samples.iter().map(|&one| one.into()).collect(), 65_535.0),
    }
}

/// Within one level: the library rounds after each of two steps, and the weights of the second add
/// up to less than 2 in their absolute values. Where colour is weighted by alpha, it is rounded
/// before and after as well, which makes three levels (of the weighted colour: the picture's own
/// is as coarse as its alpha is small), and no colour is above its alpha.
fn check(frame: &Frame, width: u32, height: u32) {
    let (samples, max) = levels(&frame.samples);
    let made = resampled(frame, width, height);
    assert_eq!(made.shape, Shape { width, height, ..frame.shape });
    let mut expected = oracle(frame.shape, &samples, width as usize, height as usize, max);
    let (samples, _) = levels(&made.samples);
    let actual = weighted(frame.shape.layout, &samples, max);
    let channels = frame.shape.layout.channels();
    let has_alpha = frame.shape.layout.has_alpha();
    if has_alpha {
        for pixel in expected.chunks_mut(channels) {
            let alpha = pixel[channels - 1];
            pixel.iter_mut().for_each(|level| *level = level.min(alpha));
        }
    }
    let tolerance = if has_alpha { 3.0 } else { 1.5 };
    for (at, (actual, expected)) in actual.iter().zip(&expected).enumerate() {
        let shape = frame.shape;
        assert!(
            (actual - expected).abs() <= tolerance,
            "sample {at} of {shape:?} to {width}x{height}: {actual} is not {expected}"
        );
    }
}

fn pictures() -> impl Strategy<Value = (Shape, Vec<u8>)> {
    let side = || prop_oneof![1..5u32, 1..40u32];
    (side(), side(), prop::sample::select(&Layout::ALL)).prop_flat_map(|(width, height, layout)| {
        let shape = Shape { width, height, layout };
        let sample = prop_oneof![any::<u8>(), prop::sample::select(&[0, 1, 254, 255])];
        (Just(shape), prop::collection::vec(sample, shape.samples() as usize))
    })
}

fn widened(samples: &[u8]) -> Vec<u16> {
    samples.iter().map(|&sample| u16::from(sample) * 257).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_picture_at_any_size(
        (shape, samples) in pictures(),
        width in 1..50u32,
        height in 1..50u32,
    ) {
        check(&Frame::new(shape, widened(&samples)), width, height);
        check(&Frame::new(shape, samples), width, height);
    }

    #[test]
    fn the_middle_is_that_of_the_whole(
        (shape, samples) in pictures(),
        (width, height) in (1..50u32, 1..50u32),
        (columns, rows) in (1..50u32, 1..50u32),
    ) {
        // Of so little contrast that nothing is cut to the range: the order of the steps, which
        // may be another, then makes no difference.
        let shape = Shape { layout: Layout::L, ..shape };
        let dull = samples.iter().map(|sample| 96 + sample / 4);
        let frame = Frame::new(shape, dull.take(shape.samples() as usize).collect::<Vec<_>>());
        let (columns, rows) = (columns.min(width), rows.min(height));
        let middle = Resampling {
            x: Axis::new(shape.width, width.into(), columns),
            y: Axis::new(shape.height, height.into(), rows),
        };
        let mut actual = frame.clone();
        middle.apply(&mut actual).unwrap();
        let mut whole = resampled(&frame, width, height);
        whole.cut((width - columns) / 2, (height - rows) / 2, columns, rows);
        prop_assert_eq!(actual.shape, whole.shape);
        let (actual, expected) = (levels(&actual.samples).0, levels(&whole.samples).0);
        for (actual, expected) in actual.iter().zip(&expected) {
            prop_assert!((actual - expected).abs() <= 2.0, "{} is not {}", actual, expected);
        }
    }
}

#[test]
fn plain_pictures_stay_plain() {
    for layout in Layout::ALL {
        for (shape, width, height) in [
            (Shape { width: 32_767, height: 1, layout }, 1, 1),
            (Shape { width: 1, height: 32_767, layout }, 1, 1),
            (Shape { width: 32_767, height: 2, layout }, 3, 1),
            (Shape { width: 1, height: 1, layout }, 32_767, 1),
            (Shape { width: 1, height: 3, layout }, 2, 32_767),
            (Shape { width: 1000, height: 7, layout }, 13, 64),
        ] {
            for level in [0u8, 1, 128, 254, 255] {
                let plain = |shape: Shape| vec![level; shape.samples() as usize];
                let made = Shape { width, height, ..shape };
                // What is transparent has no colour, and what hardly shows only a coarse one.
                if layout.has_alpha() && level != 255 {
                    continue;
                }
                let narrow = resampled(&Frame::new(shape, plain(shape)), width, height);
                assert_eq!(narrow, Frame::new(made, plain(made)), "{shape:?} {level}");
                let wide = resampled(&Frame::new(shape, widened(&plain(shape))), width, height);
                assert_eq!(wide, Frame::new(made, widened(&plain(made))), "{shape:?} {level}");
            }
        }
    }
}

#[test]
fn transparent_pixels_bleed_no_colour() {
    let shape = Shape { width: 4, height: 1, layout: Layout::Rgba };
    let opaque = [200, 100, 50, 255];
    let clear = [1, 255, 255, 0];
    let samples = [opaque, clear, opaque, clear].concat();
    let made = resampled(&Frame::new(shape, samples), 2, 1);
    let Samples::U8(samples) = made.samples else { panic!("8 bits") };
    for pixel in samples.as_chunks::<4>().0 {
        let off = [0, 1, 2].map(|channel| pixel[channel].abs_diff(opaque[channel]));
        assert!(off.iter().all(|off| *off <= 2), "{samples:?}");
    }
    let clear = Frame::new(shape, clear.repeat(4));
    let blank = Shape { width: 3, height: 2, ..shape };
    assert_eq!(resampled(&clear, 3, 2), Frame::new(blank, vec![0u8; 24]));
}

#[test]
fn what_has_its_size_already_is_untouched() {
    let shape = Shape { width: 2, height: 1, layout: Layout::La };
    let frame = Frame::new(shape, vec![1u8, 0, 200, 3]);
    assert_eq!(resampled(&frame, 2, 1), frame);
}

/// Runs natively and in wasm, with SIMD and without: one digest for all.
#[test]
fn every_processor_makes_the_same_bits() {
    let mut digest = Fnv1a64::new();
    let mut seed = 1u32;
    for (layout, (columns, rows, width, height)) in Layout::ALL.iter().flat_map(|&layout| {
        let sizes = [
            (67, 45, 16, 11),
            (67, 45, 100, 71),
            (67, 45, 67, 5),
            (67, 45, 9, 45),
            (3, 131, 40, 2),
            (131, 3, 2, 40),
            (1, 1, 7, 5),
            (300, 2, 1, 1),
        ];
        sizes.map(|size| (layout, size))
    }) {
        let shape = Shape { width: columns, height: rows, layout };
        let words: Vec<u16> = (0..shape.samples())
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 16) as u16
            })
            .collect();
        let bytes: Vec<u8> = words.iter().map(|word| (word >> 8) as u8).collect();
        for frame in [Frame::new(shape, bytes), Frame::new(shape, words)] {
            match resampled(&frame, width, height).samples {
                Samples::U8(samples) => digest.update(&samples),
                Samples::U16(samples) => {
                    samples.iter().for_each(|sample| digest.update(&sample.to_le_bytes()));
                }
            }
        }
    }
    assert_eq!(format!("{:016x}", digest.finish()), "7484bbf3ce33dd9f");
}

fn scratch(width: u32, height: u32, made: (u32, u32)) -> u64 {
    let shape = Shape { width, height, layout: Layout::Rgb };
    resampling(shape, made.0, made.1).scratch_bytes(Layout::Rgb, 1)
}

#[test]
fn scratch_memory_is_the_fewest_samples_between_the_steps() {
    // Rows first, columns first, the same number: the frame between, weights of 12 bytes each and
    // 64 bytes a window; the frame at the end lies where the source was.
    assert_eq!(scratch(1000, 100, (500, 10)), 1000 * 10 * 3 + 500 * (13 * 12 + 64));
    assert_eq!(scratch(100, 1000, (10, 500)), 10 * 1000 * 3 + 500 * (13 * 12 + 64));
    assert_eq!(scratch(100, 100, (50, 50)), 50 * 100 * 3 + 50 * (13 * 12 + 64));
    // Enlarged: both frames.
    assert_eq!(scratch(10, 10, (20, 20)), (10 * 20 + 20 * 20) * 3 + 20 * (7 * 12 + 64));
    // One axis: the frame that is made. None: nothing.
    assert_eq!(scratch(10, 10, (5, 10)), 5 * 10 * 3 + 5 * (13 * 12 + 64));
    assert_eq!(scratch(10, 10, (10, 10)), 0);
}

#[test]
fn the_largest_frame_does_not_overflow() {
    let shape = Shape { width: 1, height: 1, layout: Layout::Rgba };
    let huge = resampling(shape, u32::MAX, u32::MAX);
    assert_eq!(huge.scratch_bytes(shape.layout, 2), u64::MAX);
}
