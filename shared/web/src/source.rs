//! Where a request's input comes from.

use http::Method;

use crate::parameters::Parameters;
use crate::problem::{Kind, Problem};

/// The one input of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source<'a> {
    /// The request's own body (POST, PUT).
    Body,
    /// A remote resource, `?url=` (GET, HEAD).
    Url(&'a str),
    /// A file of the component's grant, `?file=` (GET, HEAD).
    File(&'a str),
}

impl<'a> Source<'a> {
    /// Exactly one source: the body for POST and PUT, else one of the parameters in `known`, which
    /// are `url`, `file` or both.
    pub fn of(
        method: &Method,
        parameters: &'a Parameters,
        known: &[&str],
    ) -> Result<Self, Problem> {
        let body = matches!(*method, Method::POST | Method::PUT).then_some(Self::Body);
        let url = parameters.get("url").map(Self::Url);
        let file = parameters.get("file").map(Self::File);
        let mut named = [body, url, file].into_iter().flatten();
        match (named.next(), named.next()) {
            (Some(source), None) => Ok(source),
            (None, _) => {
                let known = known.join("' or '");
                let detail =
                    format!("{method} names no input; give '{known}', or send it with POST.");
                Err(Problem::new(Kind::NoSource, detail))
            }
            (Some(first), Some(second)) => Err(Problem::new(
                Kind::TwoSources,
                format!(
                    "The request names two inputs, {} and {}; give one.",
                    first.noun(),
                    second.noun()
                ),
            )),
        }
    }

    fn noun(&self) -> &'static str {
        match self {
            Self::Body => "its body",
            Self::Url(_) => "'url'",
            Self::File(_) => "'file'",
        }
    }
}
