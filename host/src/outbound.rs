//! The hosts that a component may send requests to.

use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use http::Uri;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks, default_send_request};

use crate::log::ComponentLog;
use crate::variables::Variables;

/// The grants of one component.
#[derive(Debug, Default)]
pub struct AllowedHosts(Vec<AllowedHost>);

/// One grant: `scheme://host[:port]`.
#[derive(Debug, PartialEq)]
struct AllowedHost {
    /// `None` is any.
    scheme: Option<String>,
    host: Host,
    /// The first port and the one after the last; `None` is any.
    ports: Option<(u32, u32)>,
}

#[derive(Debug, PartialEq)]
enum Host {
    Any,
    /// Any name that ends so; with its leading dot.
    Subdomain(String),
    Exact(String),
}

impl AllowedHosts {
    /// Reads grants. An empty one grants nothing: it is what the template of an empty variable gives.
    pub fn resolve(templates: &[String], variables: &Variables) -> Result<Self> {
        let mut hosts = Vec::new();
        for template in templates {
            let grant = variables.expand(template)?;
            if grant.value.trim().is_empty() {
                continue;
            }
            let host = AllowedHost::parse(grant.value.trim());
            let shown = grant.shown(template);
            hosts.push(host.map_err(|reason| anyhow!("the allowed host `{shown}` {reason}"))?);
        }
        Ok(Self(hosts))
    }

    /// Whether a request may be sent to `uri`.
    pub fn allows(&self, uri: &Uri) -> bool {
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return false;
        };
        // A name before the host is a disguise more often than a credential.
        if authority.as_str().contains('@') {
            return false;
        }
        let host = authority.host().to_ascii_lowercase();
        let port = match authority.port_u16() {
            None if authority.as_str() == authority.host() => default_port(scheme),
            // What is no port is none that was granted, not even by `*`.
            None => return false,
            port => port,
        };
        self.0.iter().any(|allowed| allowed.allows(scheme, &host, port))
    }
}

impl AllowedHost {
    fn parse(grant: &str) -> Result<Self> {
        let (scheme, rest) =
            grant.split_once("://").context("has no scheme: write scheme://host[:port]")?;
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        if authority.contains('/') {
            bail!("may have neither a path nor a range of addresses");
        }
        // The colons of an address in brackets are its own.
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        Ok(Self {
            scheme: scheme_of(scheme)?,
            host: Host::parse(host)?,
            ports: ports_of(port, scheme)?,
        })
    }

    fn allows(&self, scheme: &str, host: &str, port: Option<u16>) -> bool {
        let scheme_matches = self.scheme.as_deref().is_none_or(|allowed| allowed == scheme);
        let port_matches = match (self.ports, port) {
            (None, _) => true,
            (Some((first, end)), Some(port)) => (first..end).contains(&u32::from(port)),
            (Some(_), None) => false,
        };
        scheme_matches && port_matches && self.host.allows(host)
    }
}

impl Host {
    fn parse(host: &str) -> Result<Self> {
        let host = host.to_ascii_lowercase();
        match host.strip_prefix('*') {
            Some("") => return Ok(Self::Any),
            Some(domain) if domain.starts_with('.') && !domain.contains('*') => {
                return Ok(Self::Subdomain(domain.to_owned()));
            }
            _ => {}
        }
        if host.is_empty() {
            bail!("has no host");
        }
        if host.contains('*') {
            bail!("may have `*` only as the whole host or as its first label");
        }
        if host == "self" || host == "self.alt" || host.ends_with(".spin.internal") {
            bail!(
                "calls the application itself, which this host does not support; run the application with `spin up`"
            );
        }
        Ok(Self::Exact(host))
    }

    fn allows(&self, host: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Subdomain(domain) => host.ends_with(domain.as_str()),
            Self::Exact(name) => host == name,
        }
    }
}

fn scheme_of(scheme: &str) -> Result<Option<String>> {
    match scheme {
        "*" => Ok(None),
        _ if !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            Ok(Some(scheme.to_ascii_lowercase()))
        }
        _ => bail!("has a scheme that is neither `*` nor letters"),
    }
}

fn ports_of(port: Option<&str>, scheme: &str) -> Result<Option<(u32, u32)>> {
    let number = |text: &str| {
        text.parse::<u16>()
            .map(u32::from)
            .with_context(|| format!("has a port `{text}` that is no number"))
    };
    match port {
        Some("*") => Ok(None),
        Some(port) => match port.split_once("..") {
            Some((first, end)) => Ok(Some((number(first)?, number(end)?))),
            None => number(port).map(|port| Some((port, port + 1))),
        },
        None => {
            let port = default_port(scheme).map(u32::from);
            let port = port.context("needs a port, since its scheme has no default")?;
            Ok(Some((port, port + 1)))
        }
    }
}

fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        "mqtt" => Some(1883),
        "mysql" => Some(3306),
        "postgres" => Some(5432),
        "redis" => Some(6379),
        _ => None,
    }
}

/// Sends the requests of one instance, if they are granted.
pub struct Outbound {
    /// The grants.
    pub allowed: Arc<AllowedHosts>,
    /// Where a denial is reported.
    pub log: ComponentLog,
}

type Sent = (http::Response<WasiBody>, Box<dyn Future<Output = Result<(), Error>> + Send>);

impl WasiHttpHooks for Outbound {
    fn send_request(
        &mut self,
        request: http::Request<WasiBody>,
        options: Option<RequestOptions>,
        _written: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Result<Sent, Error>> + Send> {
        if !self.allowed.allows(request.uri()) {
            // Without path and query, which may hold secrets.
            let scheme = request.uri().scheme_str().unwrap_or_default();
            let host = request.uri().authority().map_or("", |authority| authority.host());
            self.log.line(&format!(
                "denied a request to {scheme}://{host}: not in allowed_outbound_hosts"
            ));
            return Box::new(async { Err(Error::HttpRequestDenied) });
        }
        Box::new(async move {
            let (response, connection) = default_send_request(request, options).await?;
            let response = response.map(http_body_util::BodyExt::boxed_unsync);
            Ok((response, Box::new(connection) as Box<dyn Future<Output = _> + Send>))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(grant: &str) -> Result<AllowedHosts> {
        let variables = Variables::resolve(&Default::default(), &[], |_| None)?;
        AllowedHosts::resolve(&[grant.to_owned()], &variables)
    }

    fn allows(grant: &str, url: &str) -> bool {
        let hosts = parse(grant).expect("a grant");
        hosts.allows(&url.parse().expect("a URL"))
    }

    #[test]
    fn a_grant_allows_its_own_scheme_host_and_port() {
        let cases: [(&str, &[&str], &[&str]); 9] = [
            (
                "https://example.org",
                &["https://example.org", "https://EXAMPLE.org/a?b", "https://example.org:443/"],
                &[
                    "http://example.org/",
                    "https://example.org:444/",
                    "https://example.org.evil.net/",
                    "https://www.example.org/",
                    "https://example.org@evil.net/",
                    "https://evil.net/example.org",
                    "https://user:password@example.org/",
                    "https://example.org:/",
                    "https://example.org:65536/",
                    "https://example.org:99999/",
                ],
            ),
            ("http://example.org/", &["http://example.org:80/"], &["http://example.org:443/"]),
            ("http://Example.ORG:81", &["http://example.org:81/"], &["http://example.org/"]),
            (
                "https://*.example.org",
                &["https://a.example.org/", "https://a.b.example.org/"],
                &["https://example.org/", "https://aexample.org/", "http://a.example.org/"],
            ),
            (
                "http://*:80",
                &["http://anything/"],
                &["http://anything:81/", "https://anything:81/"],
            ),
            (
                "*://example.org:443",
                &["https://example.org/", "http://example.org:443/"],
                &["http://example.org/"],
            ),
            (
                "http://h:*",
                &["http://h/", "http://h:1/", "http://h:65535/"],
                &["http://i/", "http://h:/", "http://h:65536/"],
            ),
            (
                "http://h:10..12",
                &["http://h:10/", "http://h:11/"],
                &["http://h:9/", "http://h:12/", "http://h/"],
            ),
            (
                "http://[::1]:81",
                &["http://[::1]:81/"],
                &["http://[::1]/", "http://[::2]:81/", "http://[::1]:/"],
            ),
        ];
        for (grant, allowed, denied) in cases {
            for url in allowed {
                assert!(allows(grant, url), "{grant} allows {url}");
            }
            for url in denied {
                assert!(!allows(grant, url), "{grant} denies {url}");
            }
        }
        assert!(allows("*://*:*", "https://anything:1/"));
        assert!(allows("http://[::1]", "http://[::1]/"));
    }

    #[test]
    fn an_empty_grant_allows_nothing() {
        for grant in ["", "  "] {
            assert_eq!(parse(grant).expect("no grant").0, []);
            assert!(!allows(grant, "http://example.org/"));
        }
        assert!(!allows("http://example.org", "/relative"));
    }

    #[test]
    fn broken_grants_are_errors() {
        let cases = [
            ("example.org", "has no scheme: write scheme://host[:port]"),
            ("*", "has no scheme: write scheme://host[:port]"),
            ("http://h/path", "may have neither a path nor a range of addresses"),
            ("http://10.0.0.0/8", "may have neither a path nor a range of addresses"),
            ("h2c+x://h:1", "has a scheme that is neither `*` nor letters"),
            ("://h:1", "has a scheme that is neither `*` nor letters"),
            ("http://", "has no host"),
            ("http://a.*.org", "may have `*` only as the whole host or as its first label"),
            ("http://*org", "may have `*` only as the whole host or as its first label"),
            (
                "http://self",
                "calls the application itself, which this host does not support; run the application with `spin up`",
            ),
            ("ftp://h", "needs a port, since its scheme has no default"),
            ("*://h", "needs a port, since its scheme has no default"),
            ("http://h:x", "has a port `x` that is no number"),
            ("http://h:65536", "has a port `65536` that is no number"),
            ("http://h:1..x", "has a port `x` that is no number"),
        ];
        for (grant, reason) in cases {
            let error = parse(grant).expect_err("an error");
            assert_eq!(error.to_string(), format!("the allowed host `{grant}` {reason}"));
        }
    }
}
