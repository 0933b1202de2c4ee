//! What is told of a picture, in JSON.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use edge_core::image::{Camera, Dominant, Info, Limits, Picture};
use edge_web::{Body, Collected, Problem, Timing, json};
use http::Response;
use serde_json::{Value, json};

use crate::task::Colours;

/// What its file says, and with `thumbhash` what it looks like in some 25 bytes: nothing of a picture
/// that cannot be decoded, or not within the limits.
pub fn info(
    input: &Collected,
    thumbhash: bool,
    limits: &Limits,
    mut timing: Timing,
) -> Result<Response<Body>, Problem> {
    let info = Info::read(&input.bytes)?;
    let mut document = json!({
        "format": info.format.name(),
        "width": info.width,
        "height": info.height,
        "orientation": info.orientation,
        "alpha": info.alpha,
        "colour_type": info.colour_type.name(),
        "bit_depth": info.bit_depth,
        "frames": info.frames,
        "bytes": info.bytes,
        "icc_profile": info.icc_profile,
        "camera": info.camera.as_ref().map(camera),
    });
    timing.lap("info");
    if thumbhash {
        let hash = Picture::open(&input.bytes, limits)
            .and_then(|picture| picture.thumbhash(limits, input.overhead_bytes));
        document["thumbhash"] = hash.ok().map(|hash| STANDARD.encode(hash)).into();
        timing.lap("thumbhash");
    }
    Ok(answer(&document, timing))
}

/// The colours that it is mostly of.
pub fn palette(
    colours: &Colours,
    input: &Collected,
    limits: &Limits,
    mut timing: Timing,
) -> Result<Response<Body>, Problem> {
    let picture = colours.work.frame(Picture::open(&input.bytes, limits)?)?;
    let (pipeline, overhead_bytes) = (&colours.work.pipeline, input.overhead_bytes);
    let done = |step: &str| timing.lap(step.to_owned());
    let dominant =
        picture.dominant_colours(pipeline, colours.most, limits, overhead_bytes, done)?;
    let dominant: Vec<_> = dominant.iter().map(colour).collect();
    Ok(answer(&json!({ "colours": dominant }), timing))
}

fn answer(document: &Value, timing: Timing) -> Response<Body> {
    let mut response = json(document);
    response.extensions_mut().insert(timing);
    response
}

fn camera(camera: &Camera) -> Value {
    json!({
        "make": camera.make,
        "model": camera.model,
        "lens": camera.lens,
        "software": camera.software,
        "taken": camera.taken,
        "exposure_seconds": camera.exposure_seconds,
        "f_number": camera.f_number,
        "iso": camera.iso,
        "exposure_bias_ev": camera.exposure_bias_ev,
        "focal_length_mm": camera.focal_length_mm,
        "focal_length_35mm": camera.focal_length_35mm,
        "flash": camera.flash,
    })
}

/// The colour as in a URL, its share with four decimals.
fn colour(Dominant { colour: [r, g, b], share }: &Dominant) -> Value {
    json!({ "colour": format!("{r:02x}{g:02x}{b:02x}"), "share": (share * 1e4).round() / 1e4 })
}
