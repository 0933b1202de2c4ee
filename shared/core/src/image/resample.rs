//! Another number of columns and rows, by a Lanczos filter of three lobes.
//!
//! One axis after the other: rows are resampled first where that leaves fewer samples between the
//! two steps, else columns. Each step makes a frame of its own, so that what it takes is allocated
//! fallibly, and the one before is given back. Sums are in integers, weights come from
//! [`libm::sin`]: the same bits on every processor.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U8, U8x2, U8x3, U8x4, U16, U16x2, U16x3, U16x4};
use fast_image_resize::{Filter, FilterType, PixelTrait, ResizeAlg, ResizeOptions, Resizer};

use super::blur::is_opaque;
use super::limits::zeroed_samples;
use super::premultiply::{premultiply, unpremultiply};
use super::{Error, Frame, Layout, Samples, Shape};

/// Lobes of the filter on each side: how far it reaches, in pixels of the smaller picture.
const LOBES: f64 = 3.0;

/// Pixels along one axis that are made of a part of the source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Axis {
    /// Pixels of the source.
    source: u32,
    /// Where the part begins, in pixels of the source.
    start: f64,
    /// The part's length in pixels of the source.
    extent: f64,
    /// Pixels to be made.
    made: u32,
}

impl Axis {
    /// `source` pixels resampled to `scaled`, of which the `kept` ones in the middle are made. Of
    /// an odd pixel, more is left out at the end.
    pub fn new(source: u32, scaled: u64, kept: u32) -> Self {
        let step = f64::from(source) / scaled as f64;
        let is_whole = u64::from(kept) == scaled;
        let start = (scaled - u64::from(kept)) / 2;
        Self {
            source,
            start: start as f64 * step,
            extent: if is_whole { f64::from(source) } else { f64::from(kept) * step },
            made: kept,
        }
    }

    /// The pixels from `first` on, as they are.
    fn copied(source: u32, first: u32, made: u32) -> Self {
        Self { source, start: first.into(), extent: made.into(), made }
    }

    fn is_resampled(self) -> bool {
        self.extent != f64::from(self.made)
    }

    /// How far the filter reaches to each side, in pixels of the source.
    fn reach(self) -> f64 {
        LOBES * (self.extent / f64::from(self.made)).max(1.0)
    }

    /// The first pixel of the source that matters, and how many do.
    fn needed(self) -> (u32, u32) {
        let end = (self.start + self.extent + self.reach()).ceil().min(self.source.into());
        let first = (self.start - self.reach()).floor().max(0.0) as u32;
        (first, end as u32 - first)
    }

    /// The same where only the needed pixels of the source are there.
    fn narrowed(self) -> Self {
        let (first, source) = self.needed();
        Self { source, start: self.start - f64::from(first), ..self }
    }

    /// The most memory, in bytes, that the resampling library takes for the weights: of each pixel
    /// that is made a window of 64-bit floats and of up to 32-bit integers, and what keeps them.
    fn weights_bytes(self) -> u64 {
        const WEIGHT: u64 = (size_of::<f64>() + size_of::<i32>()) as u64;
        const WINDOW: u64 = 64;
        if !self.is_resampled() {
            return 0;
        }
        let weights = 2 * self.reach().ceil() as u64 + 1;
        u64::from(self.made) * (weights * WEIGHT + WINDOW)
    }
}

/// Both axes of a picture that is resampled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Resampling {
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

/// The Lanczos window of three lobes (Duchon, Lanczos Filtering in One and Two Dimensions, 1979):
/// `sinc(x) sinc(x / 3)` for `|x| < 3`.
fn lanczos(x: f64) -> f64 {
    if x.abs() < LOBES { sinc(x) * sinc(x / LOBES) } else { 0.0 }
}

/// `sin(pi x) / (pi x)`.
fn sinc(x: f64) -> f64 {
    let angle = std::f64::consts::PI * x;
    if angle == 0.0 { 1.0 } else { libm::sin(angle) / angle }
}
