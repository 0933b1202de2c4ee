//! The application manifest, `spin.toml`, version 2.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::support;

/// A whole manifest.
#[derive(Debug, Deserialize)]
pub struct Manifest {
    /// `[application]`.
    pub application: Details,
    /// `[variables]`, by name.
    #[serde(default)]
    pub variables: BTreeMap<String, Declaration>,
    /// `[[trigger.http]]`, in the order of the file.
    pub trigger: Triggers,
    /// `[component.<id>]`, by id.
    #[serde(default, rename = "component")]
    pub components: BTreeMap<String, Component>,
}

/// What the application is called.
#[derive(Debug, Deserialize)]
pub struct Details {
    /// The application's name.
    pub name: String,
    /// Its version; empty if the manifest has none.
    #[serde(default)]
    pub version: String,
}

/// A variable of the application.
#[derive(Debug, Default, Deserialize)]
pub struct Declaration {
    /// The value when no other is given.
    pub default: Option<String>,
    /// Whether a value must be given.
    #[serde(default)]
    pub required: bool,
    /// Whether the value must never be shown.
    #[serde(default)]
    pub secret: bool,
}

/// The triggers by kind; this host has one.
#[derive(Debug, Deserialize)]
pub struct Triggers {
    /// Routes to components.
    pub http: Vec<HttpTrigger>,
}

/// One route.
#[derive(Debug, Deserialize)]
pub struct HttpTrigger {
    /// A path: exact, with `:name` segments, or ending in `/...`.
    pub route: String,
    /// The id of the component that answers.
    pub component: String,
}

/// One component and what it is granted.
#[derive(Debug, Deserialize)]
pub struct Component {
    /// The wasm file, relative to the manifest.
    pub source: PathBuf,
    /// Templates of the hosts it may send requests to.
    #[serde(default)]
    pub allowed_outbound_hosts: Vec<String>,
    /// The folders it may read.
    #[serde(default)]
    pub files: Vec<Mount>,
    /// Its environment variables.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
    /// Templates of the variables it sees, by the name it sees them under.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
    /// How the wasm file is made.
    pub build: Option<Build>,
}

/// A folder that a component may read.
#[derive(Clone, Debug, Deserialize)]
pub struct Mount {
    /// The folder, relative to the manifest.
    pub source: PathBuf,
    /// Where the component sees it: an absolute path.
    pub destination: String,
}

/// How a component's wasm file is made.
#[derive(Debug, Deserialize)]
pub struct Build {
    /// Shell commands, run one after the other.
    pub command: Commands,
    /// Where they run, relative to the manifest.
    #[serde(default)]
    pub workdir: PathBuf,
    /// Globs of the source files, relative to `workdir`. Without any, the source counts as changed.
    #[serde(default)]
    pub watch: Vec<String>,
}

/// One shell command or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Commands {
    /// `command = "…"`
    One(String),
    /// `command = ["…", "…"]`
    Many(Vec<String>),
}

impl Commands {
    /// The commands in the order they run.
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(command) => std::slice::from_ref(command),
            Self::Many(commands) => commands,
        }
    }
}

impl Manifest {
    /// Reads the manifest at `path`.
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the manifest {}", path.display()))?;
        Self::parse(&text).with_context(|| format!("in the manifest {}", path.display()))
    }

    fn parse(text: &str) -> Result<Self> {
        support::check(&text.parse()?)?;
        let manifest: Self = toml::from_str(text)?;
        for trigger in &manifest.trigger.http {
            if !manifest.components.contains_key(&trigger.component) {
                bail!(
                    "the route `{}` names the component `{}`, which does not exist",
                    trigger.route,
                    trigger.component
                );
            }
        }
        Ok(manifest)
    }
}

/// Finds `spin.toml` in `folder` or the nearest folder above it.
pub fn find(folder: &Path) -> Result<PathBuf> {
    folder
        .ancestors()
        .map(|ancestor| ancestor.join("spin.toml"))
        .find(|path| path.is_file())
        .with_context(|| {
            format!(
                "there is no spin.toml in {} or above it; name one with --manifest",
                folder.display()
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_supported_key_is_read() {
        let text = r#"
            spin_manifest_version = 2
            [application]
            name = "app"
            version = "1.2.3"
            description = "An application"
            authors = ["somebody"]
            [variables]
            origin = { default = "https://example.org", description = "where from" }
            key = { required = true, secret = true }
            [[trigger.http]]
            id = "first"
            route = "/web/..."
            component = "web"
            [component.web]
            source = "web.wasm"
            description = "A component"
            allowed_outbound_hosts = ["{{ origin }}"]
            files = [{ source = "assets", destination = "/" }]
            environment = { MODE = "test" }
            variables = { key = "{{ key }}" }
            [component.web.build]
            command = ["make", "make strip"]
            workdir = "web"
            watch = ["src/**"]
        "#;
        let manifest = Manifest::parse(text).expect("a whole manifest");
        assert_eq!(
            (manifest.application.name, manifest.application.version),
            ("app".into(), "1.2.3".into())
        );
        assert_eq!(manifest.variables["origin"].default.as_deref(), Some("https://example.org"));
        assert!(manifest.variables["key"].required && manifest.variables["key"].secret);
        assert_eq!(manifest.trigger.http[0].route, "/web/...");
        let web = &manifest.components["web"];
        assert_eq!(web.source, Path::new("web.wasm"));
        assert_eq!(web.allowed_outbound_hosts, ["{{ origin }}"]);
        assert_eq!(web.files[0].destination, "/");
        assert_eq!(web.environment["MODE"], "test");
        assert_eq!(web.variables["key"], "{{ key }}");
        let build = web.build.as_ref().expect("a build");
        assert_eq!(build.command.as_slice(), ["make", "make strip"]);
        assert_eq!(
            (build.workdir.as_path(), build.watch.as_slice()),
            (Path::new("web"), &["src/**".to_owned()][..])
        );
    }

    #[test]
    fn broken_manifests_are_errors() {
        let start = "spin_manifest_version = 2\n[application]\nname = \"app\"\n\
                     [[trigger.http]]\nroute = \"/\"\ncomponent = \"web\"\n";
        let cases = [
            ("", "the route `/` names the component `web`, which does not exist"),
            (
                "[component.web]",
                "TOML parse error at line 7, column 1\n  |\n7 | [component.web]\n  | ^^^^^^^^^^^^^^^\n\
                 missing field `source`\n",
            ),
        ];
        for (end, expected) in cases {
            let error = Manifest::parse(&format!("{start}{end}")).expect_err("an error");
            assert_eq!(error.to_string(), expected);
        }
    }

    #[test]
    fn the_manifest_is_found_in_a_folder_above() {
        let guest = Path::new(env!("CARGO_MANIFEST_DIR")).join("guest");
        let found = find(&guest.join("src")).expect("a manifest");
        assert_eq!(found, guest.join("spin.toml"));
        let error = find(Path::new("/nowhere/at/all")).expect_err("no manifest");
        let expected =
            "there is no spin.toml in /nowhere/at/all or above it; name one with --manifest";
        assert_eq!(error.to_string(), expected);
    }
}
