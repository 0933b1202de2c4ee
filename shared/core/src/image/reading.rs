//! What is read of files of every kind, against samples that are known.

use image::ImageFormat;
use jpeg_encoder::ColorType as JpegColour;

use super::files::{self, Png};
use super::{
    ColourType, Defaults, Encoding, Error, Format, Frame, Info, InputError, Layout, LimitError,
    Limits, Output, Picture, Pipeline, Shape,
};

pub const LIMITS: Limits = Limits { side: 32_767, pixels: 50_000_000, memory_bytes: 1 << 27 };

/// The picture in `file` after `operations`.
pub fn picture(file: &[u8], operations: &str) -> Result<Frame, Error> {
    let defaults = Defaults::default();
    let segments = operations.split('/').filter(|segment| !segment.is_empty());
    let pipeline = Pipeline::parse(segments, &defaults).unwrap();
    let picture = Picture::open(file, &LIMITS)?;
    let encoding = Encoding::new(Output::Png);
    let plan = picture.plan(&pipeline, &encoding, &LIMITS, 0)?;
    let mut frame = plan.decode()?;
    pipeline.apply(&mut frame, |_| {})?;
    Ok(frame)
}

fn read(file: &[u8]) -> Result<Frame, Error> {
    picture(file, "")
}

/// The frame that a PNG is by the book: samples of fewer than 8 bits scaled up, palettes looked up.
fn expected(png: &Png) -> Frame {
    let (width, height) = (png.width as u32, png.height as u32);
    let has_alpha = png.chunks.iter().any(|(kind, _)| *kind == b"tRNS");
    let layout = match png.colour {
        0 => Layout::L,
        4 => Layout::La,
        2 => Layout::Rgb,
        3 if !has_alpha => Layout::Rgb,
        _ => Layout::Rgba,
    };
    let shape = Shape { width, height, layout };
    let places = (0..png.height).flat_map(|y| (0..png.width).map(move |x| (x, y)));
    let samples = places.flat_map(|(x, y)| (0..png.channels()).map(move |c| png.sample(x, y, c)));
    match (png.colour, png.depth) {
        (_, 16) => Frame::new(shape, samples.collect::<Vec<_>>()),
        (3, _) => {
            let colour = |index| files::palette(index as u8)[..layout.channels()].to_vec();
            Frame::new(shape, samples.flat_map(colour).collect::<Vec<_>>())
        }
        (_, depth) => {
            let most = (1 << depth) - 1;
            Frame::new(shape, samples.map(|sample| (sample * 255 / most) as u8).collect::<Vec<_>>())
        }
    }
}

/// PNGs of every colour type and depth.
fn pngs(width: usize, height: usize) -> Vec<Png> {
    let plain = [
        (0, 1),
        (0, 2),
        (0, 4),
        (0, 8),
        (0, 16),
        (2, 8),
        (2, 16),
        (4, 8),
        (4, 16),
        (6, 8),
        (6, 16),
    ];
    let indexed = [1, 2, 4, 8].into_iter().flat_map(|depth| [(depth, false), (depth, true)]);
    plain
        .into_iter()
        .map(|(colour, depth)| Png::new(width, height, colour, depth))
        .chain(indexed.map(|(depth, alpha)| Png::indexed(width, height, depth, alpha)))
        .collect()
}

#[test]
fn png_of_every_colour_type_and_depth() {
    for (width, height) in [(1, 1), (7, 9), (33, 5)] {
        for mut png in pngs(width, height) {
            for interlaced in [false, true] {
                png.interlaced = interlaced;
                assert_eq!(read(&png.file()), Ok(expected(&png)), "{png:?}");
            }
        }
    }
}

#[test]
fn png_with_one_transparent_colour() {
    let mut gray = Png::new(5, 3, 0, 8);
    let key = gray.sample(2, 1, 0) as u8;
    gray.chunks.push((b"tRNS", vec![0, key]));
    let alpha = |sample: &u8| [*sample, if *sample == key { 0 } else { 255 }];
    let samples: Vec<u8> =
        files::bytes(&expected(&Png::new(5, 3, 0, 8))).iter().flat_map(alpha).collect();
    let shape = Shape { width: 5, height: 3, layout: Layout::La };
    assert_eq!(read(&gray.file()), Ok(Frame::new(shape, samples)));
}

/// How far apart two frames of 8 bits are, at most.
fn distance(a: &Frame, b: &Frame) -> u8 {
    assert_eq!(a.shape(), b.shape());
    let differences = files::bytes(a).iter().zip(files::bytes(b)).map(|(a, b)| a.abs_diff(*b));
    differences.max().unwrap()
}

#[test]
fn jpeg_of_every_colour_type() {
    let (width, height) = (24, 17);
    let shape = Shape { width, height, layout: Layout::Rgb };
    let gray = Frame::new(Shape { layout: Layout::L, ..shape }, files::slope(24, 17, 1));
    let rgb = Frame::new(shape, files::slope(24, 17, 3));
    let inks = files::slope(24, 17, 4);
    // Ink is subtracted from white, black from all three.
    let light =
        |ink: &u8, black: &u8| ((255 - u32::from(*ink)) * (255 - u32::from(*black)) / 255) as u8;
    let mixed = inks.chunks_exact(4).flat_map(|ink| [0, 1, 2].map(|c| light(&ink[c], &ink[3])));
    let mixed = Frame::new(shape, mixed.collect::<Vec<_>>());
    for (colour, samples, expected) in [
        (JpegColour::Luma, files::slope(24, 17, 1), &gray),
        (JpegColour::Rgb, files::slope(24, 17, 3), &rgb),
        (JpegColour::Cmyk, inks.clone(), &mixed),
        (JpegColour::CmykAsYcck, inks, &mixed),
    ] {
        for progressive in [false, true] {
            let file = files::jpeg(width as u16, height as u16, colour, &samples, progressive);
            let most = distance(&read(&file).unwrap(), expected);
            assert!(most <= 24, "{colour:?} {progressive} {most}");
        }
    }
}

#[test]
fn other_lossless_formats() {
    for layout in Layout::ALL {
        let frame = files::frame(9, 7, layout);
        let formats: &[ImageFormat] = match layout {
            Layout::L => &[ImageFormat::Tiff, ImageFormat::Pnm],
            Layout::La => &[ImageFormat::Pnm],
            Layout::Rgb => &[
                ImageFormat::Tiff,
                ImageFormat::Pnm,
                ImageFormat::WebP,
                ImageFormat::Bmp,
                ImageFormat::Qoi,
            ],
            Layout::Rgba => &[
                ImageFormat::Tiff,
                ImageFormat::Pnm,
                ImageFormat::WebP,
                ImageFormat::Bmp,
                ImageFormat::Qoi,
            ],
        };
        for format in formats {
            let file = files::written(&frame, *format);
            assert_eq!(read(&file), Ok(frame.clone()), "{format:?} {layout:?}");
        }
    }
}

#[test]
fn plain_and_raw_anymaps_of_every_depth() {
    let frame =
        |layout, samples: Vec<u8>| Ok(Frame::new(Shape { width: 3, height: 2, layout }, samples));
    let bits = vec![0, 255, 0, 255, 255, 0];
    assert_eq!(read(b"P1 3 2\n101\n0 0 1"), frame(Layout::L, bits.clone()));
    assert_eq!(read(b"P4 3 2\n\xa0\x20"), frame(Layout::L, bits.clone()));
    assert_eq!(read(b"P2 3 2 5\n0 1 2\n3 4 5"), frame(Layout::L, vec![0, 51, 102, 153, 204, 255]));
    assert_eq!(read(b"P5 3 2 5\n\0\x01\x02\x03\x04\x05"), read(b"P2 3 2 5\n0 1 2\n3 4 5"));
    let rgb: Vec<u8> = (1..19).collect();
    let text: Vec<_> = rgb.iter().map(u8::to_string).collect();
    assert_eq!(
        read(format!("P3 3 2 255 {}\n", text.join("\n")).as_bytes()),
        frame(Layout::Rgb, rgb.clone())
    );
    assert_eq!(read(&[b"P6 3 2 255\n", &rgb[..]].concat()), frame(Layout::Rgb, rgb.clone()));

    let wide: Vec<u16> = (0..6).map(|at| at * 10_000).collect();
    let raw = wide.iter().flat_map(|sample| sample.to_be_bytes());
    let file = [&b"P5 3 2 65535\n"[..], &raw.collect::<Vec<_>>()].concat();
    let shape = Shape { width: 3, height: 2, layout: Layout::L };
    assert_eq!(read(&file), Ok(Frame::new(shape, wide.clone())));
    assert_eq!(read(b"P2 3 2 65535 0 10000 20000 30000 40000 50000 "), Ok(Frame::new(shape, wide)));

    let header = |tuple: &str, depth| {
        format!("P7\nWIDTH 3\nHEIGHT 2\nDEPTH {depth}\nMAXVAL 1\nTUPLTYPE {tuple}\nENDHDR\n")
            .into_bytes()
    };
    let black = [header("BLACKANDWHITE", 1), vec![0, 1, 0, 1, 1, 0]].concat();
    assert_eq!(read(&black), frame(Layout::L, bits));
    let alpha = [header("BLACKANDWHITE_ALPHA", 2), [0, 1, 1, 0].repeat(3)].concat();
    assert_eq!(read(&alpha), frame(Layout::La, [0, 255, 255, 0].repeat(3)));
}

#[test]
fn icons_of_bitmaps_and_png() {
    let bgra: Vec<u8> = (1..=64).collect();
    let bitmap = files::icon_bitmap(4, 4, &bgra);
    let mut rgba = bgra;
    rgba.chunks_exact_mut(4).for_each(|pixel| pixel.swap(0, 2));
    rgba[3] = 0;
    let shape = Shape { width: 4, height: 4, layout: Layout::Rgba };
    let small = Png::new(2, 2, 6, 8);
    let icon = files::icon(&[(2, 32, small.file()), (4, 32, bitmap.clone())]);
    assert_eq!(read(&icon), Ok(Frame::new(shape, rgba)));

    // Any PNG, though Windows writes RGBA alone.
    let large = Png::indexed(9, 9, 4, true);
    let icon = files::icon(&[(4, 32, bitmap), (9, 8, large.file())]);
    assert_eq!(read(&icon), Ok(expected(&large)));
    let info = Info::read(&icon).unwrap();
    assert_eq!((info.frames, info.colour_type, info.alpha), (2, ColourType::Palette, true));
}

#[test]
fn bitmaps_and_tiff_of_few_bits() {
    let shape = Shape { width: 10, height: 2, layout: Layout::Rgb };
    // The lower row first; blue before red.
    let file = files::bilevel_bitmap(10, 2, &[0x80, 0x40, 0, 0, 0x7f, 0x80, 0, 0]);
    let (dark, bright) = ([30u8, 20, 10], [60, 50, 40]);
    let rows = [
        [&[dark][..], &[bright; 8], &[dark]].concat(),
        [&[bright][..], &[dark; 8], &[bright]].concat(),
    ];
    assert_eq!(read(&file), Ok(Frame::new(shape, rows.concat().concat())));

    let entries = [(258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 0), (277, 3, 1, 1)];
    let file = files::tiff(3, 1, &entries, &[0, 1, 255]);
    let shape = Shape { width: 3, height: 1, layout: Layout::L };
    // White is zero.
    assert_eq!(read(&file), Ok(Frame::new(shape, vec![255u8, 254, 0])));
}

/// A small file of each format and coding, and how many of its last bytes say nothing.
fn corpus() -> Vec<(Format, Vec<u8>, usize)> {
    let rgb = files::frame(6, 5, Layout::Rgb);
    let rgba = files::frame(6, 5, Layout::Rgba);
    let opaque: Vec<u8> = files::slope(6, 5, 4)
        .iter()
        .enumerate()
        .map(|(at, s)| if at % 4 == 3 { 255 } else { *s })
        .collect();
    let opaque = Frame::new(rgba.shape(), opaque);
    let slope = files::slope(16, 16, 4);
    let mut corpus = vec![
        (Format::Png, Png::indexed(6, 5, 4, true).file(), 0),
        (Format::Png, Png { interlaced: true, ..Png::new(6, 5, 6, 16) }.file(), 0),
        (Format::WebP, files::written(&rgba, ImageFormat::WebP), 0),
        // The last partition's padding.
        (Format::WebP, files::LOSSY_WEBP.to_vec(), 0),
        // An end code and two trailers.
        (Format::Gif, files::written(&opaque, ImageFormat::Gif), 4),
        (Format::Bmp, files::written(&rgb, ImageFormat::Bmp), 0),
        (Format::Bmp, files::bilevel_bitmap(10, 2, &[1, 2, 3, 4, 5, 6, 7, 8]), 0),
        (Format::Tiff, files::written(&rgb, ImageFormat::Tiff), 0),
        (Format::Ico, files::icon(&[(2, 32, Png::new(2, 2, 6, 8).file())]), 0),
        (Format::Ico, files::icon(&[(4, 32, files::icon_bitmap(4, 4, &[7; 64]))]), 0),
        (Format::Qoi, files::written(&rgba, ImageFormat::Qoi), 0),
        (Format::Pnm, b"P1 3 2\n101\n0 0 1".to_vec(), 0),
        (Format::Pnm, b"P3 2 1 255 1 2 3 4 5 6".to_vec(), 0),
        (Format::Pnm, files::written(&rgb, ImageFormat::Pnm), 0),
    ];
    for (colour, channels) in [(JpegColour::Luma, 1), (JpegColour::Rgb, 3), (JpegColour::Cmyk, 4)] {
        for progressive in [false, true] {
            let file = files::jpeg(16, 16, colour, &slope[..256 * channels], progressive);
            corpus.push((Format::Jpeg, file, 0));
        }
    }
    corpus
}

#[test]
fn every_cut_is_told() {
    for (format, file, meaningless) in corpus() {
        read(&file).unwrap_or_else(|error| panic!("{format:?} {error:?}"));
        for length in 1..file.len() - meaningless {
            let error = read(&file[..length]).expect_err("a cut file is no picture");
            assert_eq!(error, InputError::Truncated(format).into(), "{length} of {}", file.len());
            if let Err(error) = Info::read(&file[..length]) {
                let cut = InputError::Truncated(format).into();
                assert_eq!(error, cut, "{format:?} {length} of {}", file.len());
            }
        }
    }
}

#[test]
fn damage_is_told_or_harmless() {
    for (format, file, _) in corpus() {
        for at in 0..file.len() {
            for damage in [0, 0xff, file[at] ^ 1, file[at] ^ 0x80, file[at].wrapping_add(1)] {
                let mut damaged = file.clone();
                damaged[at] = damage;
                let known = match read(&damaged) {
                    Ok(frame) => frame.shape().samples() > 0,
                    Err(Error::Input(InputError::Truncated(_) | InputError::Malformed(_))) => true,
                    Err(Error::Unsupported(_)) => true,
                    Err(Error::Limit(limit)) => {
                        limit != LimitError::Exhausted || format != Format::Qoi
                    }
                    Err(_) => false,
                };
                assert!(known, "{format:?} {at} {damage}");
                let _ = Info::read(&damaged);
            }
        }
    }
}

#[test]
fn pictures_are_described_whatever_their_size() {
    let (wide, most) = (1 << 20, u32::MAX);
    let png = Png { width: wide as usize, height: 0, ..Png::new(1, 0, 2, 16) };
    let mut png = png.file();
    png[20..24].copy_from_slice(&0x7fff_ffffu32.to_be_bytes());
    let qoi = [&b"qoif"[..], &most.to_be_bytes(), &most.to_be_bytes(), &[4, 0]].concat();
    for (file, width, height, colour_type, bit_depth, alpha) in [
        (png, wide, 0x7fff_ffff, ColourType::Rgb, 16, false),
        (qoi, most, most, ColourType::Rgba, 8, true),
        (b"P6 4294967295 4294967295 65535\n".to_vec(), most, most, ColourType::Rgb, 16, false),
    ] {
        let info = Info::read(&file).unwrap();
        let expected = Info {
            format: info.format,
            width,
            height,
            orientation: 1,
            alpha,
            colour_type,
            bit_depth,
            frames: 1,
            bytes: file.len() as u64,
            icc_profile: None,
            camera: None,
        };
        assert_eq!(info, expected);
        let side = width.max(height);
        let error = Picture::open(&file, &LIMITS).err().unwrap();
        let long = LimitError::Side { actual: side, limit: LIMITS.side }.into();
        assert!(error == long || error == InputError::Truncated(info.format).into(), "{error:?}");
    }
}

#[test]
fn a_profile_is_named() {
    let mut profile = moxcms::ColorProfile::new_display_p3();
    profile.description = Some(moxcms::ProfileText::Localizable(vec![
        moxcms::LocalizableString::new("de".into(), "DE".into(), "Anzeige".into()),
        moxcms::LocalizableString::new("en".into(), "US".into(), "Display".into()),
    ]));
    let packed = fdeflate::compress_to_vec(&profile.encode().unwrap());
    let mut png = Png::new(3, 2, 2, 8);
    png.chunks.push((b"iCCP", [b"name\0\0", &packed[..]].concat()));
    assert_eq!(Info::read(&png.file()).unwrap().icc_profile.as_deref(), Some("Display"));
    assert_eq!(Info::read(&Png::new(3, 2, 2, 8).file()).unwrap().icc_profile, None);
}

#[test]
fn an_animation_is_described_and_its_first_frame_read() {
    let still = files::written(&files::frame(3, 2, Layout::Rgba), ImageFormat::WebP);
    let picture = &still[12..];
    let chunk = |kind: &[u8; 4], content: &[u8]| {
        [&kind[..], &(content.len() as u32).to_le_bytes(), content].concat()
    };
    let frame = chunk(b"ANMF", &[&[0; 6][..], &[2, 0, 0, 1, 0, 0], &[0; 4], picture].concat());
    let body = [
        &b"WEBP"[..],
        &chunk(b"VP8X", &[0x12, 0, 0, 0, 2, 0, 0, 1, 0, 0]),
        &chunk(b"ANIM", &[0; 6]),
        &frame,
        &frame,
    ]
    .concat();
    let file = chunk(b"RIFF", &body);
    let info = Info::read(&file).unwrap();
    assert_eq!((info.width, info.height, info.frames, info.alpha), (3, 2, 2, true));
    assert_eq!(read(&file), Ok(files::frame(3, 2, Layout::Rgba)));
}
