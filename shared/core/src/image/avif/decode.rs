//! A picture from AV1's planes.

use image::metadata::Orientation;
use moxcms::ColorProfile;
use re_rav1d::dav1d::{self, Decoder, PixelLayout, PlanarImageComponent, Settings};

use super::colours::{Matrix, Range};
use super::meta::{CodePoints, Item, Primary};
use super::obu::Stream;
use super::rows::{Chroma, Plane};
use crate::image::file::profile::{convert_to_srgb, to_srgb};
use crate::image::limits::zeroed_samples;
use crate::image::{Error, Format, Frame, InputError, Layout, Shape, UnsupportedError};
use crate::pixels::buffer::zeroed;

const MALFORMED: Error = Error::Input(InputError::Malformed(Format::Avif));

/// A file whose headers have been read.
pub(in crate::image) struct Avif<'a> {
    file: &'a [u8],
    primary: Primary<'a>,
    colour: Stream,
    alpha: Option<Stream>,
    points: CodePoints,
    pub(in crate::image) shape: Shape,
    pub(in crate::image) bytes_per_sample: u64,
    pub(in crate::image) orientation: Orientation,
    /// What decoding takes beside the frame, in bytes.
    pub(in crate::image) scratch_bytes: u64,
}

impl<'a> Avif<'a> {
    /// Opens a file that was [checked](crate::image::file::header::checked).
    pub(in crate::image) fn open(file: &'a [u8]) -> Result<Self, Error> {
        let primary = Primary::read(file)?;
        let colour = stream(&primary.colour, file)?;
        let alpha = primary.alpha.as_ref().map(|alpha| stream(alpha, file)).transpose()?;
        let layout = match (colour.monochrome, alpha.is_some()) {
            (true, false) => Layout::L,
            (true, true) => Layout::La,
            (false, false) => Layout::Rgb,
            (false, true) => Layout::Rgba,
        };
        let unspecified = CodePoints {
            primaries: 2,
            transfer: 2,
            matrix: colour.matrix,
            full_range: colour.full_range,
        };
        let points = primary.colour.code_points.unwrap_or(unspecified);
        Matrix::new(points, colour.bit_depth, u16::MAX)?;
        if primary.colour.profile.is_none() {
            profile(points)?;
        }
        let memory = |stream: &Stream| stream.memory_bytes() + file.len() as u64;
        Ok(Self {
            file,
            shape: Shape { width: colour.width, height: colour.height, layout },
            bytes_per_sample: if colour.bit_depth > 8 { 2 } else { 1 },
            orientation: primary.colour.orientation(),
            scratch_bytes: memory(&colour).max(alpha.as_ref().map_or(0, memory)),
            primary,
            colour,
            alpha,
            points,
        })
    }

    pub(in crate::image) fn decode(self) -> Result<Frame, Error> {
        let mut frame = match self.bytes_per_sample {
            1 => Frame::new(self.shape, self.samples(u8::MAX.into(), |level| level as u8)?),
            _ => Frame::new(self.shape, self.samples(u16::MAX, |level| level as u16)?),
        };
        match self.primary.colour.profile {
            Some(profile) => to_srgb(&mut frame, profile)?,
            None if self.shape.layout.is_gray() => {}
            None => {
                if let Some(profile) = profile(self.points)? {
                    convert_to_srgb(&mut frame, &profile)?;
                }
            }
        }
        Ok(frame)
    }

    /// The frame's samples, whose levels go up to `most`: the colours, and then alpha, so that one
    /// decoded picture is held at a time.
    fn samples<S: Copy + Default + Into<i64>>(
        &self,
        most: u16,
        sample: impl Fn(i32) -> S,
    ) -> Result<Vec<S>, Error> {
        let mut samples = zeroed_samples::<S>(self.shape)?;
        let pixels = Picture::decode(&self.primary.colour, &self.colour, self.file)?;
        self.put_colours(&pixels, most, &sample, &mut samples)?;
        drop(pixels);
        if let (Some(item), Some(stream)) = (&self.primary.alpha, &self.alpha) {
            let pixels = Picture::decode(item, stream, self.file)?;
            self.put_alpha(&pixels, stream, most, &sample, &mut samples)?;
        }
        Ok(samples)
    }

    fn put_colours<S: Copy>(
        &self,
        pixels: &Picture,
        most: u16,
        sample: &impl Fn(i32) -> S,
        samples: &mut [S],
    ) -> Result<(), Error> {
        let (width, stream) = (self.shape.width as usize, &self.colour);
        let channels = self.shape.layout.channels();
        let luma = pixels.plane(PlanarImageComponent::Y);
        let mut row = [zeroed(width)?, zeroed(width)?, zeroed(width)?];
        let rows = samples.chunks_exact_mut(width * channels).enumerate();
        if stream.monochrome {
            let range = Range::luma(stream.bit_depth, self.points.full_range, most);
            for (y, out) in rows {
                luma.as_plane().read(y, &mut row[0]);
                for (pixel, luma) in out.chunks_exact_mut(channels).zip(&row[0]) {
                    pixel[0] = sample(range.level(*luma));
                }
            }
            return Ok(());
        }
        let matrix = Matrix::new(self.points, stream.bit_depth, most)?;
        let (blue, red) =
            (pixels.plane(PlanarImageComponent::U), pixels.plane(PlanarImageComponent::V));
        let mut blue = Chroma::new(blue.as_plane(), stream.halves)?;
        let mut red = Chroma::new(red.as_plane(), stream.halves)?;
        for (y, out) in rows {
            luma.as_plane().read(y, &mut row[0]);
            blue.read(y, &mut row[1]);
            red.read(y, &mut row[2]);
            let planes = row[0].iter().zip(&row[1]).zip(&row[2]);
            for (pixel, ((first, second), third)) in out.chunks_exact_mut(channels).zip(planes) {
                let rgb = matrix.rgb([*first, *second, *third]);
                pixel[..3].copy_from_slice(&rgb.map(sample));
            }
        }
        Ok(())
    }

    /// Puts alpha, and divides the colours by it where they were multiplied.
    fn put_alpha<S: Copy + Into<i64>>(
        &self,
        pixels: &Picture,
        stream: &Stream,
        most: u16,
        sample: &impl Fn(i32) -> S,
        samples: &mut [S],
    ) -> Result<(), Error> {
        let (width, channels) = (self.shape.width as usize, self.shape.layout.channels());
        let range = Range::luma(stream.bit_depth, stream.full_range, most);
        let plane = pixels.plane(PlanarImageComponent::Y);
        let mut row = zeroed(width)?;
        for (y, out) in samples.chunks_exact_mut(width * channels).enumerate() {
            plane.as_plane().read(y, &mut row);
            for (pixel, alpha) in out.chunks_exact_mut(channels).zip(&row) {
                let alpha = range.level(*alpha);
                let (last, colours) = pixel.split_last_mut().expect("a pixel has channels");
                *last = sample(alpha);
                if self.primary.premultiplied {
                    for colour in colours {
                        *colour = sample(straight((*colour).into(), alpha.into(), most.into()));
                    }
                }
            }
        }
        Ok(())
    }
}

/// The profile of colours that are told by code points (ITU-T H.273, 8.1 and 8.2) and are not
/// sRGB's, or nearly so. Those of high dynamic range cannot be shown in it.
fn profile(points: CodePoints) -> Result<Option<ColorProfile>, Error> {
    Ok(match (points.primaries, points.transfer) {
        (1 | 2 | 5..=7, 1 | 2 | 6 | 13..=15) => None,
        (9, 1 | 6 | 14 | 15) => Some(ColorProfile::new_bt2020()),
        (12, 13) => Some(ColorProfile::new_display_p3()),
        _ => return Err(UnsupportedError::Feature(Format::Avif).into()),
    })
}

/// A level that was multiplied by alpha, as it was before.
fn straight(level: i64, alpha: i64, most: i64) -> i32 {
    if alpha == 0 { 0 } else { ((level * most + alpha / 2) / alpha).min(most) as i32 }
}

/// The headers of an item's data, which must say what the container does.
fn stream(item: &Item, file: &[u8]) -> Result<Stream, Error> {
    let stream = Stream::read(&item.data(file)?)?;
    let same = (stream.width, stream.height) == (item.width, item.height)
        && (stream.bit_depth, stream.monochrome) == (item.bit_depth, item.monochrome);
    if same { Ok(stream) } else { Err(MALFORMED) }
}

/// A decoded picture.
struct Picture<'a> {
    stream: &'a Stream,
    picture: dav1d::Picture,
}

impl<'a> Picture<'a> {
    fn decode(item: &Item, stream: &'a Stream, file: &[u8]) -> Result<Self, Error> {
        let data = item.data(file)?;
        let mut copy = zeroed::<u8>(data.len())?;
        copy.copy_from_slice(&data);
        let mut settings = Settings::new();
        settings.set_n_threads(1);
        settings.set_max_frame_delay(1);
        settings.set_frame_size_limit(stream.width * stream.height);
        let picture = Decoder::with_settings(&settings).and_then(|mut decoder| {
            decoder.send_data(copy, None, None, None)?;
            decoder.get_picture()
        });
        let picture = picture.map_err(|_| MALFORMED)?;
        let depth = picture.bits_per_component().map(|depth| depth.0);
        let halves = match picture.pixel_layout() {
            PixelLayout::I422 => [true, false],
            PixelLayout::I444 => [false; 2],
            PixelLayout::I400 | PixelLayout::I420 => [true; 2],
        };
        let same = (picture.width(), picture.height()) == (stream.width, stream.height)
            && depth == Some(stream.bit_depth.into())
            && halves == stream.halves;
        if same { Ok(Self { stream, picture }) } else { Err(MALFORMED) }
    }

    fn plane(&self, component: PlanarImageComponent) -> Decoded<'_> {
        Decoded { of: self, component, samples: self.picture.plane(component) }
    }
}

/// One of its planes.
struct Decoded<'a> {
    of: &'a Picture<'a>,
    component: PlanarImageComponent,
    samples: dav1d::Plane,
}

impl Decoded<'_> {
    fn as_plane(&self) -> Plane<'_> {
        let stream = self.of.stream;
        let [columns, rows] = match self.component {
            PlanarImageComponent::Y => [false; 2],
            _ => stream.halves,
        };
        let side = |side: u32, half: bool| side.div_ceil(if half { 2 } else { 1 }) as usize;
        Plane {
            samples: &self.samples,
            stride: self.of.picture.stride(self.component) as usize,
            wide: stream.bit_depth > 8,
            width: side(stream.width, columns),
            height: side(stream.height, rows),
        }
    }
}
