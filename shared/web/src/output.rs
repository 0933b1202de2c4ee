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
        let most = |output| weight(&accept, output, false).max(weight(&accept, output, true));
        if Output::ALL.into_iter().any(|output| most(output) > 0) {
            return Ok(Self::Negotiated(accept));
        }
        Err(none_acceptable(&Output::ALL))
    }

    /// The format for so many frames that came as `input`; a problem where no acceptable one holds
    /// them.
    ///
    /// The highest weight wins; where weights are equal, the format that they
    /// [keep](Format::kept), or PNG. Lossless WebP is never chosen for a picture that came as a lossy
    /// one in another format while JPEG is acceptable: it would only be larger. QOI, which no browser
    /// shows, is only chosen where it is named, and so is GIF, which loses colours, but for animations.
    pub fn output(&self, input: Format, frames: u32, is_lossy: bool) -> Result<Output, Problem> {
        let accept = match self {
            Self::Fixed(output) => return Ok(*output),
            Self::Negotiated(accept) => accept,
        };
        let (kept, animated) = (input.kept(frames), frames > 1);
        let weight = |output: Output| weight(accept, output, animated);
        let rank = |output: &Output| {
            let preference = match *output {
                output if output == kept => 2,
                Output::Png => 1,
                _ => 0,
            };
            (weight(*output), preference)
        };
        let mut holding = Output::ALL.to_vec();
        holding.retain(|output| !animated || output.holds_animations());
        let acceptable = holding.iter().copied().filter(|output| weight(*output) > 0);
        let best = acceptable.max_by_key(rank).ok_or_else(|| none_acceptable(&holding))?;
        let wasteful = best == Output::WebP && kept != Output::WebP && is_lossy;
        Ok(if wasteful && weight(Output::Jpeg) > 0 { Output::Jpeg } else { best })
    }

    /// What decides the format beside the picture.
    pub fn key(&self) -> String {
        match self {
            Self::Fixed(output) => output.name().to_owned(),
            Self::Negotiated(accept) => {
                let weight = |output: Output| {
                    let [still, animated] =
                        [false, true].map(|animated| weight(accept, output, animated));
                    format!("{}={still},{animated}", output.name())
                };
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

/// The weight of a format for a still picture or an animation: that of a wildcard does not count for
/// QOI, and for GIF only where there is something that moves.
fn weight(accept: &Accept, output: Output, animated: bool) -> Quality {
    let media = output.format().media_type();
    let counts = match output {
        Output::Qoi => false,
        Output::Gif => animated,
        _ => true,
    };
    if counts || accept.names(media) { accept.quality(media) } else { 0 }
}

fn none_acceptable(outputs: &[Output]) -> Problem {
    let types: Vec<_> = outputs.iter().map(|output| output.format().media_type()).collect();
    not_acceptable(&types)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(accept: &str, input: Format, is_lossy: bool) -> Output {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        let none = Parameters::parse(None, &[]).unwrap();
        OutputChoice::of(&none, &headers).unwrap().output(input, 1, is_lossy).unwrap()
    }

    /// The name of the format for an animation, or what the problem says.
    fn choose_for_animation(accept: &str, input: Format) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        let none = Parameters::parse(None, &[]).unwrap();
        match OutputChoice::of(&none, &headers).unwrap().output(input, 2, true) {
            Ok(output) => output.name().to_owned(),
            Err(problem) => problem.detail().to_owned(),
        }
    }

    #[test]
    fn an_animation_goes_out_in_a_format_that_holds_it() {
        for (accept, gif, png, webp) in [
            ("*/*", "gif", "png", "png"),
            ("image/avif,image/webp,image/*,*/*;q=0.8", "gif", "png", "png"),
            ("image/gif, image/png", "gif", "png", "png"),
            ("image/png, image/*;q=0.8", "png", "png", "png"),
            ("image/png;q=0.5, image/*", "gif", "gif", "gif"),
            ("image/webp, image/gif;q=0.1", "gif", "gif", "gif"),
            ("image/qoi, image/jpeg, image/png;q=0.1", "png", "png", "png"),
        ] {
            for (input, expected) in [(Format::Gif, gif), (Format::Png, png), (Format::WebP, webp)]
            {
                assert_eq!(choose_for_animation(accept, input), expected, "{accept} {input:?}");
            }
        }
        assert_eq!(
            choose_for_animation("image/webp, image/jpeg", Format::Gif),
            "The Accept field takes none of what can be made here: image/png, image/gif."
        );
    }

    #[test]
    fn gif_has_to_be_named_for_a_still_picture() {
        assert_eq!(choose("image/gif", Format::Jpeg, true), Output::Gif);
        assert_eq!(choose("image/gif, image/*;q=0.9", Format::Gif, false), Output::Gif);
        assert_eq!(choose("image/gif, image/png", Format::Gif, false), Output::Png);
        assert_eq!(choose("image/png;q=0.1, */*;q=0.2", Format::Gif, false), Output::WebP);
    }

    #[test]
    fn a_wildcard_that_only_animations_meet_is_refused_for_others() {
        let mut headers = HeaderMap::new();
        let accept = "image/*, image/png;q=0, image/jpeg;q=0, image/webp;q=0";
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        let none = Parameters::parse(None, &[]).unwrap();
        let choice = OutputChoice::of(&none, &headers).unwrap();
        assert_eq!(choice.output(Format::Gif, 2, false), Ok(Output::Gif));
        let problem = choice.output(Format::Gif, 1, false).unwrap_err();
        let detail = "The Accept field takes none of what can be made here: image/png, image/jpeg, image/webp, image/gif, image/qoi.";
        assert_eq!(problem.detail(), detail);
        let weights = "png=0,0&jpeg=0,0&webp=0,0&gif=0,1000&qoi=0,0";
        assert_eq!(choice.key(), weights);
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
        assert_eq!(choice.output(Format::Jpeg, 1, true), Ok(Output::WebP));
        let mut answer = HeaderMap::new();
        choice.vary(&mut answer);
        assert!(answer.is_empty());
        let problem = OutputChoice::of(&parse("format=jpg"), &headers).unwrap_err();
        assert_eq!(
            problem.detail(),
            "The parameter 'format' is 'jpg'; it must be one of png, jpeg, webp, gif, qoi."
        );
        let problem = OutputChoice::of(&parse(""), &headers).unwrap_err();
        let detail = "The Accept field takes none of what can be made here: image/png, image/jpeg, image/webp, image/gif, image/qoi.";
        assert_eq!(problem.detail(), detail);
    }
}
