//! What a request asks for, known before its picture is read.

use edge_core::image::{
    Colour, Defaults, Encoding, Light, Operation, Output, Picture, Pipeline, Quality, Radius,
    SyntaxError,
};
use edge_web::{Accept, EXPIRES, Kind, OutputChoice, Parameters, Problem, SIGNATURE, excerpt};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, header};
use percent_encoding::percent_decode_str;

use crate::preset::{self, Preset, Presets};

/// The path below `/image` that describes a picture instead of changing it.
const INFO: &str = "info";

/// The last segment of a path that tells colours instead.
const PALETTE: &str = "palette";
/// The most colours that can be asked for, and how many they are where nobody says.
const MOST_COLOURS: u8 = 64;
const USUAL_COLOURS: u8 = 8;

/// The parameter that its owner changes with a picture's content, for caches.
pub const VERSION: &str = "v";

/// The parameters that say where the picture is, and who may have it for how long.
const SOURCE: [&str; 5] = ["file", "url", VERSION, SIGNATURE, EXPIRES];

/// What to make of a picture.
pub enum Task {
    /// A description in JSON.
    Info {
        /// Whether it has a ThumbHash, for which the picture is decoded.
        thumbhash: bool,
    },
    /// Its colours in JSON.
    Palette(Colours),
    /// Another picture.
    Change(Change),
}

/// Operations on a picture, or on a part of it.
pub struct Work {
    pub pipeline: Pipeline,
    /// The one frame that is asked for.
    frame: Option<u32>,
}

/// Operations, and how many colours of their result are told.
pub struct Colours {
    pub work: Work,
    pub most: u8,
}

/// Operations, and how their result is written.
pub struct Change {
    pub work: Work,
    choice: OutputChoice,
    quality: Quality,
    background: Colour,
}

impl Task {
    /// Whether there is anything at `path`, whatever the deployment's presets are.
    pub fn check_path(path: &str) -> Result<(), Problem> {
        let mut segments = segments(path)?;
        if segments != [INFO] {
            colours(&mut segments)?;
            segments.retain(|segment| preset::named(segment).is_none());
            pipeline(&segments, &Defaults::default())?;
        }
        Ok(())
    }

    /// Reads path, query and `Accept`; and the parameters, which say where the picture is.
    pub fn of(head: &Parts, presets: &Presets) -> Result<(Self, Parameters), Problem> {
        let segments = segments(head.uri.path())?;
        presets.check(&segments)?;
        let query = head.uri.query().unwrap_or_default();
        if segments == [INFO] {
            let parameters =
                Parameters::parse(Some(query), &[&["thumbhash"], &SOURCE[..]].concat())?;
            let thumbhash = parameters.integer("thumbhash", 0..=1, 1)? == 1;
            Accept::of(&head.headers).choose(&["application/json"])?;
            return Ok((Self::Info { thumbhash }, parameters));
        }
        if presets.only {
            Parameters::parse(Some(query), &[&["format"], &SOURCE[..]].concat())?;
        }
        let (mut segments, query) = expanded(segments, query, presets)?;
        let most = colours(&mut segments)?;
        let options = options(&segments, most.is_none());
        let parameters = Parameters::parse(Some(&query), &[&options, &SOURCE[..]].concat())?;
        let task = match most {
            Some(most) => {
                Accept::of(&head.headers).choose(&["application/json"])?;
                Self::Palette(Colours { work: Work::of(&segments, &parameters)?, most })
            }
            None => Self::Change(Change::of(&segments, &parameters, &head.headers)?),
        };
        Ok((task, parameters))
    }

    /// What decides the answer beside the picture.
    pub fn key(&self) -> String {
        match self {
            Self::Info { thumbhash } => format!("{INFO}?{thumbhash}"),
            Self::Palette(Colours { work, most }) => format!("{}/{PALETTE}:{most}", work.key()),
            Self::Change(change) => change.key(),
        }
    }

    /// Names the request field that was read, for caches.
    pub fn vary(&self, headers: &mut HeaderMap) {
        match self {
            Self::Info { .. } | Self::Palette(_) => {
                headers.append(header::VARY, HeaderValue::from_static("Accept"));
            }
            Self::Change(change) => change.choice.vary(headers),
        }
    }
}

/// Takes the segment that asks for colours from the end, and reads how many.
fn colours(segments: &mut Vec<String>) -> Result<Option<u8>, Problem> {
    let name = |text: &str| text.split(':').next() == Some(PALETTE);
    let Some(segment) = segments.iter().position(|text| name(text)) else { return Ok(None) };
    let text = segments[segment].clone();
    if segment + 1 < segments.len() {
        let detail = format!(
            "The segment '{}' must be the last one: it tells colours and makes no picture.",
            excerpt(&text)
        );
        let problem = Problem::new(Kind::InvalidOperation, detail).with("segment", segment);
        return Err(problem.with("operation", PALETTE).with("actual", excerpt(&text)));
    }
    segments.pop();
    let digits = text.split_once(':').map_or("", |(_, digits)| digits);
    let number = match digits {
        "" => Some(USUAL_COLOURS),
        _ if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok(),
        _ => None,
    };
    number.filter(|number| (1..=MOST_COLOURS).contains(number)).map(Some).ok_or_else(|| {
        let allowed = "'palette' or 'palette:N' with N from 1 to 64";
        SyntaxError::Arguments { segment, operation: PALETTE, text, allowed }.into()
    })
}

/// The segments and the query with what each preset stands for.
fn expanded(
    segments: Vec<String>,
    query: &str,
    presets: &Presets,
) -> Result<(Vec<String>, String), Problem> {
    let (mut all, mut whole) = (Vec::new(), query.to_owned());
    for segment in segments {
        let Some(name) = preset::named(&segment) else {
            all.push(segment);
            continue;
        };
        let preset = presets.find(name)?;
        check_preset(preset).map_err(|problem| preset.blame(&problem))?;
        all.extend_from_slice(&preset.segments);
        whole = format!("{whole}&{}", preset.query);
    }
    Ok((all, whole))
}

/// Whether a preset would do by itself.
fn check_preset(preset: &Preset) -> Result<(), Problem> {
    let parameters = Parameters::parse(Some(&preset.query), &options(&preset.segments, true))?;
    Change::of(&preset.segments, &parameters, &HeaderMap::new()).map(drop)
}

/// The parameters that say how a pipeline of these segments is done, and how its result is written.
fn options(segments: &[String], is_written: bool) -> Vec<&'static str> {
    let mut known = vec!["background", "light", "frame"];
    if is_written {
        known.splice(0..0, ["format", "quality"]);
    }
    if segments.iter().any(|segment| Operation::is_blur_by_default(segment)) {
        known.insert(0, "radius");
    }
    known
}

impl Work {
    fn of(segments: &[String], parameters: &Parameters) -> Result<Self, Problem> {
        let radius = parameters.integer(
            "radius",
            0..=u32::from(Radius::MAX),
            u32::from(Radius::DEFAULT.pixels()),
        )?;
        let radius = Radius::new(radius as u8).expect("checked to be in range");
        let (background, light) = (background(parameters)?, light(parameters)?);
        let pipeline = pipeline(segments, &Defaults { radius, background, light })?;
        if let Some(value) = parameters.get("light").filter(|_| !pipeline.is_linear()) {
            let allowed = "left out where nothing is resized, blurred or pixelated";
            return Err(Problem::invalid_parameter("light", value, allowed));
        }
        let frame = parameters.get("frame").map(|_| parameters.integer("frame", 0..=u32::MAX, 0));
        Ok(Self { pipeline, frame: frame.transpose()? })
    }

    /// What is read of the picture: all of it, or the frame that is asked for.
    pub fn part<'a>(&self, picture: Picture<'a>) -> Result<Picture<'a>, Problem> {
        Ok(match self.frame {
            Some(frame) => picture.frame(frame)?,
            None => picture,
        })
    }

    /// One frame: the one that is asked for, else the first.
    pub fn frame<'a>(&self, picture: Picture<'a>) -> Result<Picture<'a>, Problem> {
        Ok(picture.frame(self.frame.unwrap_or(0))?)
    }

    fn key(&self) -> String {
        format!("{}?{:?}", self.pipeline, self.frame)
    }
}

impl Change {
    fn of(
        segments: &[String],
        parameters: &Parameters,
        headers: &HeaderMap,
    ) -> Result<Self, Problem> {
        let work = Work::of(segments, parameters)?;
        let choice = OutputChoice::of(parameters, headers)?;
        let quality = quality(parameters, &choice)?;
        let background = background(parameters)?.unwrap_or(Colour::WHITE);
        Ok(Self { work, choice, quality, background })
    }

    /// How it is written.
    pub fn encoding(&self, picture: &Picture<'_>) -> Result<Encoding, Problem> {
        let (format, frames) = (picture.format(), picture.frames());
        let output = self.choice.output(format, frames, picture.is_lossy())?;
        Ok(Encoding { output, quality: self.quality, background: self.background })
    }

    /// What decides the answer beside the picture.
    fn key(&self) -> String {
        let Self { work, choice, quality, background } = self;
        format!("{},{},{},{background}", work.key(), choice.key(), quality.get())
    }
}

/// The segments below `/image`, each decoded by itself.
fn segments(path: &str) -> Result<Vec<String>, Problem> {
    let below = path.trim_end_matches('/').strip_prefix("/image").unwrap_or(path);
    let below = below.strip_prefix('/').unwrap_or(below);
    let decode = |segment| {
        let decoded = percent_decode_str(segment).decode_utf8();
        decoded.map(String::from).map_err(|_| {
            let shown = excerpt(segment);
            let detail =
                format!("The path contains '{shown}', whose percent-encoded bytes are not UTF-8.");
            Problem::new(Kind::MalformedRequest, detail)
        })
    };
    below.split('/').map(decode).collect()
}

fn pipeline(segments: &[String], defaults: &Defaults) -> Result<Pipeline, Problem> {
    Ok(Pipeline::parse(segments.iter().map(String::as_str), defaults)?)
}

fn background(parameters: &Parameters) -> Result<Option<Colour>, Problem> {
    let Some(value) = parameters.get("background") else { return Ok(None) };
    let allowed = "a colour RRGGBB or RRGGBBAA";
    let colour = Colour::parse(value);
    colour.map(Some).ok_or_else(|| Problem::invalid_parameter("background", value, allowed))
}

fn light(parameters: &Parameters) -> Result<Light, Problem> {
    match parameters.get("light") {
        None => Ok(Light::Encoded),
        Some("linear") => Ok(Light::Linear),
        Some(value) => Err(Problem::invalid_parameter("light", value, "'linear', or left out")),
    }
}

/// The quality of a JPEG. Where the format is fixed to another one, asking for it is a mistake.
fn quality(parameters: &Parameters, choice: &OutputChoice) -> Result<Quality, Problem> {
    let default = u32::from(Quality::DEFAULT.get());
    let quality = parameters.integer("quality", 1..=100, default)?;
    if let (Some(value), OutputChoice::Fixed(output)) = (parameters.get("quality"), choice)
        && *output != Output::Jpeg
    {
        let allowed = format!("left out with the format {}, which has none", output.name());
        return Err(Problem::invalid_parameter("quality", value, allowed));
    }
    Ok(Quality::new(quality as u8).expect("checked to be in range"))
}
