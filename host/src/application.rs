//! An application: its components, compiled, and its routes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};

use crate::component::{self, Component};
use crate::engine::{self, Limits};
use crate::log::{self, ComponentLog, LogSink};
use crate::manifest::Manifest;
use crate::route::Router;
use crate::statistics::Statistics;
use crate::variables::Variables;
use crate::{builder, summary};

/// How an application is loaded.
#[derive(Clone)]
pub struct Options {
    /// The manifest's path.
    pub manifest: PathBuf,
    /// Values for variables. Of several for one name the last counts.
    pub variables: Vec<(String, String)>,
    /// What requests may use.
    pub limits: Limits,
    /// Where components' output and the host's reports go.
    pub log: LogSink,
}

impl Options {
    /// The defaults, for the manifest at this path. The log goes to stderr.
    pub fn new(manifest: impl Into<PathBuf>) -> Self {
        Self {
            manifest: manifest.into(),
            variables: Vec::new(),
            limits: Limits::default(),
            log: log::to_stderr(),
        }
    }
}

/// A loaded application.
pub struct Application {
    pub(crate) router: Router,
    pub(crate) limits: Limits,
    /// Of the requests that reach no component.
    pub(crate) log: ComponentLog,
    components: BTreeMap<String, Arc<Component>>,
    title: String,
    summary: String,
}

impl Application {
    /// Builds what is missing or stale, then compiles it, or takes it from the cache under `target/`.
    /// Blocks for as long as that takes.
    pub fn load(options: &Options) -> Result<Self> {
        let path = options.manifest.canonicalize();
        let path = path.with_context(|| format!("there is no {}", options.manifest.display()))?;
        let folder = path.parent().context("the manifest is in no folder")?;
        let manifest = Manifest::read(&path)?;
        let environment = |name: &str| std::env::var(name).ok();
        let variables = Variables::resolve(&manifest.variables, &options.variables, environment)?;
        let router = Router::new(&manifest.trigger.http)?;
        builder::build(&manifest, folder)?;

        let engine = engine::pooling(&options.limits, &target_folder(folder).join("edge-host"))?;
        let linker = component::linker(&engine)?;
        let load = |(id, declared): (&String, _)| {
            let log = ComponentLog::new(id, options.log.clone());
            let component = Component::load(&linker, declared, folder, &variables, log);
            let component = component.with_context(|| format!("component `{id}`"))?;
            Ok((id.clone(), Arc::new(component)))
        };
        Ok(Self {
            components: manifest.components.iter().map(load).collect::<Result<_>>()?,
            limits: options.limits,
            log: ComponentLog::new("", options.log.clone()),
            title: summary::title(&manifest),
            summary: summary::routes(&manifest, &variables)?,
            router,
        })
    }

    /// The application's name and version.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// A table of the routes and what their components are granted. Without secrets.
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// The counts of the component with this id.
    pub fn statistics(&self, component: &str) -> Option<&Statistics> {
        self.components.get(component).map(|component| &*component.statistics)
    }

    pub(crate) fn component(&self, id: &str) -> Option<Arc<Component>> {
        self.components.get(id).cloned()
    }
}

/// Cargo's folder for what is built, which is the workspace's if the manifest is inside one.
fn target_folder(folder: &Path) -> PathBuf {
    let targets = folder.ancestors().map(|ancestor| ancestor.join("target"));
    let existing = targets.into_iter().find(|target| target.is_dir());
    existing.unwrap_or_else(|| folder.join("target"))
}
