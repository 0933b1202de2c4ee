//! Colours as their ICC profile means them, made into sRGB's.

use moxcms::{
    ColorProfile, DataColorSpace, Layout as Channels, TransformExecutor, TransformOptions,
};

use super::limits::zeroed;
use super::{Error, Frame, Layout, Samples, Shape};

/// Steps of each channel on the grid of colours by which a profile is told from sRGB.
const GRID: u8 = 9;

/// Converts a frame from the colours of `profile` to sRGB (IEC 61966-2-1), a row at a time.
///
/// A profile that moves no colour by more than a level is sRGB's own, and moves none. One that
/// cannot be read, or that is of another kind than the samples (a CMYK profile, say, whose picture
/// the decoder has converted), is no statement about these samples.
pub(super) fn to_srgb(frame: &mut Frame, profile: &[u8]) -> Result<(), Error> {
    let Shape { width, layout, .. } = frame.shape;
    let Some(profile) = moving(profile, layout) else { return Ok(()) };
    let (from, to) = match layout {
        Layout::L => (Channels::Gray, Channels::Rgb),
        Layout::La => (Channels::GrayAlpha, Channels::Rgba),
        Layout::Rgb => (Channels::Rgb, Channels::Rgb),
        Layout::Rgba => (Channels::Rgba, Channels::Rgba),
    };
    let (srgb, options) = (ColorProfile::new_srgb(), TransformOptions::default());
    let width = width as usize;
    match &mut frame.samples {
        Samples::U8(samples) => match profile.create_transform_8bit(from, &srgb, to, options) {
            Ok(transform) => convert(&*transform, samples, width, layout),
            Err(_) => Ok(()),
        },
        Samples::U16(samples) => match profile.create_transform_16bit(from, &srgb, to, options) {
            Ok(transform) => convert(&*transform, samples, width, layout),
            Err(_) => Ok(()),
        },
    }
}

/// Whether [`to_srgb`] changes frames of `layout`.
pub(super) fn moves_colours(profile: &[u8], layout: Layout) -> bool {
    moving(profile, layout).is_some()
}

/// The profile, where it says something of such samples that is not sRGB's.
fn moving(profile: &[u8], layout: Layout) -> Option<ColorProfile> {
    let kind = match layout {
        Layout::L | Layout::La => DataColorSpace::Gray,
        Layout::Rgb | Layout::Rgba => DataColorSpace::Rgb,
    };
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    (profile.color_space == kind && !is_srgb(&profile, kind)).then_some(profile)
}

fn is_srgb(profile: &ColorProfile, kind: DataColorSpace) -> bool {
    let level = |step: u8| (u16::from(step) * 255 / u16::from(GRID - 1)) as u8;
    let grid: Vec<u8> = match kind {
        DataColorSpace::Gray => (0..=255).collect(),
        _ => (0..GRID)
            .flat_map(|r| (0..GRID).flat_map(move |g| (0..GRID).map(move |b| [r, g, b])))
            .flat_map(|steps| steps.map(level))
            .collect(),
    };
    let (from, repeat) = match kind {
        DataColorSpace::Gray => (Channels::Gray, 3),
        _ => (Channels::Rgb, 1),
    };
    let mut converted = vec![0; grid.len() * repeat];
    let (srgb, options) = (ColorProfile::new_srgb(), TransformOptions::default());
    let transform = profile.create_transform_8bit(from, &srgb, Channels::Rgb, options);
    transform.is_ok_and(|transform| transform.transform(&grid, &mut converted).is_ok())
        && converted.iter().enumerate().all(|(at, level)| level.abs_diff(grid[at / repeat]) <= 1)
}

/// Converts rows. Gray comes back as RGB with equal channels, of which one is kept.
fn convert<S: Copy + Default>(
    transform: &(dyn TransformExecutor<S> + Send + Sync),
    samples: &mut [S],
    width: usize,
    layout: Layout,
) -> Result<(), Error> {
    let channels = layout.channels();
    let gray = layout.gray() == layout;
    let wide = if gray { channels + 2 } else { channels };
    let mut converted = zeroed::<S>(width * wide)?;
    for row in samples.chunks_exact_mut(width * channels) {
        if transform.transform(row, &mut converted).is_err() {
            // The lengths are right and the layouts were accepted: there is nothing left to fail.
            continue;
        }
        for (pixel, converted) in row.chunks_exact_mut(channels).zip(converted.chunks_exact(wide)) {
            let colours = if gray { 1 } else { 3 };
            pixel[..colours].copy_from_slice(&converted[..colours]);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(layout: Layout, samples: impl Into<Samples>) -> Frame {
        let channels = layout.channels();
        let samples = samples.into();
        let length = match &samples {
            Samples::U8(samples) => samples.len(),
            Samples::U16(samples) => samples.len(),
        };
        let width = (length / channels) as u32;
        Frame::new(Shape { width, height: 1, layout }, samples)
    }

    fn converted(mut frame: Frame, profile: &ColorProfile) -> Samples {
        to_srgb(&mut frame, &profile.encode().unwrap()).unwrap();
        frame.into_samples()
    }

    #[test]
    fn srgb_stays_as_it_is() {
        let samples: Vec<u8> = (0..=254).collect();
        let profile = ColorProfile::new_srgb();
        for layout in [Layout::Rgb, Layout::L] {
            let frame = frame(layout, samples.clone());
            assert_eq!(converted(frame, &profile), Samples::U8(samples.clone()));
        }
    }

    #[test]
    fn a_wider_gamut_is_mapped_and_alpha_is_not() {
        // By the matrices of SMPTE EG 432-1 and IEC 61966-2-1: green is outside sRGB, and
        // 200, 100, 50 is 214.9, 92.6, 30.9 there.
        let profile = ColorProfile::new_display_p3();
        let Samples::U8(rgba) = converted(
            frame(Layout::Rgba, vec![0u8, 255, 0, 7, 200, 100, 50, 0, 128, 128, 128, 255]),
            &profile,
        ) else {
            panic!("8 bits stay 8 bits")
        };
        let expected = [0u8, 255, 0, 7, 215, 93, 31, 0, 128, 128, 128, 255];
        let near = rgba.iter().zip(expected).all(|(level, expected)| level.abs_diff(expected) <= 1);
        assert!(near, "{rgba:?}");
        assert_eq!([rgba[3], rgba[7], rgba[11]], [7, 0, 255]);
    }

    #[test]
    fn sixteen_bits_and_gray_are_converted_too() {
        let p3 = ColorProfile::new_display_p3();
        let wide = converted(frame(Layout::Rgb, vec![51_400u16, 25_700, 12_850]), &p3);
        let Samples::U16(wide) = wide else { panic!("16 bits stay 16 bits") };
        assert!(wide[0].abs_diff(55_231) <= 60 && wide[2].abs_diff(7_944) <= 60, "{wide:?}");

        // Half the light of a linear profile is sRGB's 188.
        let linear = ColorProfile::new_gray_with_gamma(1.0);
        let Samples::U8(gray) = converted(frame(Layout::La, vec![0u8, 3, 128, 9, 255, 0]), &linear)
        else {
            panic!("8 bits stay 8 bits")
        };
        assert_eq!(gray, [0, 3, 188, 9, 255, 0]);
    }

    #[test]
    fn what_says_nothing_of_the_samples_changes_nothing() {
        let samples = Samples::U8(vec![1, 2, 3]);
        let mut unread = frame(Layout::Rgb, vec![1u8, 2, 3]);
        to_srgb(&mut unread, b"no profile").unwrap();
        assert_eq!(unread.into_samples(), samples);
        let gray = ColorProfile::new_gray_with_gamma(1.0);
        assert_eq!(converted(frame(Layout::Rgb, vec![1u8, 2, 3]), &gray), samples);
    }
}
