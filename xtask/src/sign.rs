//! `cargo xtask sign`: URLs that a deployment with a signing key takes.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use clap::Args;
use edge_web::{EXPIRES, SIGNATURE, sign as signature};
use http::Uri;

/// Where the key stands that `cargo up` and `spin up` read, too.
const KEY: &str = "SPIN_VARIABLE_SIGNING_KEY";

/// A URL to sign.
#[derive(Args)]
pub struct Sign {
    /// The URL, or its path and query
    url: String,
    /// The key; else the first one in the environment's SPIN_VARIABLE_SIGNING_KEY
    #[arg(long)]
    key: Option<String>,
    /// Seconds from now until the URL ends; else it does not
    #[arg(long, value_name = "SECONDS")]
    expires_in: Option<u64>,
}

/// Prints the signed URL.
pub fn run(order: &Sign) -> Result<()> {
    let keys = match &order.key {
        Some(key) => key.clone(),
        None => std::env::var(KEY).with_context(|| format!("give --key, or set {KEY}"))?,
    };
    let key = keys.split_ascii_whitespace().next().context("the key is empty")?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let expires = order.expires_in.map(|seconds| now.saturating_add(seconds));
    println!("{}", signed(&order.url, key, expires)?);
    Ok(())
}

fn signed(url: &str, key: &str, expires: Option<u64>) -> Result<String> {
    ensure!(!url.contains('#'), "a fragment is not sent, so leave it out: {url}");
    let mut url = url.to_owned();
    let parameters = |url: &str| -> Result<(String, String)> {
        let uri: Uri = url.parse().with_context(|| format!("not a URL: {url}"))?;
        Ok((uri.path().to_owned(), uri.query().unwrap_or_default().to_owned()))
    };
    let (_, query) = parameters(&url)?;
    for name in [SIGNATURE, EXPIRES] {
        let is_given = query.split('&').any(|pair| pair.split('=').next() == Some(name));
        ensure!(!is_given, "the URL has a '{name}' already: {url}");
    }
    if let Some(expires) = expires {
        add(&mut url, EXPIRES, &expires.to_string());
    }
    let (path, query) = parameters(&url)?;
    add(&mut url, SIGNATURE, &signature(key, &path, &query));
    Ok(url)
}

fn add(url: &mut String, name: &str, value: &str) {
    let separator = if url.contains('?') { '&' } else { '?' };
    *url += &format!("{separator}{name}={value}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_added_at_the_end() {
        let url = "https://edge.example/image/blur?url=https%3A%2F%2Fexample.org%2Fa.jpg";
        let expected =
            format!("{url}&expires=1900000000&sig=qUwSIhOTGe4_6O6SLfomro3NM5Ydze36y6LYi8HY_Tw");
        assert_eq!(signed(url, "secret", Some(1_900_000_000)).unwrap(), expected);
        let expected = "/hash?sig=1yNGREO6WlQRgQapoFPTrxhhNpPSV805iCyZJLRu5UQ";
        assert_eq!(signed("/hash", "Jefe", None).unwrap(), expected);
    }

    #[test]
    fn what_cannot_be_signed_is_told() {
        let refusal = |url| signed(url, "key", None).unwrap_err().to_string();
        assert_eq!(refusal("/hash?sig=x"), "the URL has a 'sig' already: /hash?sig=x");
        assert_eq!(refusal("/hash?expires=5"), "the URL has a 'expires' already: /hash?expires=5");
        assert_eq!(refusal("/hash#x"), "a fragment is not sent, so leave it out: /hash#x");
        assert_eq!(refusal("not a URL"), "not a URL: not a URL");
    }
}
