//! Operations in order.

use std::fmt;

use super::operation::Operation;
use super::syntax::{Defaults, SyntaxError};
use super::tone::{self, Tone};
use super::{Error, Frame, Limits, Shape};

/// Operations in order, each on the result of the one before. In text it is its canonical form:
/// segments between slashes, defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
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

    /// The shape that a picture has in the end, and the most memory, in bytes, that its frames and
    /// the work on them take on the way. Every shape on the way is within the limits.
    pub(super) fn plan(
        &self,
        shape: Shape,
        bytes_per_sample: u64,
        limits: &Limits,
    ) -> Result<(Shape, u64), Error> {
        let frame = |shape: Shape| shape.samples().saturating_mul(bytes_per_sample);
        let (mut last, mut peak) = (shape, frame(shape));
        for pass in self.passes() {
            let (before, mut scratch) = (last, 0);
            for operation in pass {
                scratch = operation.scratch_bytes(last, bytes_per_sample).max(scratch);
                last = operation.shape(last)?;
                limits.check_shape(last)?;
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
        for pass in self.passes() {
            match pass {
                [operation] => operation.apply(frame)?,
                operations => tone::apply(&tones(operations), frame)?,
            }
            done(pass);
        }
        Ok(())
    }

    /// Whether the picture's colours make no difference, but for their luma: nothing but geometry
    /// comes before `grayscale`.
    pub(super) fn needs_only_luma(&self) -> bool {
        let first = self.operations.iter().find(|operation| !operation.is_geometry());
        first == Some(&Operation::Tone(Tone::Grayscale))
    }

    fn passes(&self) -> impl Iterator<Item = &[Operation]> {
        let is_tone = |operation: &Operation| matches!(operation, Operation::Tone(_));
        self.operations.chunk_by(move |one, next| is_tone(one) && is_tone(next))
    }
}

fn tones(operations: &[Operation]) -> Vec<Tone> {
    let tone = |operation: &Operation| match operation {
        Operation::Tone(tone) => Some(*tone),
        _ => None,
    };
    operations.iter().filter_map(tone).collect()
}

impl fmt::Display for Pipeline {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, operation) in self.operations.iter().enumerate() {
            write!(out, "{}{operation}", if at == 0 { "" } else { "/" })?;
        }
        Ok(())
    }
}
