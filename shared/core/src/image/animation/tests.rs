//! Animations as they are read and written, against compositions by the book.

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::{AnimationDecoder, ImageDecoder};

use super::files::{self, Indices, PLAIN, Part};
use crate::image::files::Png;
use crate::image::reading::LIMITS;
use crate::image::{
    Encoding, Error, Frame, Info, InputError, Layout, LimitError, Limits, Output, Picture,
    Pipeline, Samples, Shape,
};

/// One frame of the file, by itself.
fn frame(file: &[u8], frame: u32) -> Result<Frame, Error> {
    let (pipeline, encoding) = (Pipeline::default(), Encoding::new(Output::Qoi));
    Picture::open(file, &LIMITS)?.frame(frame)?.plan(&pipeline, &encoding, &LIMITS, 0)?.decode()
}

/// The file after operations, in its own format or another.
fn transformed(file: &[u8], operations: &str, output: Option<Output>) -> Result<Vec<u8>, Error> {
    let picture = Picture::open(file, &LIMITS)?;
    let encoding = Encoding::new(output.unwrap_or(picture.kept()));
    let segments = operations.split('/').filter(|segment| !segment.is_empty());
    let pipeline = Pipeline::parse(segments, &Default::default()).unwrap();
    let mut made = Vec::new();
    picture.plan(&pipeline, &encoding, &LIMITS, 0)?.transform(&mut made, |_| {})?;
    Ok(made)
}

/// Levels of red, green, blue and alpha, and the largest there is.
fn pixels(frame: &Frame) -> (Vec<[u64; 4]>, u64) {
    let channels = frame.shape().layout.channels();
    let (samples, most): (Vec<u64>, _) = match frame.samples() {
        Samples::U8(samples) => (samples.iter().map(|s| u64::from(*s)).collect(), 255),
        Samples::U16(samples) => (samples.iter().map(|s| u64::from(*s)).collect(), 65_535),
    };
    let pixel = |pixel: &[u64]| match *pixel {
        [l] => [l, l, l, most],
        [l, a] => [l, l, l, a],
        [r, g, b] => [r, g, b, most],
        [r, g, b, a] => [r, g, b, a],
        _ => unreachable!(),
    };
    (samples.chunks(channels).map(pixel).collect(), most)
}

/// Source over destination, in rational numbers.
fn over([r, g, b, above]: [u64; 4], below: [u64; 4], most: u64) -> [u64; 4] {
    if above == 0 {
        return below;
    }
    let rest = below[3] * (most - above);
    let whole = above * most + rest;
    let mixed = |new: u64, old: u64| (2 * (new * above * most + old * rest) + whole) / (2 * whole);
    let alpha = (2 * whole + most) / (2 * most);
    [mixed(r, below[0]), mixed(g, below[1]), mixed(b, below[2]), alpha]
}

/// What a viewer shows of these frames, one whole canvas each.
fn composed(width: u32, height: u32, frames: &[(Frame, Part)]) -> Vec<Vec<[u64; 4]>> {
    let mut canvas = vec![[0; 4]; (width * height) as usize];
    let mut shown = Vec::new();
    for (picture, part) in frames {
        let before = canvas.clone();
        let (pixels, most) = pixels(picture);
        let shape = picture.shape();
        for (at, pixel) in pixels.into_iter().enumerate() {
            let (x, y) = (part.left + at as u32 % shape.width, part.top + at as u32 / shape.width);
            if x < width && y < height {
                let below = &mut canvas[(y * width + x) as usize];
                *below = if part.blends { over(pixel, *below, most) } else { pixel };
            }
        }
        shown.push(canvas.clone());
        for (at, pixel) in canvas.iter_mut().enumerate() {
            let (x, y) = (at as u32 % width, at as u32 / width);
            let inside = (part.left..part.left + shape.width).contains(&x)
                && (part.top..part.top + shape.height).contains(&y);
            match part.disposal {
                1 if inside => *pixel = [0; 4],
                2 => *pixel = before[at],
                _ => {}
            }
        }
    }
    shown
}

fn assert_frames(file: &[u8], expected: &[Vec<[u64; 4]>]) {
    for (number, expected) in expected.iter().enumerate() {
        let frame = frame(file, number as u32).unwrap();
        assert!(pixels(&frame).0 == *expected, "frame {number}: {frame:?} not {expected:?}");
    }
    let frames = expected.len() as u32;
    let past = InputError::NoFrame { frame: frames, frames };
    assert_eq!(frame(file, frames), Err(past.into()));
}

fn indices(part: Part, width: u16, height: u16) -> Indices {
    Indices { part, width, height, transparent: true, interlaced: false }
}

/// Every way of disposal, frames within and beyond the canvas, interlaced ones and opaque ones.
fn gifs() -> Vec<Vec<u8>> {
    let at = |left, top, disposal| Part { left, top, disposal, blends: true, ..PLAIN };
    let frames = |disposals: [u8; 4]| {
        [
            indices(at(0, 0, disposals[0]), 9, 7),
            Indices { interlaced: true, ..indices(at(2, 1, disposals[1]), 5, 6) },
            Indices { transparent: false, ..indices(at(6, 5, disposals[2]), 7, 9) },
            indices(at(8, 0, disposals[3]), 1, 1),
            indices(at(20, 20, 0), 3, 3),
        ]
    };
    let mut gifs: Vec<_> = [[0; 4], [1; 4], [2; 4], [0, 2, 1, 2], [1, 2, 2, 1], [2, 0, 2, 1]]
        .into_iter()
        .map(|disposals| files::gif(9, 7, Some(0), &frames(disposals)))
        .collect();
    for disposals in [[2; 3], [0, 2, 0]] {
        let opaque =
            |left, disposal| Indices { transparent: false, ..indices(at(left, 0, disposal), 9, 7) };
        let [first, second, third] = disposals;
        let frames = [opaque(0, first), opaque(3, second), opaque(5, third)];
        gifs.push(files::gif(9, 7, None, &frames));
    }
    gifs
}

/// The frames as the `image` crate composes them.
fn gif_frames(file: &[u8]) -> Vec<Vec<u8>> {
    let frames = GifDecoder::new(Cursor::new(file)).unwrap().into_frames();
    frames.map(|frame| frame.unwrap().into_buffer().into_raw()).collect()
}

fn png_frames(file: &[u8]) -> Vec<Vec<u8>> {
    let frames = PngDecoder::new(Cursor::new(file)).unwrap().apng().unwrap().into_frames();
    frames.map(|frame| frame.unwrap().into_buffer().into_raw()).collect()
}

#[test]
fn gifs_are_composed_as_another_decoder_does() {
    for file in gifs() {
        let expected = gif_frames(&file);
        for (number, expected) in expected.iter().enumerate() {
            let frame = frame(&file, number as u32).unwrap();
            assert!(frame.to_rgba().unwrap() == *expected, "frame {number}");
        }
        assert!(frame(&file, expected.len() as u32).is_err());
    }
    let opaque = frame(gifs().last().unwrap(), 1).unwrap();
    assert_eq!(opaque.shape(), Shape { width: 9, height: 7, layout: Layout::Rgb });
}

/// The frame that a PNG is by itself.
fn still(png: &Png) -> Frame {
    frame(&png.file(), 0).unwrap()
}

#[test]
fn pngs_are_composed_by_the_book() {
    let parts = [
        PLAIN,
        Part { left: 1, top: 2, blends: true, disposal: 1, ..PLAIN },
        Part { left: 3, blends: true, disposal: 2, ..PLAIN },
        Part { top: 1, disposal: 2, ..PLAIN },
        Part { left: 4, top: 3, blends: true, ..PLAIN },
    ];
    let sides = [(9, 7), (6, 5), (4, 7), (9, 3), (5, 4)];
    let kinds = [(0, 8), (0, 1), (0, 16), (2, 8), (2, 16), (4, 8), (4, 16), (6, 8), (6, 16)];
    let restored = parts.map(|part| Part { disposal: 2, ..part });
    for (colour, depth) in kinds.into_iter().chain([(3, 8), (3, 2)]) {
        for interlaced in [false, true] {
            let png = |(width, height)| match colour {
                3 => Png { interlaced, ..Png::indexed(width, height, depth, true) },
                _ => Png { interlaced, ..Png::new(width, height, colour, depth) },
            };
            let frames: Vec<_> = sides.map(png).into_iter().zip(parts).collect();
            let mut pictures: Vec<_> =
                frames.iter().map(|(png, part)| (still(png), *part)).collect();
            let file = files::apng(&png((9, 7)), false, 0, &frames);
            assert_frames(&file, &composed(9, 7, &pictures));
            for (frame, part) in pictures.iter_mut().zip(restored) {
                frame.1 = part;
            }
            let frames: Vec<_> = frames.into_iter().map(|(png, _)| png).zip(restored).collect();
            let file = files::apng(&png((9, 7)), false, 0, &frames);
            assert_frames(&file, &composed(9, 7, &pictures));
            // Another picture comes before them, and the first does not cover the canvas.
            let file = files::apng(&png((9, 7)), true, 0, &frames[1..]);
            assert_frames(&file, &composed(9, 7, &pictures[1..]));
        }
    }
}

#[test]
fn an_animation_of_one_frame_is_that_frame() {
    let hidden = Png::new(5, 4, 2, 8);
    let shown = Png::new(3, 2, 2, 8);
    let part = Part { left: 1, top: 1, ..PLAIN };
    let file = files::apng(&hidden, true, 0, &[(shown.clone(), part)]);
    assert_frames(&file, &composed(5, 4, &[(still(&shown), part)]));
    // It may be written in any format.
    transformed(&file, "", Some(Output::Jpeg)).unwrap();
}

#[test]
fn webps_are_composed_by_the_book() {
    let parts = [
        PLAIN,
        Part { left: 2, top: 2, blends: true, disposal: 1, ..PLAIN },
        Part { left: 4, blends: true, ..PLAIN },
        Part { top: 2, disposal: 1, ..PLAIN },
        Part { left: 2, top: 4, blends: true, ..PLAIN },
    ];
    let sides = [(9, 7), (6, 5), (4, 7), (9, 3), (5, 3)];
    for layout in [Layout::Rgb, Layout::Rgba] {
        let picture = |(at, (width, height))| files::picture(width, height, layout, at);
        let pictures = (0..).zip(sides).map(picture);
        let frames: Vec<_> = pictures.zip(parts).collect();
        let file = files::webp(9, 7, layout.has_alpha(), 3, &frames);
        assert_frames(&file, &composed(9, 7, &frames));
        let file = files::webp(9, 7, layout.has_alpha(), 3, &frames[1..]);
        assert_frames(&file, &composed(9, 7, &frames[1..]));
    }
}

/// Animations of every format, with the delays of their frames in milliseconds.
fn animations() -> Vec<(Vec<u8>, Vec<u32>)> {
    let delayed = |delay, part: Part| Part { delay, ..part };
    let gif = |delay, part: Part| indices(delayed((delay, 100), part), 6, 5);
    let inner = Part { left: 1, top: 1, blends: true, disposal: 1, ..PLAIN };
    let gif = files::gif(7, 6, Some(2), &[gif(0, PLAIN), gif(3, inner), gif(500, PLAIN)]);
    let png = |part, delay, colour| (Png::new(7, 6, colour, 8), delayed(delay, part));
    let rgba = [png(PLAIN, (0, 0), 6), png(PLAIN, (3, 0), 6), png(PLAIN, (5, 1), 6)];
    let gray = [png(PLAIN, (1, 4), 0), png(PLAIN, (1, 1_000), 0)];
    let webp = |seed, delay, part| {
        (files::picture(6, 4, Layout::Rgba, seed), delayed((delay, 1_000), part))
    };
    let inner = Part { left: 0, ..inner };
    let webp = files::webp(7, 6, true, 3, &[webp(0, 40, PLAIN), webp(1, 65_535, inner)]);
    vec![
        (gif, vec![0, 30, 5_000]),
        (files::apng(&rgba[0].0, false, 3, &rgba), vec![0, 30, 5_000]),
        (files::apng(&gray[0].0, false, 3, &gray), vec![250, 1]),
        (webp, vec![40, 65_535]),
    ]
}

#[test]
fn every_frame_is_changed_and_written() {
    let operations = "flip/resize:14x12!/grayscale";
    for (file, delays) in animations() {
        for output in [Output::Png, Output::Gif] {
            let made = transformed(&file, operations, Some(output)).unwrap();
            let shown = if output == Output::Png { png_frames(&made) } else { gif_frames(&made) };
            assert_eq!(shown.len(), delays.len());
            for (number, shown) in shown.iter().enumerate() {
                let mut expected = frame(&file, number as u32).unwrap();
                operations.parse::<Pipeline>().unwrap().apply(&mut expected, |_| {}).unwrap();
                let mut expected = expected.to_rgba().unwrap();
                if output == Output::Gif {
                    on_or_off(&mut expected);
                }
                assert!(*shown == expected, "{output:?} {number}");
            }
        }
    }
}

/// Alpha as a GIF has it.
fn on_or_off(rgba: &mut [u8]) {
    for pixel in rgba.chunks_mut(4) {
        match pixel[3] {
            128.. => pixel[3] = 255,
            _ => pixel.fill(0),
        }
    }
}

#[test]
fn delays_and_loops_are_kept() {
    for (file, delays) in animations() {
        let made = transformed(&file, "", Some(Output::Png)).unwrap();
        let mut reader = png::Decoder::new(Cursor::new(&made)).read_info().unwrap();
        let control = *reader.info().animation_control().unwrap();
        assert_eq!((control.num_frames as usize, control.num_plays), (delays.len(), 3));
        let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
        for expected in &delays {
            reader.next_frame(&mut buffer).unwrap();
            let control = reader.info().frame_control().unwrap();
            let (numerator, denominator) = (u32::from(control.delay_num), control.delay_den);
            assert_eq!(numerator * 1_000 / u32::from(denominator), *expected);
            assert_eq!((control.width, control.height), (7, 6));
        }
        let made = transformed(&file, "", Some(Output::Gif)).unwrap();
        let mut decoder = gif::DecodeOptions::new().read_info(&made[..]).unwrap();
        assert_eq!(decoder.repeat(), gif::Repeat::Finite(2));
        for expected in delays {
            let frame = decoder.read_next_frame().unwrap().unwrap();
            assert_eq!(u32::from(frame.delay), (expected + 5) / 10);
        }
    }
    for (repeat, plays) in [(None, 1), (Some(0), 0), (Some(1), 2), (Some(65_535), 65_536)] {
        let file = files::gif(6, 5, repeat, &[indices(PLAIN, 6, 5), indices(PLAIN, 6, 5)]);
        let made = transformed(&file, "", Some(Output::Png)).unwrap();
        let reader = png::Decoder::new(Cursor::new(&made)).read_info().unwrap();
        assert_eq!(reader.info().animation_control().unwrap().num_plays, plays);
        let made = transformed(&file, "", None).unwrap();
        let expected = gif::DecodeOptions::new().read_info(&file[..]).unwrap().repeat();
        assert_eq!(gif::DecodeOptions::new().read_info(&made[..]).unwrap().repeat(), expected);
    }
}

#[test]
fn an_animation_keeps_its_format_or_becomes_png() {
    let begin = |file: &[u8]| transformed(file, "", None).unwrap()[..4].to_vec();
    let begins: Vec<_> = animations().iter().map(|(file, _)| begin(file)).collect();
    assert_eq!(begins, [&b"GIF8"[..], b"\x89PNG", b"\x89PNG", b"\x89PNG"]);
}

#[test]
fn sixteen_bits_are_kept() {
    let frames = [(Png::new(5, 4, 2, 16), PLAIN), (Png::new(5, 4, 2, 16), PLAIN)];
    let made = transformed(&files::apng(&frames[0].0, false, 0, &frames), "flip", None).unwrap();
    for number in 0..2 {
        let mut expected = still(&frames[0].0);
        "flip".parse::<Pipeline>().unwrap().apply(&mut expected, |_| {}).unwrap();
        assert!(matches!(expected.samples(), Samples::U16(_)));
        assert_eq!(frame(&made, number), Ok(expected));
    }
}

#[test]
fn orientation_and_profile_are_those_of_every_frame() {
    let turned = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let packed = [&b"p3\0\0"[..], &fdeflate::compress_to_vec(&profile)].concat();
    let mut canvas = Png::new(5, 3, 2, 8);
    canvas.chunks = vec![(b"eXIf", turned.to_vec()), (b"iCCP", packed)];
    let parts = [PLAIN, Part { left: 2, top: 1, ..PLAIN }];
    let frames = [(canvas.clone(), parts[0]), (Png::new(3, 2, 2, 8), parts[1])];
    let file = files::apng(&canvas, false, 0, &frames);
    // Frame 0 is the still picture; of frame 1 the same rectangle is another, seen from the right.
    assert_eq!(frame(&file, 0), Ok(still(&canvas)));
    let second = frame(&file, 1).unwrap();
    assert_eq!(second.shape(), Shape { width: 3, height: 5, layout: Layout::Rgb });
    let mut patch = Png::new(3, 2, 2, 8);
    patch.chunks = canvas.chunks;
    let [(second, _), (first, _), (patch, _)] =
        [&second, &still(&frames[0].0), &still(&patch)].map(pixels);
    for (at, pixel) in second.iter().enumerate() {
        // What is at (x, y) was stored at (y, 2 - x).
        let (x, y) = (at % 3, at / 3);
        let expected = if x < 2 && y >= 2 { patch[(y - 2) * 2 + x] } else { first[at] };
        assert_eq!(*pixel, expected, "{x} {y}");
    }
}

#[test]
fn what_a_format_or_an_operation_cannot_do_is_told() {
    let (file, _) = &animations()[0];
    for format in [Output::Jpeg, Output::WebP, Output::Qoi] {
        let error = transformed(file, "", Some(format)).unwrap_err();
        assert_eq!(error, InputError::AnimationNotHeld { format, frames: 3 }.into());
    }
    let message = |error: Result<Vec<u8>, Error>| error.unwrap_err().to_string();
    assert_eq!(
        message(transformed(file, "", Some(Output::Jpeg))),
        "The picture has 3 frames, of which jpeg holds one; png and gif hold all, and 'frame' picks one."
    );
    assert_eq!(
        message(transformed(file, "flip/trim:7", None)),
        "The segment 'trim:7' can't be applied to 3 frames, of which each would get another size; 'frame' picks one."
    );
    let past = |file: &[u8], number| frame(file, number).unwrap_err().to_string();
    assert_eq!(past(file, 3), "There is no frame 3; the picture has the frames 0 to 2.");
    let still = Png::new(1, 1, 0, 8).file();
    assert_eq!(past(&still, 1), "There is no frame 1; the picture has only frame 0.");
}

#[test]
fn all_frames_count() {
    let (file, _) = &animations()[0];
    let plan = |pixels, number: Option<u32>| {
        let limits = Limits { pixels, ..LIMITS };
        let (pipeline, encoding) = (Pipeline::default(), Encoding::new(Output::Gif));
        let mut picture = Picture::open(file, &limits)?;
        if let Some(number) = number {
            picture = picture.frame(number)?;
        }
        picture.plan(&pipeline, &encoding, &limits, 0).map(|_| ())
    };
    // The canvas has 42 pixels.
    for (number, frames) in [(None, 3), (Some(2), 3), (Some(1), 2)] {
        let (actual, limit) = (42 * u64::from(frames), 42 * u64::from(frames) - 1);
        assert_eq!(plan(actual, number), Ok(()));
        let error = LimitError::Frames { frames, actual, limit };
        assert_eq!(plan(limit, number), Err(error.into()));
    }
    assert_eq!(plan(42, Some(0)), Ok(()));
    let message = plan(125, None).unwrap_err().to_string();
    assert_eq!(message, "The 3 frames have 126 pixels in all; at most 125 are allowed.");
    let many = |frames| {
        let frames: Vec<_> = (0..frames).map(|_| indices(PLAIN, 1, 1)).collect();
        transformed(&files::gif(1, 1, None, &frames), "", None)
    };
    assert!(many(10_000).is_ok());
    let message = many(10_001).unwrap_err().to_string();
    assert_eq!(message, "There are 10001 frames to read; at most 10000 are allowed.");
    // A frame that is larger than its canvas is unpacked whole.
    let large = files::gif(2, 2, None, &[indices(PLAIN, 2, 2), indices(PLAIN, 40, 30)]);
    let limits = Limits { pixels: 2_399, ..LIMITS };
    let error = LimitError::Frames { frames: 2, actual: 2_400, limit: 2_399 };
    let (pipeline, encoding) = (Pipeline::default(), Encoding::new(Output::Gif));
    let plan = Picture::open(&large, &limits).unwrap().plan(&pipeline, &encoding, &limits, 0);
    assert_eq!(plan.map(|_| ()), Err(error.into()));
}

#[test]
fn every_cut_of_an_animation_is_told() {
    for (file, _) in animations() {
        for length in 1..file.len() {
            let error = transformed(&file[..length], "", Some(Output::Png)).unwrap_err();
            let cut = matches!(error, Error::Input(InputError::Truncated(_)));
            assert!(cut, "{length} of {}: {error:?}", file.len());
        }
    }
}

#[test]
fn damage_to_an_animation_is_told_or_harmless() {
    for (file, _) in animations() {
        for at in 0..file.len() {
            for damage in [0, 0xff, file[at] ^ 1, file[at] ^ 0x80, file[at].wrapping_add(1)] {
                let mut damaged = file.clone();
                damaged[at] = damage;
                let Ok(made) = transformed(&damaged, "flip", Some(Output::Gif)) else { continue };
                let frames = Info::read(&damaged).unwrap().frames;
                assert_eq!(gif_frames(&made).len() as u32, frames, "{at} {damage}");
            }
        }
    }
}

#[test]
fn a_gif_of_flat_colours_comes_back_as_it_was() {
    for file in gifs() {
        let twice = transformed(&transformed(&file, "flip", None).unwrap(), "flip", None).unwrap();
        let shown = |file: &[u8]| {
            let mut frames = gif_frames(file);
            frames.iter_mut().for_each(|rgba| on_or_off(rgba));
            frames
        };
        assert!(shown(&twice) == shown(&file));
        assert_eq!(GifDecoder::new(Cursor::new(&twice)).unwrap().dimensions(), (9, 7));
    }
}
