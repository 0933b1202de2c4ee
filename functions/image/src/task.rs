//! What a request asks for, known before its picture is read.

use edge_core::image::{
    Colour, Defaults, Encoding, Format, Operation, Output, Pipeline, Quality, Radius,
};
use edge_web::{Accept, Kind, OutputChoice, Parameters, Problem, excerpt};
use http::HeaderMap;
use percent_encoding::percent_decode_str;

/// The path below `/image` that describes a picture instead of changing it.
const INFO: &str = "info";

/// What to make of a picture.
pub enum Task {
    /// A description in JSON.
    Info,
    /// Another picture.
    Change(Change),
}

/// Operations, and how their result is written.
pub struct Change {
    pub pipeline: Pipeline,
    choice: OutputChoice,
    quality: Quality,
    background: Colour,
}

impl Task {
    /// Whether there is anything at `path`.
    pub fn check_path(path: &str) -> Result<(), Problem> {
        let segments = segments(path)?;
        if segments != [INFO] {
            pipeline(&segments, &Defaults::default())?;
        }
        Ok(())
    }

    /// Reads path, query and `Accept`; and the parameters, which say where the picture is.
    pub fn of(
        path: &str,
        query: Option<&str>,
        headers: &HeaderMap,
    ) -> Result<(Self, Parameters), Problem> {
        let segments = segments(path)?;
        if segments == [INFO] {
            let parameters = Parameters::parse(query, &["file", "url"])?;
            Accept::of(headers).choose(&["application/json"])?;
            return Ok((Self::Info, parameters));
        }
        let mut known = vec!["format", "quality", "background", "file", "url"];
        if segments.iter().any(|segment| Operation::is_blur_by_default(segment)) {
            known.insert(0, "radius");
        }
        let parameters = Parameters::parse(query, &known)?;
        let change = Change::of(&segments, &parameters, headers)?;
        Ok((Self::Change(change), parameters))
    }
}

impl Change {
    fn of(
        segments: &[String],
        parameters: &Parameters,
        headers: &HeaderMap,
    ) -> Result<Self, Problem> {
        let radius = parameters.integer(
            "radius",
            0..=u32::from(Radius::MAX),
            u32::from(Radius::DEFAULT.pixels()),
        )?;
        let background = background(parameters)?;
        let radius = Radius::new(radius as u8).expect("checked to be in range");
        let pipeline = pipeline(segments, &Defaults { radius, background })?;
        let choice = OutputChoice::of(parameters, headers)?;
        let quality = quality(parameters, &choice)?;
        let background = background.unwrap_or(Colour::WHITE);
        Ok(Self { pipeline, choice, quality, background })
    }

    /// How a picture is written that came as `input`.
    pub fn encoding(&self, input: Format, is_lossy: bool) -> Encoding {
        let output = self.choice.output(input, is_lossy);
        Encoding { output, quality: self.quality, background: self.background }
    }

    /// Names the request field that was read, for caches.
    pub fn vary(&self, headers: &mut HeaderMap) {
        self.choice.vary(headers);
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
