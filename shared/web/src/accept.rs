//! Content negotiation by `Accept` (RFC 9110, section 12.5.1).

use http::{HeaderMap, HeaderValue, header};

use crate::problem::{Kind, Problem};

/// A weight in thousandths: 0 is "not acceptable", 1000 is the default.
pub type Quality = u16;

/// The media ranges of a request's `Accept` fields.
#[derive(Clone, Debug)]
pub struct Accept {
    ranges: Vec<Range>,
}

#[derive(Clone, Debug)]
struct Range {
    kind: String,
    subtype: String,
    quality: Quality,
}

impl Accept {
    /// Reads every `Accept` field. Without one, or with nothing but malformed ranges, everything is
    /// acceptable.
    pub fn of(headers: &HeaderMap) -> Self {
        let ranges = headers
            .get_all(header::ACCEPT)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .filter_map(Range::parse)
            .collect();
        Self { ranges }
    }

    /// The weight of `media` (`type/subtype`, lower case): that of the most specific range that
    /// matches it.
    pub fn quality(&self, media: &str) -> Quality {
        if self.ranges.is_empty() {
            return 1000;
        }
        let (kind, subtype) = media.split_once('/').unwrap_or((media, ""));
        self.ranges
            .iter()
            .filter_map(|range| Some((range.specificity(kind, subtype)?, range.quality)))
            .max()
            .map_or(0, |(_, quality)| quality)
    }

    /// Whether a range matches `media` (`type/subtype`, lower case) and no other.
    pub fn names(&self, media: &str) -> bool {
        let named = media.split_once('/');
        self.ranges.iter().any(|range| named == Some((&range.kind, &range.subtype)))
    }

    /// The best of `offers`: the highest weight wins, the earlier offer where weights are equal.
    /// `None` where nothing is acceptable.
    pub fn best<'a>(&self, offers: &[&'a str]) -> Option<&'a str> {
        let mut best = None;
        for offer in offers {
            let quality = self.quality(offer);
            if quality > best.map_or(0, |(_, quality)| quality) {
                best = Some((*offer, quality));
            }
        }
        best.map(|(offer, _)| offer)
    }

    /// As [`best`](Self::best), with the 406 problem where nothing is acceptable.
    pub fn choose<'a>(&self, offers: &[&'a str]) -> Result<&'a str, Problem> {
        self.best(offers).ok_or_else(|| not_acceptable(offers))
    }
}

/// The problem that none of `offers` is acceptable.
pub fn not_acceptable(offers: &[&str]) -> Problem {
    let detail =
        format!("The Accept field takes none of what can be made here: {}.", offers.join(", "));
    Problem::new(Kind::NotAcceptable, detail)
        .with("allowed", offers)
        .field(header::VARY, HeaderValue::from_static("Accept"))
}

impl Range {
    fn parse(range: &str) -> Option<Self> {
        let mut parts = range.split(';').map(str::trim);
        let (kind, subtype) = parts.next()?.split_once('/')?;
        let mut quality = 1000;
        for parameter in parts {
            if let Some((name, value)) = parameter.split_once('=')
                && name.trim().eq_ignore_ascii_case("q")
            {
                quality = weight(value.trim())?;
            }
        }
        let (kind, subtype) =
            (kind.trim().to_ascii_lowercase(), subtype.trim().to_ascii_lowercase());
        Some(Self { kind, subtype, quality })
    }

    fn specificity(&self, kind: &str, subtype: &str) -> Option<u8> {
        match (self.kind.as_str(), self.subtype.as_str()) {
            ("*", "*") => Some(0),
            (k, "*") if k == kind => Some(1),
            (k, s) if k == kind && s == subtype => Some(2),
            _ => None,
        }
    }
}

/// A `qvalue`: 0 to 1 with at most three decimals.
pub(crate) fn weight(value: &str) -> Option<Quality> {
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    let well_formed = decimals.len() <= 3 && decimals.bytes().all(|digit| digit.is_ascii_digit());
    let thousandths: Quality = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" if well_formed => Some(thousandths),
        "1" if well_formed && thousandths == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accept(value: &str) -> Accept {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, value.parse().unwrap());
        Accept::of(&headers)
    }

    #[test]
    fn the_most_specific_range_decides() {
        let accept = accept("*/*;q=0.1, image/*;q=0.5, image/png;q=0, IMAGE/WebP");
        assert_eq!(accept.quality("text/plain"), 100);
        assert_eq!(accept.quality("image/jpeg"), 500);
        assert_eq!(accept.quality("image/png"), 0);
        assert_eq!(accept.quality("image/webp"), 1000);
        assert!(accept.names("image/webp") && !accept.names("image/jpeg"));
    }

    #[test]
    fn without_a_field_everything_is_acceptable() {
        assert_eq!(Accept::of(&HeaderMap::new()).quality("image/png"), 1000);
        assert_eq!(Accept::of(&HeaderMap::new()).best(&["a/b", "c/d"]), Some("a/b"));
    }

    #[test]
    fn equal_weights_keep_the_order_of_the_offers() {
        let offers = ["text/plain", "application/json"];
        assert_eq!(accept("*/*").best(&offers), Some("text/plain"));
        assert_eq!(accept("application/json, */*;q=0.5").best(&offers), Some("application/json"));
        assert_eq!(accept("image/png").best(&offers), None);
        assert_eq!(accept("text/plain;q=0").best(&offers), None);
    }

    #[test]
    fn weights_have_at_most_three_decimals() {
        for (value, expected) in [
            ("0", Some(0)),
            ("1", Some(1000)),
            ("1.000", Some(1000)),
            ("0.5", Some(500)),
            ("0.123", Some(123)),
        ] {
            assert_eq!(weight(value), expected, "{value}");
        }
        for value in ["", "2", "1.001", "0.1234", "-1", "0.x", ".5"] {
            assert_eq!(weight(value), None, "{value}");
        }
    }
}
