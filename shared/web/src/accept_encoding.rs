//! Content negotiation by `Accept-Encoding` (RFC 9110, section 12.5.3).

use http::{HeaderMap, header};

use crate::accept::{Quality, weight};

/// The content codings that a request takes, each in lower case with its weight.
#[derive(Clone, Debug)]
pub struct AcceptEncoding(Vec<(String, Quality)>);

impl AcceptEncoding {
    /// Reads every `Accept-Encoding` field. Whoever sends none is not known to undo any coding.
    pub fn of(headers: &HeaderMap) -> Self {
        let fields = headers.get_all(header::ACCEPT_ENCODING).iter();
        let texts = fields.filter_map(|value| value.to_str().ok());
        Self(texts.flat_map(|value| value.split(',')).filter_map(parse).collect())
    }

    /// Whether the content is rather sent in `coding` (lower case) than as it is: its own weight
    /// is not 0, nor below what `identity` is given.
    pub fn prefers(&self, coding: &str) -> bool {
        let quality = self.listed(coding).or(self.listed("*")).unwrap_or(0);
        quality > 0 && self.listed("identity").is_none_or(|identity| quality >= identity)
    }

    /// Whether the content may be sent as it is, which only a weight of 0 forbids.
    pub fn takes_identity(&self) -> bool {
        self.listed("identity").or(self.listed("*")) != Some(0)
    }

    fn listed(&self, coding: &str) -> Option<Quality> {
        self.0.iter().find(|(name, _)| name == coding).map(|(_, quality)| *quality)
    }
}

/// One coding; nothing where it is malformed.
fn parse(text: &str) -> Option<(String, Quality)> {
    let (name, parameter) = text.split_once(';').unwrap_or((text, "q=1"));
    let (key, value) = parameter.split_once('=')?;
    let quality = weight(value.trim()).filter(|_| key.trim().eq_ignore_ascii_case("q"))?;
    Some((name.trim().to_ascii_lowercase(), quality))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accept(value: &str) -> AcceptEncoding {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, value.parse().unwrap());
        AcceptEncoding::of(&headers)
    }

    #[test]
    fn weights_choose() {
        for (value, prefers, takes_identity) in [
            ("br", true, true),
            ("gzip, deflate, BR;q=0.1, zstd", true, true),
            ("*", true, true),
            ("br;q=0.5, identity;q=0.5", true, true),
            ("br;q=0.5, identity", false, true),
            ("*;q=0.2, identity", false, true),
            ("br;q=0", false, true),
            ("br;q=0, *", false, true),
            ("gzip", false, true),
            ("", false, true),
            ("br;q=2, br;level=3, br;", false, true),
            ("br, identity;q=0", true, false),
            ("br, *;q=0", true, false),
            ("*;q=0", false, false),
            ("*;q=0, identity;q=0.1", false, true),
        ] {
            let accept = accept(value);
            assert_eq!(accept.prefers("br"), prefers, "{value}");
            assert_eq!(accept.takes_identity(), takes_identity, "{value}");
        }
        assert!(!AcceptEncoding::of(&HeaderMap::new()).prefers("br"));
    }
}
