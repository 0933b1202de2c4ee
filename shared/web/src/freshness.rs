//! `Cache-Control` (RFC 9111, section 5.2): how long caches may keep an answer.

use http::HeaderValue;

use crate::config::text_variable;
use crate::platform::Platform;
use crate::problem::{Kind, Problem};

/// The variable with the directives that take the place of the defaults.
const VARIABLE: &str = "cache_control";
/// For a URL whose owner changes it with its content.
const LASTING: &str = "public, max-age=31536000, immutable";
/// For any other.
const USUAL: &str = "public, max-age=3600";

/// Directives whose seconds an end cuts short.
const LIFETIMES: [&str; 2] = ["max-age", "s-maxage"];
/// Directives that let a cache go on past the lifetime.
const EXTENSIONS: [&str; 2] = ["stale-if-error", "stale-while-revalidate"];
/// Directives without which a lifetime has to be given, lest caches make one up.
const FORBIDDING: [&str; 2] = ["no-cache", "no-store"];

/// The directives of an answer to GET: those of the deployment's variable, else a year where the URL
/// changes with its content, else an hour; none of them lets a cache keep it longer than the
/// `seconds_left` of a URL that ends.
pub fn cache_control(
    platform: &impl Platform,
    lasting: bool,
    seconds_left: Option<u64>,
) -> Result<HeaderValue, Problem> {
    let chosen = text_variable(platform, VARIABLE);
    let directives = chosen.as_deref().unwrap_or(if lasting { LASTING } else { USUAL });
    let directives = match seconds_left {
        Some(seconds) => until(directives, seconds),
        None => directives.to_owned(),
    };
    HeaderValue::try_from(directives).map_err(|_| {
        let detail = format!("The variable '{VARIABLE}' of this deployment is no field value.");
        Problem::new(Kind::Misconfigured, detail).with("variable", VARIABLE)
    })
}

/// The same directives for an answer that nobody may use after `seconds`.
fn until(directives: &str, seconds: u64) -> String {
    let mut kept = Vec::new();
    let mut is_bounded = false;
    for directive in directives.split(',').map(str::trim) {
        let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
        let is = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        if is(&EXTENSIONS) {
            continue;
        }
        is_bounded |= is(&FORBIDDING) || is(&LIFETIMES);
        kept.push(if is(&LIFETIMES) {
            let lifetime: u64 = value.trim_matches('"').parse().unwrap_or(0);
            format!("{name}={}", lifetime.min(seconds))
        } else {
            directive.to_owned()
        });
    }
    if !is_bounded {
        kept.push(format!("max-age={seconds}"));
    }
    if !kept.iter().any(|directive| directive.eq_ignore_ascii_case("must-revalidate")) {
        kept.push("must-revalidate".to_owned());
    }
    kept.retain(|directive| !directive.is_empty());
    kept.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_lifetime_goes_past_the_end() {
        for (directives, seconds, expected) in [
            (USUAL, 3_601, "public, max-age=3600, must-revalidate"),
            (USUAL, 3_599, "public, max-age=3599, must-revalidate"),
            (LASTING, 60, "public, max-age=60, immutable, must-revalidate"),
            ("MAX-AGE=9, s-maxage=\"99\"", 50, "MAX-AGE=9, s-maxage=50, must-revalidate"),
            (
                "public,stale-while-revalidate=60, max-age=5 ,stale-if-error=9",
                7,
                "public, max-age=5, must-revalidate",
            ),
            ("public", 7, "public, max-age=7, must-revalidate"),
            ("", 7, "max-age=7, must-revalidate"),
            ("max-age=soon", 7, "max-age=0, must-revalidate"),
            ("no-store", 7, "no-store, must-revalidate"),
            ("no-cache, Must-Revalidate", 7, "no-cache, Must-Revalidate"),
        ] {
            assert_eq!(until(directives, seconds), expected, "{directives}");
        }
    }
}
