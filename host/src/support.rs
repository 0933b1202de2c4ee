//! What of Spin's manifest this host runs.
//!
//! Everything else is refused by name, so that an application never runs with a grant or a setting
//! silently missing.

use anyhow::{Result, bail};
use toml::{Table, Value};

/// Refuses a manifest that has more than this host runs. Looks at the raw tables, where a key is still
/// there whatever its type.
pub fn check(manifest: &Table) -> Result<()> {
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
        let manifest = text.parse().expect("TOML");
        check(&manifest).expect_err("an error").to_string()
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
        ];
        for (text, expected) in cases {
            assert_eq!(error(&text), expected);
        }
    }
}
