//! Query parameters: every one known, none repeated, each decoded once.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use percent_encoding::percent_decode_str;

use crate::problem::{Kind, Problem};

/// How alike two names must be (Jaro-Winkler, 0 to 1) for one to be suggested in place of the
/// other.
const ALIKE: f64 = 0.75;

/// The decoded parameters of one request.
#[derive(Clone, Debug)]
pub struct Parameters {
    values: BTreeMap<String, String>,
}

impl Parameters {
    /// Reads `query` (without its `?`), in which only the names in `known` may stand, each once.
    pub fn parse(query: Option<&str>, known: &[&str]) -> Result<Self, Problem> {
        let mut values = BTreeMap::new();
        for pair in query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decode(name)?, decode(value)?);
            if !known.contains(&name.as_str()) {
                return Err(unknown(&name, known));
            }
            if values.contains_key(&name) {
                let detail = format!("The parameter '{name}' is given more than once.");
                return Err(Problem::new(Kind::RepeatedParameter, detail).with("parameter", name));
            }
            values.insert(name, value);
        }
        Ok(Self { values })
    }

    /// The value of a parameter, if it was given.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// A whole number in decimal digits, or `default` where the parameter is absent.
    pub fn integer(
        &self,
        name: &str,
        allowed: RangeInclusive<u32>,
        default: u32,
    ) -> Result<u32, Problem> {
        let Some(value) = self.get(name) else { return Ok(default) };
        let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        let number =
            digits.then(|| value.parse().ok()).flatten().filter(|number| allowed.contains(number));
        number.ok_or_else(|| {
            let (minimum, maximum) = allowed.into_inner();
            let range = format!("a whole number from {minimum} to {maximum}");
            Problem::invalid_parameter(name, value, range)
                .with("minimum", minimum)
                .with("maximum", maximum)
        })
    }
}

/// `application/x-www-form-urlencoded`, as URLs in pages are written: `+` is a space, `%XX` a byte
/// of UTF-8.
fn decode(text: &str) -> Result<String, Problem> {
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8().map_err(|_| {
        let detail =
            format!("The query contains '{text}', whose percent-encoded bytes are not UTF-8.");
        Problem::new(Kind::MalformedRequest, detail)
    })?;
    Ok(decoded.into_owned())
}

fn unknown(name: &str, known: &[&str]) -> Problem {
    let allowed = match known {
        [] => "this route takes none".to_owned(),
        [only] => format!("this route takes '{only}'"),
        [first @ .., last] => format!("this route takes '{}' and '{last}'", first.join("', '")),
    };
    let problem = |hint: String| {
        Problem::new(
            Kind::UnknownParameter,
            format!("The parameter '{name}' is not known; {allowed}{hint}."),
        )
        .with("parameter", name)
        .with("allowed", known)
    };
    match nearest(name, known) {
        Some(suggestion) => problem(format!(": did you mean '{suggestion}'?").replace("?.", "?"))
            .with("suggestion", suggestion),
        None => problem(String::new()),
    }
}

/// The one of `known` that `name` is most likely a misspelling of.
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let name = name.to_ascii_lowercase();
    let likeness = |candidate: &&str| strsim::jaro_winkler(&name, candidate);
    let best = known.iter().copied().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(&best) >= ALIKE).then_some(best)
}
