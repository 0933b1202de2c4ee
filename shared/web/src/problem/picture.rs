//! What the core says of pictures and pipelines.

use edge_core::image;

use super::{Kind, Problem, excerpt};
use crate::parameters::suggest;

impl From<image::SyntaxError> for Problem {
    fn from(error: image::SyntaxError) -> Self {
        use image::SyntaxError as E;
        match error {
            E::Unknown { segment, name } => {
                let names: Vec<_> = image::Operation::names().collect();
                let shown = excerpt(&name);
                let detail =
                    format!("There is no operation '{shown}'; there are {}.", names.join(", "));
                let problem = Self::new(Kind::NotFound, detail)
                    .with("segment", segment)
                    .with("allowed", names.as_slice());
                suggest(problem, &name, &names)
            }
            E::Arguments { segment, operation, text, allowed } => {
                let shown = excerpt(&text);
                let detail = format!("The segment '{shown}' can't be read; it must be {allowed}.");
                Self::new(Kind::InvalidOperation, detail)
                    .with("segment", segment)
                    .with("operation", operation)
                    .with("actual", shown)
            }
            E::TooMany { actual } => {
                let limit = image::Pipeline::MOST;
                let detail =
                    format!("The pipeline has {actual} operations; at most {limit} are allowed.");
                Self::new(Kind::TooManyOperations, detail)
                    .with("limit", limit)
                    .with("actual", actual)
            }
        }
    }
}

impl From<image::Error> for Problem {
    fn from(error: image::Error) -> Self {
        match error {
            image::Error::Input(error) => error.into(),
            image::Error::Limit(error) => error.into(),
            image::Error::Unsupported(error) => error.into(),
        }
    }
}

impl From<image::InputError> for Problem {
    fn from(error: image::InputError) -> Self {
        use image::InputError as E;
        match error {
            E::Empty => Self::new(Kind::EmptyBody, "The picture has no bytes."),
            E::Truncated(format) => Self::new(
                Kind::TruncatedPicture,
                format!("The {} picture ends before its data is complete.", format.name()),
            ),
            E::Malformed(format) => Self::new(
                Kind::MalformedPicture,
                format!("The data of the {} picture is malformed.", format.name()),
            ),
            E::Beyond { segment, crop, width, height } => Self::new(
                Kind::OutsidePicture,
                format!("The segment 'crop:{crop}' reaches beyond the picture, which has {width} x {height} pixels there."),
            )
            .with("segment", segment)
            .with("operation", "crop")
            .with("width", width)
            .with("height", height),
            E::OutputSide { format, actual, limit } => {
                let name = format.format().name();
                let detail = format!(
                    "The picture's longer side has {actual} pixels; {name} holds at most {limit}."
                );
                Self::new(Kind::OutputTooLarge, detail).with("limit", limit).with("actual", actual)
            }
        }
    }
}

impl From<image::LimitError> for Problem {
    fn from(error: image::LimitError) -> Self {
        use image::LimitError as E;
        match error {
            E::Side { actual, limit } => {
                let detail = format!(
                    "The picture's longer side has {actual} pixels; at most {limit} are allowed."
                );
                Self::new(Kind::PictureTooLarge, detail).with("limit", limit).with("actual", actual)
            }
            E::Pixels { actual, limit } => {
                let detail =
                    format!("The picture has {actual} pixels; at most {limit} are allowed.");
                Self::new(Kind::PictureTooLarge, detail).with("limit", limit).with("actual", actual)
            }
            E::Memory { estimate, budget } => {
                let detail = format!(
                    "The picture needs about {estimate} bytes of memory; the budget is {budget}."
                );
                Self::new(Kind::MemoryBudget, detail)
                    .with("estimate", estimate)
                    .with("budget", budget)
            }
            E::Exhausted => {
                Self::new(Kind::MemoryBudget, "The picture needs more memory than is free.")
            }
        }
    }
}

impl From<image::UnsupportedError> for Problem {
    fn from(error: image::UnsupportedError) -> Self {
        use image::UnsupportedError as E;
        match error {
            E::Format => {
                let names = image::Format::READ.map(image::Format::name);
                let detail = format!("The bytes are no picture; {} are read.", names.join(", "));
                Self::new(Kind::NotAPicture, detail).with("allowed", names.as_slice())
            }
            E::Feature(format) => Self::new(
                Kind::UnsupportedPicture,
                format!("The {} picture uses a feature that is not read here.", format.name()),
            ),
        }
    }
}
