//! How operations are written: `resize:800x600,cover`, arguments after a colon; `blur:5,linear` where
//! light is averaged.

use super::operations::crop::{Crop, Gravity, Place};
use super::operations::gaussian::Gaussian;
use super::operations::light::{Light, Linear};
use super::operations::number::{Hundredths, whole};
use super::operations::pad::Pad;
use super::operations::pixelate::Pixelate;
use super::operations::resize::{Fit, Resize, Sides};
use super::operations::sharpen::Sharpen;
use super::operations::tone::Tone;
use super::operations::trim::Trim;
use super::operations::turn::Turn;
use super::{Colour, Operation};
use crate::pixels::Radius;

/// The longest side that can be asked for, in pixels.
const LONGEST_SIDE: i32 = 32_767;

/// The last argument of an operation that averages pixels in linear light.
const LINEAR: &str = ",linear";

/// What stands in for an argument that is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Defaults {
    /// The radius of `blur`.
    pub radius: Radius,
    /// The colour of what is added around a picture (transparent where there is none) or beneath it
    /// (white where there is none).
    pub background: Option<Colour>,
    /// What is averaged, by operations that average.
    pub light: Light,
}

impl Default for Defaults {
    /// A radius of 5 pixels, no background, and the samples as they are stored.
    fn default() -> Self {
        Self { radius: Radius::DEFAULT, background: None, light: Light::Encoded }
    }
}

/// Why a segment is no operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxError {
    /// No operation has this name.
    Unknown {
        /// The zero-based position of the segment.
        segment: usize,
        /// The name.
        name: String,
    },
    /// The operation does not take these arguments.
    Arguments {
        /// The zero-based position of the segment.
        segment: usize,
        /// The operation's name.
        operation: &'static str,
        /// The whole segment.
        text: String,
        /// What the operation takes, in words that go on after "must be".
        allowed: &'static str,
    },
    /// More segments than a pipeline may have.
    TooMany {
        /// How many there are.
        actual: usize,
    },
}

/// How one operation is written.
struct Syntax {
    name: &'static str,
    /// What it takes, in words that go on after "must be".
    allowed: &'static str,
    /// Reads its arguments; none and no colon are both empty.
    parse: fn(&str, &Defaults) -> Option<Operation>,
}

const SYNTAX: [Syntax; 22] = [
    Syntax {
        name: "resize",
        allowed: "'resize:WxH', 'resize:Wx' or 'resize:xH' with sides from 1 to 32767, then ',inside', ',outside' or ',fill', or with both sides ',cover' or ',contain,COLOR', and '!' to enlarge",
        parse: resize,
    },
    Syntax {
        name: "crop",
        allowed: "'crop:WxH+X+Y' or 'crop:WxH,GRAVITY' with sides from 1 to 32767 and a gravity of center, north, south, east, west, northeast, northwest, southeast or southwest",
        parse: crop,
    },
    Syntax {
        name: "pad",
        allowed: "'pad:WxH' or 'pad:WxH,COLOR' with sides from 1 to 32767 and a colour RRGGBB or RRGGBBAA",
        parse: pad,
    },
    Syntax {
        name: "rotate",
        allowed: "'rotate:90', 'rotate:180' or 'rotate:270'",
        parse: |arguments, _| {
            Some(Operation::Turn(match arguments {
                "90" => Turn::Rotate90,
                "180" => Turn::Rotate180,
                "270" => Turn::Rotate270,
                _ => return None,
            }))
        },
    },
    Syntax {
        name: "flip",
        allowed: "'flip'",
        parse: |arguments, _| arguments.is_empty().then_some(Operation::Turn(Turn::Flip)),
    },
    Syntax {
        name: "flop",
        allowed: "'flop'",
        parse: |arguments, _| arguments.is_empty().then_some(Operation::Turn(Turn::Flop)),
    },
    Syntax {
        name: "trim",
        allowed: "'trim' or 'trim:TOLERANCE' with a tolerance from 0 to 255",
        parse: |arguments, _| {
            let tolerance = level(arguments, 10)?;
            Some(Operation::Trim(Trim { tolerance }))
        },
    },
    Syntax {
        name: "grayscale",
        allowed: "'grayscale'",
        parse: |arguments, _| plain(arguments, Tone::Grayscale),
    },
    Syntax {
        name: "brightness",
        allowed: "'brightness:N' with N from -100 to 100",
        parse: |arguments, _| percent(arguments, Tone::Brightness),
    },
    Syntax {
        name: "contrast",
        allowed: "'contrast:N' with N from -100 to 100",
        parse: |arguments, _| percent(arguments, Tone::Contrast),
    },
    Syntax {
        name: "saturation",
        allowed: "'saturation:N' with N from -100 to 100",
        parse: |arguments, _| percent(arguments, Tone::Saturation),
    },
    Syntax {
        name: "hue",
        allowed: "'hue:DEGREES' with degrees from -360 to 360",
        parse: |arguments, _| {
            let degrees = whole(arguments, -360..=360)?.rem_euclid(360);
            Some(Operation::Tone(Tone::Hue(degrees as u16)))
        },
    },
    Syntax {
        name: "gamma",
        allowed: "'gamma:G' with G from 0.1 to 10",
        parse: |arguments, _| {
            Hundredths::parse(arguments, 10..=1000).map(|g| Operation::Tone(Tone::Gamma(g)))
        },
    },
    Syntax {
        name: "invert",
        allowed: "'invert'",
        parse: |arguments, _| plain(arguments, Tone::Invert),
    },
    Syntax {
        name: "sepia",
        allowed: "'sepia'",
        parse: |arguments, _| plain(arguments, Tone::Sepia),
    },
    Syntax {
        name: "threshold",
        allowed: "'threshold' or 'threshold:LEVEL' with a level from 0 to 255",
        parse: |arguments, _| Some(Operation::Tone(Tone::Threshold(level(arguments, 128)?))),
    },
    Syntax {
        name: "tint",
        allowed: "'tint:COLOR' with a colour RRGGBB or RRGGBBAA",
        parse: |arguments, _| Some(Operation::Tone(Tone::Tint(Colour::parse(arguments)?))),
    },
    Syntax {
        name: "flatten",
        allowed: "'flatten' or 'flatten:COLOR' with an opaque colour RRGGBB",
        parse: flatten,
    },
    Syntax {
        name: "blur",
        allowed: "'blur' or 'blur:RADIUS' with a radius from 0 to 127",
        parse: |arguments, defaults| {
            if arguments.is_empty() {
                return Some(Operation::Blur(defaults.radius));
            }
            let radius = whole(arguments, 0..=i32::from(Radius::MAX))?;
            Radius::new(radius as u8).map(Operation::Blur)
        },
    },
    Syntax {
        name: "gaussian",
        allowed: "'gaussian:SIGMA' with a sigma from 0.1 to 50",
        parse: |arguments, _| {
            let sigma = Hundredths::parse(arguments, 10..=5000)?;
            Some(Operation::Gaussian(Gaussian { sigma }))
        },
    },
    Syntax {
        name: "sharpen",
        allowed: "'sharpen' or 'sharpen:AMOUNT' with an amount from 0.1 to 10",
        parse: |arguments, _| {
            let arguments = if arguments.is_empty() { "1" } else { arguments };
            let amount = Hundredths::parse(arguments, 10..=1000)?;
            Some(Operation::Sharpen(Sharpen { amount }))
        },
    },
    Syntax {
        name: "pixelate",
        allowed: "'pixelate:N' with N from 2 to 1024",
        parse: |arguments, _| {
            let side = whole(arguments, 2..=1024)? as u16;
            Some(Operation::Pixelate(Pixelate { side }))
        },
    },
];

impl Operation {
    /// The names of all operations.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SYNTAX.iter().map(|syntax| syntax.name)
    }

    /// Whether `text` is written as a blur whose radius is left out.
    pub fn is_blur_by_default(text: &str) -> bool {
        matches!(text.strip_suffix(LINEAR).unwrap_or(text), "blur" | "blur:")
    }

    /// Reads the segment at a zero-based position.
    pub(super) fn parse(
        segment: usize,
        text: &str,
        defaults: &Defaults,
    ) -> Result<Self, SyntaxError> {
        let (plain, is_linear) = match text.strip_suffix(LINEAR) {
            Some(plain) => (plain, true),
            None => (text, false),
        };
        let (name, arguments) = plain.split_once(':').unwrap_or((plain, ""));
        let Some(syntax) = SYNTAX.iter().find(|syntax| syntax.name == name) else {
            return Err(SyntaxError::Unknown { segment, name: name.to_owned() });
        };
        let operation =
            (syntax.parse)(arguments, defaults).and_then(|operation| {
                match Linear::of(operation).map(Self::Linear) {
                    Some(linear) if is_linear || defaults.light == Light::Linear => Some(linear),
                    None if is_linear => None,
                    _ => Some(operation),
                }
            });
        operation.ok_or_else(|| SyntaxError::Arguments {
            segment,
            operation: syntax.name,
            text: text.to_owned(),
            allowed: syntax.allowed,
        })
    }
}

fn plain(arguments: &str, tone: Tone) -> Option<Operation> {
    arguments.is_empty().then_some(Operation::Tone(tone))
}

fn percent(arguments: &str, tone: fn(i8) -> Tone) -> Option<Operation> {
    Some(Operation::Tone(tone(whole(arguments, -100..=100)? as i8)))
}

fn level(arguments: &str, default: u8) -> Option<u8> {
    if arguments.is_empty() { Some(default) } else { Some(whole(arguments, 0..=255)? as u8) }
}

fn flatten(arguments: &str, defaults: &Defaults) -> Option<Operation> {
    let colour = match arguments {
        "" => defaults.background.unwrap_or(Colour::WHITE).on_white(),
        text => Colour::parse(text).filter(|colour| colour.is_opaque())?,
    };
    Some(Operation::Tone(Tone::Flatten(colour.rgb)))
}

fn side(text: &str) -> Option<u32> {
    whole(text, 1..=LONGEST_SIDE).map(|side| side as u32)
}

/// `WxH`.
fn sides(text: &str) -> Option<(u32, u32)> {
    let (width, height) = text.split_once('x')?;
    Some((side(width)?, side(height)?))
}

fn resize(arguments: &str, defaults: &Defaults) -> Option<Operation> {
    let (arguments, enlarge) = match arguments.strip_suffix('!') {
        Some(arguments) => (arguments, true),
        None => (arguments, false),
    };
    let (sides, fit) = arguments.split_once(',').unwrap_or((arguments, "inside"));
    let sides = match sides.split_once('x')? {
        (width, "") => Sides::Width(side(width)?),
        ("", height) => Sides::Height(side(height)?),
        (width, height) => Sides::Both(side(width)?, side(height)?),
    };
    let both = matches!(sides, Sides::Both(..));
    let fit = match fit {
        "inside" => Fit::Inside,
        "outside" => Fit::Outside,
        "fill" => Fit::Fill,
        "cover" if both => Fit::Cover,
        _ if both => match fit.strip_prefix("contain")? {
            "" => Fit::Contain(defaults.background.unwrap_or(Colour::TRANSPARENT)),
            colour => Fit::Contain(Colour::parse(colour.strip_prefix(',')?)?),
        },
        _ => return None,
    };
    Some(Operation::Resize(Resize { sides, fit, enlarge }))
}

fn crop(arguments: &str, _: &Defaults) -> Option<Operation> {
    let (size, place) = match arguments.split_once('+') {
        Some((size, offset)) => {
            let (x, y) = offset.split_once('+')?;
            let offset = |text| whole(text, 0..=LONGEST_SIDE).map(|offset| offset as u32);
            (size, Place::At(offset(x)?, offset(y)?))
        }
        None => {
            let (size, name) = arguments.split_once(',').unwrap_or((arguments, "center"));
            let gravity = Gravity::ALL.into_iter().find(|gravity| gravity.name() == name)?;
            (size, Place::Against(gravity))
        }
    };
    let (width, height) = sides(size)?;
    Some(Operation::Crop(Crop { width, height, place }))
}

fn pad(arguments: &str, defaults: &Defaults) -> Option<Operation> {
    let (size, colour) = match arguments.split_once(',') {
        Some((size, colour)) => (size, Colour::parse(colour)?),
        None => (arguments, defaults.background.unwrap_or(Colour::TRANSPARENT)),
    };
    let (width, height) = sides(size)?;
    Some(Operation::Pad(Pad { width, height, colour }))
}

#[cfg(test)]
mod tests;
