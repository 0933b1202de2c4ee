//! Which format a picture goes out in.

use edge_core::image::{Format, Output};
use http::{HeaderMap, HeaderValue, header};

use crate::accept::{Accept, Quality, not_acceptable};
use crate::parameters::Parameters;
use crate::problem::Problem;

/// What the caller asked for: one format by `?format=`, or any that `Accept` takes.
#[derive(Clone, Debug)]
pub enum OutputChoice {
    /// `?format=`, whatever `Accept` says.
    Fixed(Output),
    /// The best by `Accept`.
    Negotiated(Accept),
}

impl OutputChoice {
    /// Reads the request; a problem where nothing acceptable can be made.
    pub fn of(parameters: &Parameters, headers: &HeaderMap) -> Result<Self, Problem> {
        if let Some(name) = parameters.get("format") {
            let allowed = Output::ALL.map(Output::name).join(", ");
            return Output::named(name).map(Self::Fixed).ok_or_else(|| {
                Problem::invalid_parameter("format", name, format!("one of {allowed}"))
            });
        }
        let accept = Accept::of(headers);
        if Output::ALL.into_iter().any(|output| weight(&accept, output) > 0) {
            return Ok(Self::Negotiated(accept));
        }
        Err(not_acceptable(&Output::ALL.map(|output| output.format().media_type())))
    }

    /// The format for a picture that came as `input`.
    ///
    /// The highest weight wins. Where weights are equal the picture keeps its own format, or
    /// becomes PNG. Lossless WebP is never chosen for a picture that came as a lossy one in another
    /// format while JPEG is acceptable: it would only be larger. QOI, which no browser shows, is
    /// only chosen where it is named.
    pub fn output(&self, input: Format, is_lossy: bool) -> Output {
        let accept = match self {
            Self::Fixed(output) => return *output,
            Self::Negotiated(accept) => accept,
        };
        let own = input.output().filter(|output| *output != Output::Qoi);
        let weight = |output: Output| weight(accept, output);
        let rank = |output: &Output| {
            let preference = match *output {
                output if own == Some(output) => 2,
                Output::Png => 1,
                _ => 0,
            };
            (weight(*output), preference)
        };
        let best = Output::ALL.into_iter().max_by_key(rank).unwrap_or(Output::Png);
        let wasteful = best == Output::WebP && own != Some(Output::WebP) && is_lossy;
        if wasteful && weight(Output::Jpeg) > 0 { Output::Jpeg } else { best }
    }

    /// What decides the format beside the picture.
    pub fn key(&self) -> String {
        match self {
            Self::Fixed(output) => output.name().to_owned(),
            Self::Negotiated(accept) => {
                let weight =
                    |output: Output| format!("{}={}", output.name(), weight(accept, output));
                Output::ALL.map(weight).join("&")
            }
        }
    }

    /// Names the request field that was read, for caches.
    pub fn vary(&self, headers: &mut HeaderMap) {
        if let Self::Negotiated(_) = self {
            headers.append(header::VARY, HeaderValue::from_static("Accept"));
        }
    }
}

/// The weight of a format: that of a wildcard does not count for QOI.
fn weight(accept: &Accept, output: Output) -> Quality {
    let media = output.format().media_type();
    match output {
        Output::Qoi if !accept.names(media) => 0,
        _ => accept.quality(media),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(accept: &str, input: Format, is_lossy: bool) -> Output {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        let none = Parameters::parse(None, &[]).unwrap();
        OutputChoice::of(&none, &headers).unwrap().output(input, is_lossy)
    }

    #[test]
    fn with_equal_weights_a_picture_keeps_its_format_or_becomes_png() {
        for accept in ["*/*", "image/*", "image/avif,image/webp,image/png,image/jpeg,*/*;q=0.8"] {
            assert_eq!(choose(accept, Format::Jpeg, true), Output::Jpeg, "{accept}");
            assert_eq!(choose(accept, Format::WebP, false), Output::WebP, "{accept}");
            assert_eq!(choose(accept, Format::WebP, true), Output::WebP, "{accept}");
            assert_eq!(choose(accept, Format::Png, false), Output::Png, "{accept}");
            assert_eq!(choose(accept, Format::Gif, false), Output::Png, "{accept}");
            assert_eq!(choose(accept, Format::Tiff, false), Output::Png, "{accept}");
            assert_eq!(choose(accept, Format::Qoi, false), Output::Png, "{accept}");
        }
    }

    #[test]
    fn the_highest_weight_wins() {
        assert_eq!(choose("image/webp", Format::Png, false), Output::WebP);
        assert_eq!(choose("image/jpeg;q=0.9, image/png;q=0.8", Format::Png, false), Output::Jpeg);
        assert_eq!(choose("image/*;q=0.5, image/png", Format::Jpeg, true), Output::Png);
        assert_eq!(choose("image/png, image/webp", Format::Jpeg, true), Output::Png);
    }

    #[test]
    fn qoi_has_to_be_named() {
        assert_eq!(choose("image/qoi", Format::Jpeg, true), Output::Qoi);
        assert_eq!(choose("image/qoi, image/*;q=0.9", Format::Png, false), Output::Qoi);
        assert_eq!(choose("image/qoi, image/png", Format::Png, false), Output::Png);
        assert_eq!(choose("image/png;q=0.1, */*", Format::Qoi, false), Output::WebP);
        assert_eq!(choose("image/qoi;q=0.1, image/jpeg", Format::Qoi, false), Output::Jpeg);
    }

    #[test]
    fn lossless_webp_is_no_choice_for_a_lossy_picture_while_jpeg_is() {
        assert_eq!(choose("image/webp, image/*;q=0.5", Format::Jpeg, true), Output::Jpeg);
        assert_eq!(choose("image/webp, image/jpeg;q=0", Format::Jpeg, true), Output::WebP);
        assert_eq!(choose("image/webp", Format::Jpeg, true), Output::WebP);
    }

    #[test]
    fn the_parameter_overrides_accept() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, "text/html".parse().unwrap());
        let parse = |query| Parameters::parse(Some(query), &["format"]).unwrap();
        let choice = OutputChoice::of(&parse("format=webp"), &headers).unwrap();
        assert_eq!(choice.output(Format::Jpeg, true), Output::WebP);
        let mut answer = HeaderMap::new();
        choice.vary(&mut answer);
        assert!(answer.is_empty());
        let problem = OutputChoice::of(&parse("format=jpg"), &headers).unwrap_err();
        assert_eq!(
            problem.detail(),
            "The parameter 'format' is 'jpg'; it must be one of png, jpeg, webp, qoi."
        );
        let problem = OutputChoice::of(&parse(""), &headers).unwrap_err();
        let detail = "The Accept field takes none of what can be made here: image/png, image/jpeg, image/webp, image/qoi.";
        assert_eq!(problem.detail(), detail);
    }
}
