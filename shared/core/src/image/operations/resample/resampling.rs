//! Both axes, one after the other.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U8, U8x2, U8x3, U8x4, U16, U16x2, U16x3, U16x4};
use fast_image_resize::{Filter, FilterType, PixelTrait, ResizeAlg, ResizeOptions, Resizer};

use super::axis::Axis;
use super::lanczos::{LOBES, lanczos};
use crate::image::limits::zeroed_samples;
use crate::image::operations::premultiply::{premultiply, unpremultiply};
use crate::image::{Error, Frame, Layout, Samples, Shape};
use crate::pixels::blur::is_opaque;

/// Both axes of a picture that is resampled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resampling {
    /// From the left.
    pub x: Axis,
    /// From the top.
    pub y: Axis,
}

impl Resampling {
    /// The most memory, in bytes, beside a frame of this layout: the frames that are made, but not
    /// a second one that finds its place where the source was; and weights.
    pub fn scratch_bytes(self, layout: Layout, bytes_per_sample: u64) -> u64 {
        let bytes = |width, height| {
            Shape { width, height, layout }.samples().saturating_mul(bytes_per_sample)
        };
        let source = bytes(self.x.source, self.y.source);
        let weights = self.x.weights_bytes().max(self.y.weights_bytes());
        let made = |step: &Self| bytes(step.x.made, step.y.made);
        let frames = match self.steps().as_slice() {
            [] => 0,
            [only] => made(only),
            [first, rest @ ..] => {
                let larger = rest.iter().map(made).filter(|bytes| *bytes > source);
                larger.fold(made(first), u64::saturating_add)
            }
        };
        frames.saturating_add(weights)
    }

    /// Whether there is more to do than to cut.
    pub fn is_needed(self) -> bool {
        self.x.is_resampled() || self.y.is_resampled()
    }

    /// Resamples a frame with these axes' pixels, colour weighted by alpha.
    ///
    /// # Errors
    /// If memory cannot be had; of the picture then nothing useful is left.
    pub fn apply(self, frame: &mut Frame) -> Result<(), Error> {
        let steps = self.steps();
        if steps.is_empty() {
            frame.cut(self.x.start as u32, self.y.start as u32, self.x.made, self.y.made);
            return Ok(());
        }
        let layout = frame.shape.layout;
        let is_opaque = match &frame.samples {
            Samples::U8(samples) => is_opaque(layout, samples),
            Samples::U16(samples) => is_opaque(layout, samples),
        };
        if !is_opaque {
            match &mut frame.samples {
                Samples::U8(samples) => premultiply(layout, samples),
                Samples::U16(samples) => premultiply(layout, samples),
            }
        }
        for step in steps {
            step.make(frame)?;
        }
        if !is_opaque {
            match &mut frame.samples {
                Samples::U8(samples) => unpremultiply(layout, samples),
                Samples::U16(samples) => unpremultiply(layout, samples),
            }
        }
        Ok(())
    }

    /// One resampled axis at a time.
    fn steps(self) -> Vec<Self> {
        let Self { x, y } = self;
        match (x.is_resampled(), y.is_resampled()) {
            (false, false) => vec![],
            (true, false) | (false, true) => vec![self],
            (true, true) => {
                let ((left, columns), (top, rows)) = (x.needed(), y.needed());
                let pixels = |width: u32, height: u32| u64::from(width) * u64::from(height);
                if pixels(columns, y.made) <= pixels(x.made, rows) {
                    vec![
                        Self { x: Axis::copied(x.source, left, columns), y },
                        Self { x: x.narrowed(), y: Axis::copied(y.made, 0, y.made) },
                    ]
                } else {
                    vec![
                        Self { x, y: Axis::copied(y.source, top, rows) },
                        Self { x: Axis::copied(x.made, 0, x.made), y: y.narrowed() },
                    ]
                }
            }
        }
    }

    /// Makes the frame of a step.
    fn make(self, frame: &mut Frame) -> Result<(), Error> {
        let shape = Shape { width: self.x.made, height: self.y.made, ..frame.shape };
        match &mut frame.samples {
            Samples::U8(samples) => {
                let mut made = zeroed_samples::<u8>(shape)?;
                match shape.layout {
                    Layout::L => self.convolve::<U8>(samples, &mut made),
                    Layout::La => self.convolve::<U8x2>(samples, &mut made),
                    Layout::Rgb => self.convolve::<U8x3>(samples, &mut made),
                    Layout::Rgba => self.convolve::<U8x4>(samples, &mut made),
                }
                *samples = made;
            }
            Samples::U16(samples) => {
                let mut made = zeroed_samples::<u16>(shape)?;
                let from = bytemuck::cast_slice(samples);
                let to = bytemuck::cast_slice_mut(&mut made);
                match shape.layout {
                    Layout::L => self.convolve::<U16>(from, to),
                    Layout::La => self.convolve::<U16x2>(from, to),
                    Layout::Rgb => self.convolve::<U16x3>(from, to),
                    Layout::Rgba => self.convolve::<U16x4>(from, to),
                }
                *samples = made;
            }
        }
        frame.shape = shape;
        Ok(())
    }

    /// Lets the library do it: with one axis resampled it allocates nothing but weights.
    fn convolve<P: PixelTrait>(self, from: &[u8], to: &mut [u8]) {
        let Self { x, y } = self;
        let from = TypedImageRef::<P>::from_buffer(x.source, y.source, from);
        let to = TypedImage::<P>::from_buffer(x.made, y.made, to);
        let filter = Filter::new("Lanczos3", lanczos, LOBES).expect("lobes are finite");
        let options = ResizeOptions::new()
            .resize_alg(ResizeAlg::Convolution(FilterType::Custom(filter)))
            .crop(x.start, y.start, x.extent, y.extent)
            .use_alpha(false);
        resizer()
            .resize_typed(
                &from.expect("a frame has the samples of its shape"),
                &mut to.expect("a frame has the samples of its shape"),
                &options,
            )
            .expect("the part lies within the source");
    }
}

#[cfg(not(all(target_arch = "wasm32", not(target_feature = "simd128"))))]
fn resizer() -> Resizer {
    Resizer::new()
}

/// Without SIMD, although the library would take any wasm for capable of it.
#[cfg(all(target_arch = "wasm32", not(target_feature = "simd128")))]
fn resizer() -> Resizer {
    let mut resizer = Resizer::new();
    // SAFETY: every processor can do without extensions.
    unsafe { resizer.set_cpu_extensions(fast_image_resize::CpuExtensions::None) };
    resizer
}
