//! Signed URLs: that a URL was made by someone who knows a key of the deployment.
//!
//! What is signed is the raw path, `?`, and the raw `name=value` pairs of the query but the
//! signature itself, sorted by their bytes and joined by `&`. The signature is an HMAC-SHA256
//! (RFC 2104, FIPS 180-4) in Base64 for URLs without padding (RFC 4648, section 5).

use std::time::{SystemTime, UNIX_EPOCH};

use edge_core::hash::{Algorithm, Encoding};
use http::Uri;

use crate::config::text_variable;
use crate::digest::same_digest;
use crate::parameters::Parameters;
use crate::platform::Platform;
use crate::problem::{Kind, Problem};

/// The parameter that holds the signature.
pub const SIGNATURE: &str = "sig";
/// The parameter that says when a signed URL ends, in seconds since 1970-01-01 UTC.
pub const EXPIRES: &str = "expires";
/// The variable with the keys, separated by spaces: a new one is added before an old one goes.
const KEYS: &str = "signing_key";

/// What a request's URL proved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// Whether it is signed with a key of the deployment.
    pub signed: bool,
    /// How many seconds are left until it ends; `None` where it does not.
    pub seconds_left: Option<u64>,
}

impl Access {
    /// Checks the signature that a request brought. Without one, a deployment that has keys refuses
    /// what `needs_one`.
    pub fn of(
        platform: &impl Platform,
        uri: &Uri,
        parameters: &Parameters,
        needs_one: bool,
    ) -> Result<Self, Problem> {
        let keys = text_variable(platform, KEYS).unwrap_or_default();
        let keys: Vec<_> = keys.split_ascii_whitespace().collect();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_secs());
        Self::check(&keys, now, uri, parameters, needs_one)
    }

    fn check(
        keys: &[&str],
        now: u64,
        uri: &Uri,
        parameters: &Parameters,
        needs_one: bool,
    ) -> Result<Self, Problem> {
        let Some(signature) = parameters.get(SIGNATURE) else {
            if let Some(expires) = parameters.get(EXPIRES) {
                let allowed = "left out of a URL that is not signed";
                return Err(Problem::invalid_parameter(EXPIRES, expires, allowed));
            }
            if needs_one && !keys.is_empty() {
                let detail =
                    "This deployment takes only signed URLs here; the parameter 'sig' is missing.";
                return Err(Problem::new(Kind::MissingSignature, detail));
            }
            return Ok(Self::default());
        };
        if keys.is_empty() {
            let allowed = "left out, since this deployment has no key to check it with";
            return Err(Problem::invalid_parameter(SIGNATURE, signature, allowed));
        }
        let (path, query) = (uri.path(), uri.query().unwrap_or_default());
        let is_signed_with =
            |key: &&str| same_digest(sign(key, path, query).as_bytes(), signature.as_bytes());
        // Every key is tried, so that the time does not tell which one fits.
        if keys.iter().filter(|key| is_signed_with(key)).count() == 0 {
            let detail = "The signature in the parameter 'sig' is not that of this URL.";
            return Err(Problem::new(Kind::BadSignature, detail));
        }
        let expires = parameters.get(EXPIRES).map(epoch_seconds).transpose()?;
        match expires {
            Some(expires) if expires <= now => {
                let detail = format!("The URL was good until {expires}; it is {now} now.");
                Err(Problem::new(Kind::ExpiredUrl, detail)
                    .with("expires", expires)
                    .with("now", now))
            }
            expires => Ok(Self { signed: true, seconds_left: expires.map(|at| at - now) }),
        }
    }
}

fn epoch_seconds(text: &str) -> Result<u64, Problem> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().ok_or_else(|| {
        let allowed = "a whole number of seconds since 1970-01-01 UTC";
        Problem::invalid_parameter(EXPIRES, text, allowed)
    })
}

/// The signature of a URL with this raw path and query (without its `?`), by `key`.
///
/// # Panics
/// If the key has no bytes.
pub fn sign(key: &str, path: &str, query: &str) -> String {
    let mut hasher =
        Algorithm::HMAC_SHA_256.start(Some(key.as_bytes())).expect("the key has at least a byte");
    hasher.update(signed_text(path, query).as_bytes());
    let signature = Encoding::Base64Url.encode(Algorithm::HMAC_SHA_256, &hasher.digest());
    signature.expect("every digest can be written in Base64")
}

fn signed_text(path: &str, query: &str) -> String {
    let is_signature = |pair: &str| pair.split('=').next() == Some(SIGNATURE);
    let pairs = query.split('&').filter(|pair| !pair.is_empty() && !is_signature(pair));
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_unstable();
    format!("{path}?{}", pairs.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_000;

    fn check(keys: &[&str], target: &str, needs_one: bool) -> Result<Access, Problem> {
        let uri: Uri = target.parse().unwrap();
        let parameters = Parameters::parse(uri.query(), &["a", "url", SIGNATURE, EXPIRES])?;
        Access::check(keys, NOW, &uri, &parameters, needs_one)
    }

    /// The target with its signature in front, where its place does not matter.
    fn signed(key: &str, path: &str, query: &str) -> String {
        format!("{path}?sig={}&{query}", sign(key, path, query))
    }

    fn refusal(keys: &[&str], target: &str) -> (Kind, String) {
        let problem = check(keys, target, true).unwrap_err();
        (problem.kind(), problem.detail().to_owned())
    }

    #[test]
    fn the_pairs_are_sorted_by_their_raw_bytes() {
        let text = |query| signed_text("/image/blur:3", query);
        assert_eq!(text("url=b&a=1"), "/image/blur:3?a=1&url=b");
        assert_eq!(text("url=%62&sig=x&a=1&"), "/image/blur:3?a=1&url=%62");
        assert_eq!(text("sig=&sig&b&a=2&a=10"), "/image/blur:3?a=10&a=2&b");
        assert_eq!(text("signed=1&Z&%73ig=x"), "/image/blur:3?%73ig=x&Z&signed=1");
        assert_eq!(text(""), "/image/blur:3?");
    }

    /// As OpenSSL 3 makes it: `openssl dgst -sha256 -hmac KEY -binary | basenc --base64url`.
    #[test]
    fn the_signature_is_an_hmac() {
        let query = "url=https%3A%2F%2Fexample.org%2Fa.jpg&expires=1900000000";
        assert_eq!(
            sign("secret", "/image/blur", query),
            "qUwSIhOTGe4_6O6SLfomro3NM5Ydze36y6LYi8HY_Tw"
        );
        assert_eq!(sign("Jefe", "/hash", ""), "1yNGREO6WlQRgQapoFPTrxhhNpPSV805iCyZJLRu5UQ");
    }

    #[test]
    fn any_of_the_keys_will_do() {
        let target = signed("new", "/hash", "url=x");
        let access = Access { signed: true, seconds_left: None };
        assert_eq!(check(&["old", "new"], &target, true), Ok(access));
        assert_eq!(check(&["new"], &target, false), Ok(access));
        let refused = (
            Kind::BadSignature,
            "The signature in the parameter 'sig' is not that of this URL.".to_owned(),
        );
        assert_eq!(refusal(&["old"], &target), refused);
        // Another path, another value, another pair, and a signature that is cut or padded.
        for changed in [
            target.replace("/hash", "/hash/"),
            target.replace("url=x", "url=y"),
            target.replace("url=x", "url=%78"),
            format!("{target}&a="),
            target.replace("&url", "=&url"),
            target.replace("sig=", "%73ig="),
            format!("/hash?url=x&sig={}", &sign("new", "/hash", "url=x")[..42]),
            "/hash?url=x&sig=".to_owned(),
        ] {
            assert_eq!(refusal(&["old", "new"], &changed), refused, "{changed}");
        }
    }

    #[test]
    fn only_what_needs_a_signature_is_refused_without() {
        assert_eq!(check(&["key"], "/hash?a=1", false), Ok(Access::default()));
        assert_eq!(check(&[], "/hash?url=x", true), Ok(Access::default()));
        let detail = "This deployment takes only signed URLs here; the parameter 'sig' is missing.";
        let refused = (Kind::MissingSignature, detail.to_owned());
        assert_eq!(refusal(&["key"], "/hash?url=x"), refused);
    }

    #[test]
    fn what_cannot_be_checked_is_refused() {
        let detail = "The parameter 'sig' is 'abc'; it must be left out, since this deployment has no key to check it with.";
        assert_eq!(refusal(&[], "/hash?sig=abc"), (Kind::InvalidParameter, detail.to_owned()));
        let detail =
            "The parameter 'expires' is '5'; it must be left out of a URL that is not signed.";
        for keys in [&[][..], &["key"]] {
            let refused = (Kind::InvalidParameter, detail.to_owned());
            assert_eq!(refusal(keys, "/hash?expires=5"), refused);
        }
    }

    #[test]
    fn a_url_ends_at_its_time() {
        let expiring = |expires: &str| signed("key", "/hash", &format!("expires={expires}"));
        let left = |expires| check(&["key"], &expiring(expires), true).unwrap().seconds_left;
        assert_eq!([left("1001"), left("0001060")], [Some(1), Some(60)]);
        for expires in ["1000", "999", "0"] {
            let detail = format!("The URL was good until {expires}; it is 1000 now.");
            assert_eq!(refusal(&["key"], &expiring(expires)), (Kind::ExpiredUrl, detail));
        }
        for expires in ["", "-1", "1e9", "18446744073709551616"] {
            let detail = format!(
                "The parameter 'expires' is '{expires}'; it must be a whole number of seconds since 1970-01-01 UTC."
            );
            assert_eq!(refusal(&["key"], &expiring(expires)), (Kind::InvalidParameter, detail));
        }
    }
}
