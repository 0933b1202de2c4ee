//! Which component answers a path.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow, bail};
use routefinder::Router as Finder;

use crate::manifest::HttpTrigger;

/// The application's routes. An exact segment is preferred to `:name`, `:name` to `/...`, and a
/// longer prefix to a shorter one.
#[derive(Debug)]
pub struct Router(Finder<Route>);

/// A route of the manifest.
#[derive(Debug)]
pub struct Route {
    /// As the manifest has it.
    pub pattern: String,
    /// The id of the component that answers.
    pub component: String,
}

/// A path that a route has matched.
#[derive(Debug)]
pub struct Match<'a> {
    /// The route.
    pub route: &'a Route,
    /// What `/...` stands for, with its leading slash; empty for other routes.
    pub path_info: String,
    /// The segments that `:name` stand for, by name.
    pub parameters: Vec<(String, String)>,
}

impl Route {
    /// The pattern without the slash at its end.
    pub fn matched(&self) -> &str {
        self.pattern.strip_suffix('/').unwrap_or(&self.pattern)
    }

    /// The pattern without the `/...` at its end.
    pub fn prefix(&self) -> &str {
        self.pattern.strip_suffix("/...").unwrap_or(&self.pattern)
    }
}

impl Router {
    /// Builds the router of the manifest's triggers.
    pub fn new(triggers: &[HttpTrigger]) -> Result<Self> {
        let mut finder = Finder::new();
        let mut taken = BTreeMap::new();
        for HttpTrigger { route: pattern, component } in triggers {
            let spec = specification(pattern)?;
            if let Some(other) = taken.insert(spec.clone(), component) {
                bail!("the route `{pattern}` is given to both `{other}` and `{component}`");
            }
            let route = Route { pattern: pattern.clone(), component: component.clone() };
            finder.add(spec, route).map_err(|reason| anyhow!("the route `{pattern}`: {reason}"))?;
        }
        Ok(Self(finder))
    }

    /// Finds the route of `path`.
    pub fn find(&self, path: &str) -> Option<Match<'_>> {
        let found = self.0.best_match(path)?;
        let captures = found.captures();
        let path_info = captures.wildcard().map(|rest| {
            // The slash at the end is the component's to see, although it decides no route.
            let end = if path.ends_with('/') { "/" } else { "" };
            if rest.is_empty() { end.to_owned() } else { format!("/{rest}{end}") }
        });
        let parameters = captures.iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
        Some(Match {
            route: found.handler(),
            path_info: path_info.unwrap_or_default(),
            parameters: parameters.collect(),
        })
    }
}

/// The pattern in the router's notation, which has `*` for `...`.
fn specification(pattern: &str) -> Result<String> {
    let (path, end) = match pattern.strip_suffix("/...") {
        Some(path) => (path, "/*"),
        None => (pattern.strip_suffix('/').unwrap_or(pattern), ""),
    };
    if !pattern.starts_with('/') {
        bail!("the route `{pattern}` must start with a slash");
    }
    if path.contains(['*', '?', '#']) || path.split('/').any(|segment| segment == "...") {
        bail!("the route `{pattern}` may hold only plain segments, `:name`, and `/...` at its end");
    }
    let mut names = path.split('/').filter_map(|segment| segment.strip_prefix(':'));
    if !names.all(is_parameter_name) {
        bail!("the route `{pattern}` may name segments only by letters, digits and underscores");
    }
    Ok(format!("{path}{end}"))
}

/// Whether the name can be a part of a header's.
fn is_parameter_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
