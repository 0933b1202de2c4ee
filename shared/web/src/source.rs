//! Where a request's input comes from.

use http::Method;

use crate::parameters::Parameters;
use crate::problem::{Kind, Problem};

/// The one input of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source<'a> {
    /// The request's own body (POST, PUT).
    Body,
    /// A parameter that names or holds it, and its value (GET, HEAD): `url` for a remote resource,
    /// `file` for one of the component's grant, `text` for the text itself.
    Parameter(&'static str, &'a str),
}

impl<'a> Source<'a> {
    /// Exactly one source: the body for POST and PUT, else one of the parameters in `known`.
    pub fn of(
        method: &Method,
        parameters: &'a Parameters,
        known: &[&'static str],
    ) -> Result<Self, Problem> {
        let body = matches!(*method, Method::POST | Method::PUT).then_some(Self::Body);
        let parameter = |name: &&'static str| Some(Self::Parameter(name, parameters.get(name)?));
        let mut named = body.into_iter().chain(known.iter().filter_map(parameter));
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

    fn noun(&self) -> String {
        match self {
            Self::Body => "its body".to_owned(),
            Self::Parameter(name, _) => format!("'{name}'"),
        }
    }
}
