//! What the core says of pictures and pipelines.

use edge_core::image;

use super::{Kind, Problem, excerpt};
use crate::parameters::suggest;

impl From<image::SyntaxError> for Problem {
    fn from(error: image::SyntaxError) -> Self {
        use image::SyntaxError as E;
        let detail = error.to_string();
        match error {
            E::Unknown { segment, name } => {
                let names: Vec<_> = image::Operation::names().collect();
                let problem = Self::new(Kind::NotFound, detail)
                    .with("segment", segment)
                    .with("allowed", names.as_slice());
                suggest(problem, &name, &names)
            }
            E::Arguments { segment, operation, text, .. } => {
                Self::new(Kind::InvalidOperation, detail)
                    .with("segment", segment)
                    .with("operation", operation)
                    .with("actual", excerpt(&text))
            }
            E::TooMany { actual } => Self::new(Kind::TooManyOperations, detail)
                .with("limit", image::Pipeline::MOST)
                .with("actual", actual),
        }
    }
}

impl From<image::Error> for Problem {
    fn from(error: image::Error) -> Self {
        let detail = error.to_string();
        match error {
            image::Error::Input(error) => input(error, detail),
            image::Error::Limit(error) => limit(error, detail),
            image::Error::Unsupported(error) => unsupported(error, detail),
        }
    }
}

fn input(error: image::InputError, detail: String) -> Problem {
    use image::InputError as E;
    match error {
        E::Empty => Problem::new(Kind::EmptyBody, detail),
        E::Truncated(_) => Problem::new(Kind::TruncatedPicture, detail),
        E::Malformed(_) => Problem::new(Kind::MalformedPicture, detail),
        E::Beyond { segment, width, height, .. } => Problem::new(Kind::OutsidePicture, detail)
            .with("segment", segment)
            .with("operation", "crop")
            .with("width", width)
            .with("height", height),
        E::NoFrame { frame, frames } => {
            Problem::new(Kind::OutsidePicture, detail).with("frame", frame).with("frames", frames)
        }
        E::AnimationNotHeld { format, frames } => Problem::new(Kind::AnimationNotHeld, detail)
            .with("format", format.name())
            .with("frames", frames),
        E::NotForAnimations { segment, operation, frames } => {
            Problem::new(Kind::NotForAnimations, detail)
                .with("segment", segment)
                .with("operation", operation.name())
                .with("frames", frames)
        }
        E::OutputSide { actual, limit, .. } => {
            Problem::new(Kind::OutputTooLarge, detail).with("limit", limit).with("actual", actual)
        }
    }
}

fn limit(error: image::LimitError, detail: String) -> Problem {
    use image::LimitError as E;
    match error {
        E::Side { actual, limit } => {
            Problem::new(Kind::PictureTooLarge, detail).with("limit", limit).with("actual", actual)
        }
        E::Pixels { actual, limit } => {
            Problem::new(Kind::PictureTooLarge, detail).with("limit", limit).with("actual", actual)
        }
        E::Frames { frames, actual, limit } => Problem::new(Kind::PictureTooLarge, detail)
            .with("limit", limit)
            .with("actual", actual)
            .with("frames", frames),
        E::FrameCount { actual, limit } => {
            Problem::new(Kind::PictureTooLarge, detail).with("limit", limit).with("actual", actual)
        }
        E::Memory { estimate, budget } => Problem::new(Kind::MemoryBudget, detail)
            .with("estimate", estimate)
            .with("budget", budget),
        E::Exhausted => Problem::new(Kind::MemoryBudget, detail),
    }
}

fn unsupported(error: image::UnsupportedError, detail: String) -> Problem {
    use image::UnsupportedError as E;
    match error {
        E::Format => Problem::new(Kind::NotAPicture, detail).with(
            "allowed",
            image::Format::READ.iter().map(|format| format.name()).collect::<Vec<_>>(),
        ),
        E::Feature(_) => Problem::new(Kind::UnsupportedPicture, detail),
    }
}
