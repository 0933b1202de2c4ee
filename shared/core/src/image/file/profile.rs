//! Colours as their ICC profile means them, made into sRGB's.

use moxcms::{
    ColorProfile, DataColorSpace, Layout as Channels, TransformExecutor, TransformOptions,
};

use crate::image::{Error, Frame, Layout, Samples, Shape};
use crate::pixels::buffer::zeroed;

/// Steps of each channel on the grid of colours by which a profile is told from sRGB.
const GRID: u8 = 9;

/// Converts a frame from the colours of `profile` to sRGB (IEC 61966-2-1), a row at a time.
///
/// A profile that moves no colour by more than a level is sRGB's own, and moves none. One that
/// cannot be read, or that is of another kind than the samples (a CMYK profile, say, whose picture
/// the decoder has converted), is no statement about these samples.
pub(in crate::image) fn to_srgb(frame: &mut Frame, profile: &[u8]) -> Result<(), Error> {
    match moving(profile, frame.shape.layout) {
        Some(profile) => convert_to_srgb(frame, &profile),
        None => Ok(()),
    }
}

/// Converts a frame from the colours of a profile of its kind, gray or RGB, that are not sRGB's.
pub(in crate::image) fn convert_to_srgb(
    frame: &mut Frame,
    profile: &ColorProfile,
) -> Result<(), Error> {
    let Shape { width, layout, .. } = frame.shape;
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
pub(in crate::image) fn moves_colours(profile: &[u8], layout: Layout) -> bool {
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
    use crate::image::files;
    use crate::image::reading::picture;

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

    /// A profile of a table alone (ICC.1:2010, 10.10: `lut16Type`): device colours of `channels`
    /// to Lab by `lab`, which is asked for the corners of their cube.
    fn table(space: &[u8; 4], channels: u8, lab: impl Fn(&[u16]) -> [u16; 3]) -> Vec<u8> {
        let identity = [1, 0, 0, 0, 1, 0, 0, 0, 1].map(|one: u32| one << 16);
        let ramp = [0u16, 0xffff].map(u16::to_be_bytes).concat();
        // The first channel changes slowest.
        let corner = |at: u16| (0..channels).rev().map(|c| at >> c & 1).collect::<Vec<_>>();
        let corners = (0..1 << channels).flat_map(|at| lab(&corner(at)));
        let a2b0 = [
            b"mft2\0\0\0\0".to_vec(),
            vec![channels, 3, 2, 0],
            identity.map(u32::to_be_bytes).concat(),
            [2u16, 2].map(u16::to_be_bytes).concat(),
            ramp.repeat(usize::from(channels)),
            corners.flat_map(u16::to_be_bytes).collect(),
            ramp.repeat(3),
        ]
        .concat();
        const TABLE_AT: usize = 128 + 4 + 12;
        let mut profile = vec![0; 128];
        profile[..4].copy_from_slice(&((TABLE_AT + a2b0.len()) as u32).to_be_bytes());
        profile[8..10].copy_from_slice(&[2, 0x40]);
        profile[12..24].copy_from_slice(&[*b"prtr", *space, *b"Lab "].concat());
        profile[36..40].copy_from_slice(b"acsp");
        // D50, in 16 fractional bits.
        let white = [63_190u32, 65_536, 54_061];
        profile[68..80].copy_from_slice(&white.map(u32::to_be_bytes).concat());
        profile.extend([0, 0, 0, 1]);
        profile.extend(b"A2B0");
        profile.extend([TABLE_AT as u32, a2b0.len() as u32].map(u32::to_be_bytes).concat());
        [profile, a2b0].concat()
    }

    /// Lab of a gray: 0 is black, 1 white.
    fn gray_lab(lightness: u16) -> [u16; 3] {
        [lightness * 0xff00, 0x8000, 0x8000]
    }

    #[test]
    fn a_table_is_looked_up() {
        // The less red, the lighter: half of it is L* = 50, which is 119 in sRGB.
        let profile = table(b"RGB ", 3, |rgb| gray_lab(1 - rgb[0]));
        assert!(moves_colours(&profile, Layout::Rgb));
        let check = |samples: Samples, most: u32| {
            let mut frame = frame(Layout::Rgba, samples);
            to_srgb(&mut frame, &profile).unwrap();
            let levels: Vec<u32> = match frame.into_samples() {
                Samples::U8(samples) => samples.into_iter().map(u32::from).collect(),
                Samples::U16(samples) => samples.into_iter().map(u32::from).collect(),
            };
            for (pixel, expected) in levels.chunks_exact(4).zip([255, 0, 119]) {
                let near = |level: &u32| (level * 255 / most).abs_diff(expected) <= 1;
                assert!(pixel[..3].iter().all(near), "{pixel:?} {expected}");
            }
            assert_eq!([levels[3], levels[7], levels[11]], [7, 8, 9]);
        };
        let samples = vec![0u8, 30, 200, 7, 255, 30, 200, 8, 127, 30, 200, 9];
        check(Samples::U8(samples), 255);
        let samples =
            vec![0u16, 9_000, 50_000, 7, 65_535, 9_000, 50_000, 8, 32_767, 9_000, 50_000, 9];
        check(Samples::U16(samples), 65_535);
    }

    #[test]
    fn a_cmyk_profile_is_never_applied_to_converted_rgb() {
        use jpeg_encoder::{ColorType, Encoder};

        // Every ink is black.
        let profile = table(b"CMYK", 4, |_| gray_lab(0));
        assert!(ColorProfile::new_from_slice(&profile).is_ok());
        let inks = files::slope(16, 16, 4);
        let file = |profile: &[u8]| {
            let mut file = Vec::new();
            let mut encoder = Encoder::new(&mut file, 95);
            encoder.add_icc_profile(profile).unwrap();
            encoder.encode(&inks, 16, 16, ColorType::Cmyk).unwrap();
            file
        };
        let profiled = picture(&file(&profile), "").unwrap();
        assert_eq!(profiled, picture(&file(b"none"), "").unwrap());
        assert!(files::bytes(&profiled).iter().any(|level| *level > 100));
    }
}
