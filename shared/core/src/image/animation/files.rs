//! Small animations, built for tests.

use std::borrow::Cow;

use image::ImageFormat;

use crate::image::files::{self, Png};
use crate::image::{Frame, Layout};

/// What a frame is beside its pixels: its place, whether it blends, its way of disposal (0 keep,
/// 1 clear, 2 restore), and a delay.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub left: u32,
    pub top: u32,
    pub blends: bool,
    pub disposal: u8,
    pub delay: (u16, u16),
}

pub const PLAIN: Part = Part { left: 0, top: 0, blends: false, disposal: 0, delay: (7, 100) };

/// A frame of a GIF whose pixels are these indices into a palette of eight colours, of which the
/// last is transparent where the frame says so.
pub struct Indices {
    pub part: Part,
    pub width: u16,
    pub height: u16,
    pub transparent: bool,
    pub interlaced: bool,
}

impl Indices {
    fn frame(&self, seed: usize) -> gif::Frame<'static> {
        let palette = (0..8u8).flat_map(|at| [at * 30, 255 - at * 20, at * at]).collect();
        let count = usize::from(self.width) * usize::from(self.height);
        let index = |at: usize| ((at + seed).wrapping_mul(0x9e37_79b9) >> 16) as u8 & 7;
        let mut indices: Vec<u8> = (0..count).map(index).collect();
        if self.interlaced {
            indices = interlaced(&indices, self.width.into());
        }
        gif::Frame {
            delay: self.part.delay.0,
            dispose: match self.part.disposal {
                0 => gif::DisposalMethod::Keep,
                1 => gif::DisposalMethod::Background,
                _ => gif::DisposalMethod::Previous,
            },
            transparent: self.transparent.then_some(7),
            top: self.part.top as u16,
            left: self.part.left as u16,
            width: self.width,
            height: self.height,
            interlaced: self.interlaced,
            palette: Some(palette),
            buffer: Cow::Owned(indices),
            needs_user_input: false,
        }
    }
}

/// Rows in the order of an interlaced GIF (89a, appendix E).
fn interlaced(indices: &[u8], width: usize) -> Vec<u8> {
    let rows: Vec<_> = indices.chunks(width).collect();
    let order = [(0, 8), (4, 8), (2, 4), (1, 2)];
    let order = order.into_iter().flat_map(|(first, step)| (first..rows.len()).step_by(step));
    order.flat_map(|row| rows[row].to_vec()).collect()
}

/// A GIF that is repeated so often, or not at all.
pub fn gif(width: u16, height: u16, repeat: Option<u16>, frames: &[Indices]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = gif::Encoder::new(&mut file, width, height, &[]).unwrap();
    let repeat = repeat.map_or(gif::Repeat::Finite(0), |times| match times {
        0 => gif::Repeat::Infinite,
        times => gif::Repeat::Finite(times),
    });
    encoder.set_repeat(repeat).unwrap();
    for (seed, frame) in frames.iter().enumerate() {
        encoder.write_frame(&frame.frame(seed * 31)).unwrap();
    }
    drop(encoder);
    file
}

/// An animated PNG of these frames, which are played so often; `hidden` is a picture that is not
/// part of it.
pub fn apng(canvas: &Png, hidden: bool, plays: u32, frames: &[(Png, Part)]) -> Vec<u8> {
    let still = canvas.file();
    let data = chunks(&still).find(|(kind, _)| kind == b"IDAT").unwrap().1;
    let mut chunks_before: Vec<_> =
        chunks(&still).take_while(|(kind, _)| kind != b"IDAT").collect();
    let control = [frames.len() as u32, plays].map(u32::to_be_bytes).concat();
    chunks_before.insert(1, (*b"acTL", control));
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in &chunks_before {
        file.extend(files::chunk(kind, content));
    }
    if hidden {
        file.extend(files::chunk(b"IDAT", &data));
    }
    let mut sequence = 0u32;
    for (at, (png, part)) in frames.iter().enumerate() {
        let (width, height) = (png.width as u32, png.height as u32);
        let mut control =
            [sequence, width, height, part.left, part.top].map(u32::to_be_bytes).concat();
        control.extend([part.delay.0, part.delay.1].map(u16::to_be_bytes).concat());
        control.extend([part.disposal, u8::from(part.blends)]);
        file.extend(files::chunk(b"fcTL", &control));
        sequence += 1;
        let data = chunks(&png.file()).find(|(kind, _)| kind == b"IDAT").unwrap().1;
        if at == 0 && !hidden {
            file.extend(files::chunk(b"IDAT", &data));
            continue;
        }
        // In two chunks, as writers have it.
        for half in data.chunks(data.len().div_ceil(2)) {
            file.extend(files::chunk(b"fdAT", &[&sequence.to_be_bytes(), half].concat()));
            sequence += 1;
        }
    }
    file.extend(files::chunk(b"IEND", b""));
    file
}

/// The chunks of a PNG.
fn chunks(file: &[u8]) -> impl Iterator<Item = ([u8; 4], Vec<u8>)> {
    let mut rest = &file[8..];
    std::iter::from_fn(move || {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let length = u32::from_be_bytes(*length) as usize;
        let kind = *after.first_chunk()?;
        rest = &after[4 + length + 4..];
        Some((kind, after[4..4 + length].to_vec()))
    })
}

/// An animated WebP of lossless pictures; delays are in milliseconds.
pub fn webp(width: u32, height: u32, alpha: bool, plays: u16, frames: &[(Frame, Part)]) -> Vec<u8> {
    let le24 = |number: u32| number.to_le_bytes()[..3].to_vec();
    let flags = if alpha { 0x12 } else { 0x02 };
    let canvas = [vec![flags, 0, 0, 0], le24(width - 1), le24(height - 1)].concat();
    let control = [&[9, 8, 7, 6][..], &plays.to_le_bytes()].concat();
    let mut body = [b"WEBP".to_vec(), riff(b"VP8X", &canvas), riff(b"ANIM", &control)].concat();
    for (frame, part) in frames {
        let shape = frame.shape();
        let still = files::written(frame, ImageFormat::WebP);
        let numbers =
            [part.left / 2, part.top / 2, shape.width - 1, shape.height - 1, part.delay.0.into()];
        let mut content = numbers.map(le24).concat();
        content.push(u8::from(!part.blends) << 1 | u8::from(part.disposal == 1));
        content.extend(&still[12..]);
        body.extend(riff(b"ANMF", &content));
    }
    riff(b"RIFF", &body)
}

fn riff(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let padding = &[0][..content.len() & 1];
    [&kind[..], &(content.len() as u32).to_le_bytes(), content, padding].concat()
}

/// A picture of 8 bits that tells where it is, opaque, transparent and between.
pub fn picture(width: u32, height: u32, layout: Layout, seed: u64) -> Frame {
    let frame = files::frame(width, height, layout);
    let samples = files::bytes(&frame).iter().enumerate().map(|(at, sample)| {
        let alpha = layout.has_alpha() && (at + 1).is_multiple_of(layout.channels());
        match (alpha, (at as u64 + seed) % 3) {
            (true, 0) => 0,
            (true, 1) => 255,
            _ => sample.wrapping_add(seed as u8),
        }
    });
    Frame::new(frame.shape(), samples.collect::<Vec<_>>())
}
