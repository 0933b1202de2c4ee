//! Query parameters: every one known, none repeated, each decoded once.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use percent_encoding::percent_decode_str;

use crate::problem::{Kind, Problem, excerpt};

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
        let shown = excerpt(text);
        let detail =
            format!("The query contains '{shown}', whose percent-encoded bytes are not UTF-8.");
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
    let shown = excerpt(name);
    let detail = format!("The parameter '{shown}' is not known; {allowed}.");
    let problem = Problem::new(Kind::UnknownParameter, detail)
        .with("parameter", shown)
        .with("allowed", known);
    suggest(problem, name, known)
}

/// Adds the one of `known` that `name` is most likely a misspelling of, as the member
/// `suggestion`.
pub fn suggest(problem: Problem, name: &str, known: &[&str]) -> Problem {
    let name = name.to_ascii_lowercase();
    let likeness = |candidate: &str| strsim::jaro_winkler(&name, candidate);
    let best = known.iter().copied().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    match best {
        Some(best) if likeness(best) >= ALIKE => problem.with("suggestion", best),
        _ => problem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(query: &str) -> Result<Parameters, Problem> {
        Parameters::parse(Some(query), &["radius", "file"])
    }

    #[test]
    fn values_are_decoded_once() {
        let parameters = parse("&file=a+b%2Bc%2525&radius=&").unwrap();
        assert_eq!(parameters.get("file"), Some("a b+c%25"));
        assert_eq!(parameters.get("radius"), Some(""));
        assert_eq!(Parameters::parse(None, &[]).unwrap().get("file"), None);
    }

    #[test]
    fn integers_are_digits_within_a_range() {
        for (query, number) in [("", 5), ("radius=0", 0), ("radius=127", 127), ("radius=007", 7)] {
            assert_eq!(parse(query).unwrap().integer("radius", 0..=127, 5), Ok(number), "{query}");
        }
        for value in ["", "128", "-1", "+1", "1.5", "1e2", "٣", "99999999999"] {
            let query = format!("radius={}", value.replace('+', "%2B"));
            let problem = parse(&query).unwrap().integer("radius", 0..=127, 5).unwrap_err();
            let detail = format!(
                "The parameter 'radius' is '{value}'; it must be a whole number from 0 to 127."
            );
            assert_eq!((problem.kind(), problem.detail()), (Kind::InvalidParameter, &*detail));
        }
    }

    #[test]
    fn only_likely_names_are_suggested() {
        let suggestion = |name: &str| {
            let problem = parse(name).unwrap_err();
            let expected = Problem::new(Kind::UnknownParameter, problem.detail())
                .with("parameter", name)
                .with("allowed", ["radius", "file"].as_slice());
            ["radius", "file"]
                .into_iter()
                .find(|known| expected.clone().with("suggestion", *known) == problem)
        };
        assert_eq!(suggestion("raduis"), Some("radius"));
        assert_eq!(suggestion("FILE"), Some("file"));
        assert_eq!(suggestion("quality"), None);
    }
}
