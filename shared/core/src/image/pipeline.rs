//! Operations in order.

use std::fmt;
use std::str::FromStr;

use super::operation::Operation;
use super::operations::tone::{self, Tone};
use super::syntax::{Defaults, SyntaxError};
use super::{Error, Frame, InputError, Limits, Shape};

/// Operations in order, each on the result of the one before. In text it is its canonical form:
/// segments between slashes, defaults filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pipeline {
    operations: Vec<Operation>,
}

impl Pipeline {
    /// The most operations.
    pub const MOST: usize = 16;

    /// Reads segments such as `resize:800x600` and `grayscale`, the first of them at position 0.
    pub fn parse<'a>(
        segments: impl IntoIterator<Item = &'a str>,
        defaults: &Defaults,
    ) -> Result<Self, SyntaxError> {
        let operations = segments
            .into_iter()
            .enumerate()
            .map(|(at, text)| Operation::parse(at, text, defaults))
            .collect::<Result<Vec<_>, _>>()?;
        match operations.len() {
            actual if actual > Self::MOST => Err(SyntaxError::TooMany { actual }),
            _ => Ok(Self { operations }),
        }
    }

    /// The same operations, and one more.
    pub(super) fn then(mut self, operation: Operation) -> Self {
        self.operations.push(operation);
        self
    }

    /// The shape that each of so many frames has in the end, and the most memory, in bytes, that one
    /// of them and the work on it take on the way. Every shape on the way is within the limits.
    pub(super) fn plan(
        &self,
        shape: Shape,
        bytes_per_sample: u64,
        frames: u32,
        limits: &Limits,
    ) -> Result<(Shape, u64), Error> {
        let frame = |shape: Shape| shape.samples().saturating_mul(bytes_per_sample);
        let (mut last, mut peak) = (shape, frame(shape));
        for (first, pass) in self.passes() {
            let before = last;
            let scratch = match pass {
                [operation] => operation.scratch_bytes(before, bytes_per_sample),
                operations => tone::scratch_bytes(&tones(operations), before, bytes_per_sample),
            };
            for (at, operation) in pass.iter().enumerate() {
                let segment = first + at;
                if frames > 1 && !operation.treats_alike() {
                    let operation = *operation;
                    return Err(InputError::NotForAnimations { segment, operation, frames }.into());
                }
                last = operation.shape(last).map_err(|error| error.in_segment(segment))?;
                limits.check_frames(last, frames)?;
            }
            peak = peak.max(frame(before).saturating_add(scratch)).max(frame(last));
        }
        Ok((last, peak))
    }

    /// Applies all operations. Tones in a row are done in one pass. After each pass `done` is told
    /// the names of its operations.
    pub fn apply(
        &self,
        frame: &mut Frame,
        mut done: impl FnMut(&[Operation]),
    ) -> Result<(), Error> {
        for (first, pass) in self.passes() {
            let applied = match pass {
                [operation] => operation.apply(frame),
                operations => tone::apply(&tones(operations), frame),
            };
            applied.map_err(|error| error.in_segment(first))?;
            done(pass);
        }
        Ok(())
    }

    /// Whether anything is averaged in linear light.
    pub fn is_linear(&self) -> bool {
        self.operations.iter().any(|operation| matches!(operation, Operation::Linear(_)))
    }

    /// Whether the picture's colours make no difference, but for their luma: nothing but geometry
    /// comes before `grayscale`.
    pub(super) fn needs_only_luma(&self) -> bool {
        let first = self.operations.iter().find(|operation| !operation.is_geometry());
        first == Some(&Operation::Tone(Tone::Grayscale))
    }

    /// Operations that are done at once, each with the position of the first of them: tones in a
    /// row, or one of the others.
    fn passes(&self) -> impl Iterator<Item = (usize, &[Operation])> {
        let is_tone = |operation: &Operation| matches!(operation, Operation::Tone(_));
        let passes = self.operations.chunk_by(move |one, next| is_tone(one) && is_tone(next));
        passes.scan(0, |next, pass| {
            let first = *next;
            *next += pass.len();
            Some((first, pass))
        })
    }
}

fn tones(operations: &[Operation]) -> Vec<Tone> {
    let tone = |operation: &Operation| match operation {
        Operation::Tone(tone) => Some(*tone),
        _ => None,
    };
    operations.iter().filter_map(tone).collect()
}

/// Reads segments between slashes, as in the path of a URL; what an operation leaves out is its own
/// default.
impl FromStr for Pipeline {
    type Err = SyntaxError;

    fn from_str(text: &str) -> Result<Self, SyntaxError> {
        Self::parse(text.split('/'), &Defaults::default())
    }
}

impl fmt::Display for Pipeline {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, operation) in self.operations.iter().enumerate() {
            write!(out, "{}{operation}", if at == 0 { "" } else { "/" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::{Crop, InputError, Layout, LimitError, Place, Trim};

    const LIMITS: Limits = Limits { side: 1_000, pixels: 500_000, memory_bytes: u64::MAX };

    fn pipeline(text: &str) -> Pipeline {
        text.parse().unwrap()
    }

    const fn shape(width: u32, height: u32, layout: Layout) -> Shape {
        Shape { width, height, layout }
    }

    #[test]
    fn the_canonical_form_reads_as_itself() {
        let canonical = "resize:800x600,inside/grayscale/blur:5/pad:900x900,00000000";
        assert_eq!(pipeline("resize:800x600/grayscale/blur/pad:900x900").to_string(), canonical);
        assert_eq!(pipeline(canonical).to_string(), canonical);
    }

    #[test]
    fn sixteen_operations_are_the_most() {
        let defaults = Defaults::default();
        let parse = |length| Pipeline::parse(vec!["flip"; length], &defaults);
        assert_eq!(parse(16).unwrap().to_string(), ["flip"; 16].join("/"));
        assert_eq!(parse(17), Err(SyntaxError::TooMany { actual: 17 }));
        let unknown = SyntaxError::Unknown { segment: 1, name: "flap".to_owned() };
        assert_eq!(Pipeline::parse(["flip", "flap", "flup"], &defaults), Err(unknown));
    }

    #[test]
    fn the_plan_knows_the_last_shape() {
        let plan = |text| pipeline(text).plan(shape(400, 300, Layout::Rgba), 1, 1, &LIMITS);
        let last = |text| plan(text).map(|(shape, _)| shape);
        assert_eq!(last("rotate:90/grayscale"), Ok(shape(300, 400, Layout::La)));
        assert_eq!(last("resize:200x/flatten"), Ok(shape(200, 150, Layout::Rgb)));
        assert_eq!(last("crop:100x50/resize:200x!"), Ok(shape(200, 100, Layout::Rgba)));
        assert_eq!(last("trim/pad:500x10"), Ok(shape(500, 300, Layout::Rgba)));
    }

    #[test]
    fn every_shape_on_the_way_is_within_the_limits() {
        let plan = |text| pipeline(text).plan(shape(400, 300, Layout::Rgb), 1, 1, &LIMITS);
        assert_eq!(
            plan("pad:1001x10/crop:10x10"),
            Err(LimitError::Side { actual: 1001, limit: 1000 }.into())
        );
        assert_eq!(
            plan("resize:900x900,fill!/crop:10x10"),
            Err(LimitError::Pixels { actual: 810_000, limit: 500_000 }.into())
        );
        let crop = Crop { width: 10, height: 10, place: Place::At(91, 0) };
        assert_eq!(
            plan("resize:100x/invert/sepia/crop:10x10+91+0"),
            Err(InputError::Beyond { segment: 3, crop, width: 100, height: 75 }.into())
        );
        assert!(plan("resize:100x/crop:10x10+90+65").is_ok());
    }

    #[test]
    fn all_frames_of_an_animation_count_and_keep_one_size() {
        let plan =
            |text, frames| pipeline(text).plan(shape(400, 300, Layout::Rgb), 1, frames, &LIMITS);
        assert!(plan("flip", 4).is_ok());
        let frames = LimitError::Frames { frames: 5, actual: 600_000, limit: 500_000 };
        assert_eq!(plan("flip", 5), Err(frames.into()));
        let frames = LimitError::Frames { frames: 4, actual: 640_000, limit: 500_000 };
        assert_eq!(plan("pad:400x400/crop:1x1", 4), Err(frames.into()));
        let operation = Operation::Trim(Trim { tolerance: 10 });
        let trim = InputError::NotForAnimations { segment: 2, operation, frames: 2 };
        assert_eq!(plan("flip/sepia/trim", 2), Err(trim.into()));
        assert!(plan("flip/sepia/trim", 1).is_ok());
    }

    #[test]
    fn the_peak_is_that_of_the_greediest_pass() {
        let peak =
            |text, layout| pipeline(text).plan(shape(400, 300, layout), 1, 1, &LIMITS).unwrap().1;
        let frame = 400 * 300;
        assert_eq!(peak("flip", Layout::Rgb), 3 * frame);
        assert!(peak("rotate:90", Layout::Rgb) >= 6 * frame);
        assert!(peak("grayscale/rotate:90", Layout::Rgb) < 4 * frame);
        assert!(peak("pad:800x600", Layout::Rgb) >= 3 * frame + 4 * 4 * frame);
        // Only what a pass comes to in the end is a frame.
        let there_and_back = peak("sepia/grayscale/sepia", Layout::L);
        assert!((4 * frame..5 * frame).contains(&there_and_back));
    }

    #[test]
    fn tones_in_a_row_are_one_pass_and_reported_together() {
        let layout = Layout::Rgb;
        let samples: Vec<u8> = (0..48 * 3).collect();
        let whole = pipeline("invert/blur:1/brightness:20/sepia/grayscale/flip");
        let mut frame = Frame::new(shape(8, 6, layout), samples.clone());
        let mut passes = Vec::new();
        whole
            .apply(&mut frame, |operations| {
                passes
                    .push(operations.iter().map(|operation| operation.name()).collect::<Vec<_>>());
            })
            .unwrap();
        let expected: [&[_]; 4] =
            [&["invert"], &["blur"], &["brightness", "sepia", "grayscale"], &["flip"]];
        assert_eq!(passes, expected);

        let mut single = Frame::new(shape(8, 6, layout), samples);
        for text in whole.to_string().split('/') {
            pipeline(text).apply(&mut single, |_| {}).unwrap();
        }
        assert_eq!(frame, single);
    }

    #[test]
    fn only_geometry_before_grayscale_leaves_luma_alone() {
        for text in ["grayscale", "resize:8x/crop:4x4/rotate:90/flip/pad:9x9/grayscale/sepia"] {
            assert!(pipeline(text).needs_only_luma(), "{text}");
        }
        // What is trimmed depends on all channels, and so does an average of light.
        for text in [
            "flip",
            "trim/grayscale",
            "blur/grayscale",
            "invert/grayscale",
            "threshold",
            "resize:8x,linear/grayscale",
        ] {
            assert!(!pipeline(text).needs_only_luma(), "{text}");
        }
    }
}
