//! The application manifest, `spin.toml`, version 2.
//!
//! Only what this host runs is read. Everything else that Spin knows is refused by name, so that an
//! application never runs with a grant or a setting silently missing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use toml::{Table, Value};

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
        refuse_unsupported(&text.parse()?)?;
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

/// Looks at the raw tables, where a key is still there whatever its type.
fn refuse_unsupported(manifest: &Table) -> Result<()> {
    if manifest.get("spin_manifest_version") != Some(&Value::Integer(2)) {
        bail!("`spin_manifest_version` must be 2; run other versions with `spin up`");
    }
    let sections = ["spin_manifest_version", "application", "variables", "trigger", "component"];
    refuse_keys("the manifest", manifest, &sections)?;
    for (name, application) in tables(manifest, "application") {
        refuse_keys(name, application, &["name", "version", "description", "authors"])?;
    }
    for (_, variables) in tables(manifest, "variables") {
        for (name, variable) in entries(variables) {
            let keys = ["default", "required", "secret", "description"];
            refuse_keys(&format!("the variable `{name}`"), variable, &keys)?;
        }
    }
    for (_, triggers) in tables(manifest, "trigger") {
        refuse_keys("trigger", triggers, &["http"])?;
        let http = triggers.get("http").and_then(Value::as_array);
        http.into_iter().flatten().filter_map(Value::as_table).try_for_each(refuse_trigger)?;
    }
    for (_, components) in tables(manifest, "component") {
        entries(components).try_for_each(|(id, component)| refuse_component(id, component))?;
    }
    Ok(())
}

fn refuse_trigger(trigger: &Table) -> Result<()> {
    let route = trigger.get("route").and_then(Value::as_str).unwrap_or_default();
    let place = format!("the trigger of route `{route}`");
    refuse_keys(&place, trigger, &["id", "route", "component"])?;
    if trigger.get("route").is_some_and(Value::is_table) {
        bail!("a private route is not supported by this host; run the application with `spin up`");
    }
    if trigger.get("component").is_some_and(Value::is_table) {
        bail!("{place}: {}", unsupported("component = { … }"));
    }
    Ok(())
}

fn refuse_component(id: &str, component: &Table) -> Result<()> {
    let place = format!("component `{id}`");
    let keys = [
        "source",
        "description",
        "allowed_outbound_hosts",
        "files",
        "environment",
        "variables",
        "build",
    ];
    refuse_keys(&place, component, &keys)?;
    if component.get("source").is_some_and(Value::is_table) {
        bail!("{place}: {}", unsupported("source = { … }"));
    }
    for (_, build) in tables(component, "build") {
        refuse_keys(&format!("{place}, build"), build, &["command", "workdir", "watch"])?;
    }
    for mount in component.get("files").and_then(Value::as_array).into_iter().flatten() {
        match mount {
            Value::String(glob) => bail!(
                "{place}: a glob in `files` (\"{glob}\") is not supported by this host; \
                 give a source and a destination, or run the application with `spin up`"
            ),
            Value::Table(mount) => {
                refuse_keys(&format!("{place}, files"), mount, &["source", "destination"])?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn refuse_keys(place: &str, table: &Table, known: &[&str]) -> Result<()> {
    match table.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => bail!("{place}: {}", unsupported(key)),
        None => Ok(()),
    }
}

fn unsupported(key: &str) -> String {
    format!("`{key}` is not supported by this host; run the application with `spin up`")
}

fn tables<'a>(parent: &'a Table, key: &'a str) -> impl Iterator<Item = (&'a str, &'a Table)> {
    parent.get(key).and_then(Value::as_table).map(|table| (key, table)).into_iter()
}

fn entries(table: &Table) -> impl Iterator<Item = (&String, &Table)> {
    table.iter().filter_map(|(key, value)| Some((key, value.as_table()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A manifest with more keys at the end of each part.
    fn manifest(part: &str, keys: &str) -> String {
        let more = |name: &str| if name == part { keys } else { "" };
        format!(
            "spin_manifest_version = 2\n{}\n\
             [application]\nname = \"app\"\n{}\n\
             [variables]\norigin = {{ default = \"\" {} }}\n\
             [[trigger.http]]\nroute = \"/\"\ncomponent = \"web\"\n{}\n\
             [component.web]\nsource = \"web.wasm\"\n{}\n\
             [component.web.build]\ncommand = \"make\"\n{}\n",
            more("manifest"),
            more("application"),
            more("variable"),
            more("trigger"),
            more("component"),
            more("build"),
        )
    }

    fn error(text: &str) -> String {
        format!("{:#}", Manifest::parse(text).expect_err("an error"))
    }

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
    fn a_key_that_is_not_supported_is_named() {
        let cases = [
            ("manifest", "dependency = {}", "the manifest: `dependency`"),
            ("application", "tool = {}", "application: `tool`"),
            ("application", "[application.trigger.http]\nbase = \"/\"", "application: `trigger`"),
            ("variable", ", provider = \"\"", "the variable `origin`: `provider`"),
            ("trigger", "executor = { type = \"wagi\" }", "the trigger of route `/`: `executor`"),
            ("trigger", "[[trigger.redis]]\nchannel = \"c\"", "trigger: `redis`"),
            (
                "component",
                "key_value_stores = [\"default\"]",
                "component `web`: `key_value_stores`",
            ),
            (
                "component",
                "sqlite_databases = [\"default\"]",
                "component `web`: `sqlite_databases`",
            ),
            ("component", "ai_models = [\"llama\"]", "component `web`: `ai_models`"),
            ("component", "exclude_files = [\"a\"]", "component `web`: `exclude_files`"),
            ("component", "[component.web.dependencies]", "component `web`: `dependencies`"),
            ("component", "[component.web.tool.x]", "component `web`: `tool`"),
            (
                "component",
                "files = [{ source = \"a\", destination = \"/\", mode = 1 }]",
                "component `web`, files: `mode`",
            ),
            ("build", "environment = {}", "component `web`, build: `environment`"),
        ];
        for (part, keys, place) in cases {
            let expected = format!(
                "{place} is not supported by this host; run the application with `spin up`"
            );
            assert_eq!(error(&manifest(part, keys)), expected);
        }
    }

    #[test]
    fn a_form_that_is_not_supported_is_named() {
        let text = manifest("component", "");
        let cases = [
            (
                text.replace("version = 2", "version = 1"),
                "`spin_manifest_version` must be 2; run other versions with `spin up`",
            ),
            (
                text.replace("route = \"/\"", "route = { private = true }"),
                "a private route is not supported by this host; run the application with `spin up`",
            ),
            (
                text.replace("component = \"web\"", "component = { source = \"web.wasm\" }"),
                "the trigger of route `/`: `component = { … }` is not supported by this host; run the application with `spin up`",
            ),
            (
                text.replace("source = \"web.wasm\"", "source = { url = \"u\", digest = \"d\" }"),
                "component `web`: `source = { … }` is not supported by this host; run the application with `spin up`",
            ),
            (
                manifest("component", "files = [\"assets/*\"]"),
                "component `web`: a glob in `files` (\"assets/*\") is not supported by this host; give a source and a destination, or run the application with `spin up`",
            ),
            (
                text.replace("component = \"web\"", "component = \"wep\""),
                "the route `/` names the component `wep`, which does not exist",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(error(&text), expected);
        }
    }

    #[test]
    fn a_missing_key_is_named() {
        let text = manifest("component", "").replace("source = \"web.wasm\"", "");
        assert!(error(&text).contains("missing field `source`"), "{}", error(&text));
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
