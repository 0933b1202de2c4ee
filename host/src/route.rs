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

#[cfg(test)]
mod tests {
    use super::*;

    /// A router whose components are called as their routes.
    fn router(patterns: &[&str]) -> Result<Router> {
        let triggers = patterns.iter().map(|pattern| HttpTrigger {
            route: pattern.to_string(),
            component: format!("of {pattern}"),
        });
        Router::new(&triggers.collect::<Vec<_>>())
    }

    #[test]
    fn the_most_specific_route_answers() {
        let patterns = ["/", "/...", "/hash", "/a/:b", "/a/:b/...", "/a/b", "/a/b/...", "/a/:b/c"];
        for patterns in [patterns.to_vec(), patterns.into_iter().rev().collect()] {
            let router = router(&patterns).expect("routes that differ");
            let cases = [
                ("/", "/"),
                ("/hash", "/hash"),
                ("/hash/", "/hash"),
                ("/hash/x", "/..."),
                ("/hashes", "/..."),
                ("/a", "/..."),
                ("/a/b", "/a/b"),
                ("/a/b/", "/a/b"),
                ("/a/x", "/a/:b"),
                ("/a/x/y", "/a/:b/..."),
                ("/a/x/c", "/a/:b/c"),
                ("/a/b/x/y", "/a/b/..."),
                ("/A/b", "/..."),
            ];
            for (path, pattern) in cases {
                let found = router.find(path).expect("a route for every path");
                assert_eq!(found.route.pattern, pattern, "{path}");
                assert_eq!(found.route.component, format!("of {pattern}"));
            }
        }
    }

    #[test]
    fn paths_without_a_route_are_not_found() {
        let router = router(&["/hash", "/image/...", "/user/:id"]).expect("routes that differ");
        for path in ["/", "/has", "/hash/x", "/images", "/user", "/user/1/2", "*", ""] {
            assert!(router.find(path).is_none(), "{path}");
        }
    }

    #[test]
    fn a_match_tells_what_the_wildcards_stand_for() {
        let router =
            router(&["/image/...", "/user/:id/...", "/exact"]).expect("routes that differ");
        let none: &[(&str, &str)] = &[];
        let cases = [
            ("/image", "", none),
            ("/image/", "/", none),
            ("/image/blur", "/blur", none),
            ("/image/blur:3/x%2Fy/", "/blur:3/x%2Fy/", none),
            ("/user/Bob", "", &[("id", "Bob")][..]),
            ("/user/Bob/a/b", "/a/b", &[("id", "Bob")][..]),
            ("/exact/", "", none),
        ];
        for (path, path_info, parameters) in cases {
            let found = router.find(path).expect("a route for every path");
            let names: Vec<_> = found
                .parameters
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            assert_eq!(
                (found.path_info.as_str(), names.as_slice()),
                (path_info, parameters),
                "{path}"
            );
        }
    }

    #[test]
    fn routes_show_themselves_as_in_spin() {
        let route = |pattern: &str| Route { pattern: pattern.into(), component: String::new() };
        let cases =
            [("/", "", "/"), ("/a", "/a", "/a"), ("/a/", "/a", "/a/"), ("/a/...", "/a/...", "/a")];
        for (pattern, matched, prefix) in cases {
            let route = route(pattern);
            assert_eq!((route.matched(), route.prefix()), (matched, prefix), "{pattern}");
        }
    }

    #[test]
    fn broken_routes_are_errors() {
        let cases: [(&[&str], &str); 7] = [
            (&["hash"], "the route `hash` must start with a slash"),
            (&[""], "the route `` must start with a slash"),
            (
                &["/a/.../b"],
                "the route `/a/.../b` may hold only plain segments, `:name`, and `/...` at its end",
            ),
            (
                &["/a/*"],
                "the route `/a/*` may hold only plain segments, `:name`, and `/...` at its end",
            ),
            (
                &["/a/:"],
                "the route `/a/:` may name segments only by letters, digits and underscores",
            ),
            (
                &["/a/:b-c"],
                "the route `/a/:b-c` may name segments only by letters, digits and underscores",
            ),
            (&["/a", "/a/"], "the route `/a/` is given to both `of /a` and `of /a/`"),
        ];
        for (patterns, expected) in cases {
            assert_eq!(router(patterns).expect_err("an error").to_string(), expected);
        }
    }
}
