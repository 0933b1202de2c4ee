//! What an application is and what its components may do, to be read by people.

use anyhow::Result;

use crate::manifest::{Component, Manifest};
use crate::variables::Variables;

/// The application's name and version.
pub fn title(manifest: &Manifest) -> String {
    let application = &manifest.application;
    format!("{} {}", application.name, application.version).trim_end().to_owned()
}

/// A table with a row for each route. Secrets appear as their templates.
pub fn routes(manifest: &Manifest, variables: &Variables) -> Result<String> {
    let heading = ["route", "component", "outbound hosts", "files", "variables"];
    let mut rows = vec![heading.map(str::to_owned)];
    for trigger in &manifest.trigger.http {
        let component = &manifest.components[&trigger.component];
        let names = component.variables.keys().cloned().collect();
        rows.push([
            trigger.route.clone(),
            trigger.component.clone(),
            list(hosts(component, variables)?),
            list(mounts(component)),
            list(names),
        ]);
    }
    Ok(table(&rows))
}

fn hosts(component: &Component, variables: &Variables) -> Result<Vec<String>> {
    let mut hosts = Vec::new();
    for template in &component.allowed_outbound_hosts {
        let host = variables.expand(template)?;
        if !host.value.is_empty() {
            hosts.push(host.shown(template).to_owned());
        }
    }
    Ok(hosts)
}

fn mounts(component: &Component) -> Vec<String> {
    let mounts = component.files.iter();
    mounts.map(|mount| format!("{} -> {}", mount.source.display(), mount.destination)).collect()
}

fn list(items: Vec<String>) -> String {
    if items.is_empty() { "none".to_owned() } else { items.join(", ") }
}

fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: [usize; N] = std::array::from_fn(|column| width(column).unwrap_or(0));
    let lines = rows.iter().map(|row| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}
