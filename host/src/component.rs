//! A compiled component with its grants, ready to be instantiated.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, bail};
use wasmtime::component::{HasSelf, Linker, ResourceTable};
use wasmtime::error::Context as _;
use wasmtime::{Engine, Store, UpdateDeadline};
use wasmtime_wasi::{FsPerms, WasiCtx};
use wasmtime_wasi_http::WasiHttpCtx;
use wasmtime_wasi_http::p2::bindings::ProxyPre;

use crate::instance::{Instance, Memory};
use crate::invocation::CpuExhausted;
use crate::log::{ComponentLog, LineStream};
use crate::manifest;
use crate::outbound::{AllowedHosts, Outbound};
use crate::processor::ProcessorTime;
use crate::record::Record;
use crate::statistics::{Live, Statistics};
use crate::variables;
use crate::wit::fermyon::spin::variables as wit_variables;

/// The variables that a component sees, by name.
pub type Variables = Arc<BTreeMap<String, String>>;

/// One component of the application.
pub struct Component {
    pub(crate) pre: ProxyPre<Instance>,
    pub(crate) log: ComponentLog,
    pub(crate) statistics: Arc<Statistics>,
    allowed_hosts: Arc<AllowedHosts>,
    variables: Variables,
    environment: Vec<(String, String)>,
    mounts: Vec<(PathBuf, String)>,
}

impl Component {
    /// Compiles the component, or takes it from the cache, and resolves its grants. `folder` is the
    /// manifest's.
    pub fn load(
        linker: &Linker<Instance>,
        manifest: &manifest::Component,
        folder: &Path,
        variables: &variables::Variables,
        log: ComponentLog,
    ) -> Result<Self> {
        let hosts = AllowedHosts::resolve(&manifest.allowed_outbound_hosts, variables)?;
        let seen = manifest.variables.iter();
        let seen = seen.map(|(name, value)| Ok((name.clone(), variables.expand(value)?.value)));
        Ok(Self {
            allowed_hosts: Arc::new(hosts),
            variables: Arc::new(seen.collect::<Result<_>>()?),
            environment: manifest.environment.clone().into_iter().collect(),
            mounts: manifest
                .files
                .iter()
                .map(|mount| resolve(mount, folder))
                .collect::<Result<_>>()?,
            pre: compile(linker, &folder.join(&manifest.source))?,
            log,
            statistics: Arc::default(),
        })
    }

    /// A store for one instance: what it may use and see. Its output is the record's.
    pub(crate) fn store(
        &self,
        memory_bytes: usize,
        record: &Arc<Record>,
    ) -> Result<Store<Instance>> {
        let instance = Instance {
            wasi: self.wasi(record)?,
            http: WasiHttpCtx::new(),
            table: ResourceTable::new(),
            outbound: Outbound { allowed: self.allowed_hosts.clone(), log: self.log.clone() },
            variables: self.variables.clone(),
            memory: Memory::new(memory_bytes, self.statistics.clone()),
            _live: Live::new(&self.statistics),
        };
        let mut store = Store::new(self.pre.engine(), instance);
        store.limiter(|instance| &mut instance.memory);
        Ok(store)
    }

    fn wasi(&self, record: &Arc<Record>) -> Result<WasiCtx> {
        let mut wasi = WasiCtx::builder();
        wasi.stdout(LineStream::new(record.clone()))
            .stderr(LineStream::new(record.clone()))
            .envs(&self.environment)
            .allow_tcp(false)
            .allow_udp(false);
        for (source, destination) in &self.mounts {
            wasi.preopened_dir(source, destination, FsPerms::ReadOnly)
                .with_context(|| format!("cannot open {}", source.display()))?;
        }
        Ok(wasi.build())
    }
}

/// Lets a guest run until it has used `budget`, which may grow meanwhile, and gives way to others at
/// each tick of the epoch.
pub(crate) fn limit_cpu(
    store: &mut Store<Instance>,
    time: ProcessorTime,
    budget: impl Fn() -> Duration + Send + Sync + 'static,
) {
    store.set_epoch_deadline(1);
    store.epoch_deadline_callback(move |_| {
        if time.elapsed() > budget() {
            return Err(CpuExhausted.into());
        }
        Ok(UpdateDeadline::YieldCustom(1, Box::pin(tokio::task::yield_now())))
    });
}

/// Everything that a component may import. What it may do with it is the instance's.
pub fn linker(engine: &Engine) -> Result<Linker<Instance>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
    wasmtime_wasi_http::p2::add_only_http_to_linker_async(&mut linker)?;
    wit_variables::add_to_linker::<_, HasSelf<Instance>>(&mut linker, |instance| instance)?;
    Ok(linker)
}

fn compile(linker: &Linker<Instance>, source: &Path) -> Result<ProxyPre<Instance>> {
    let component = wasmtime::component::Component::from_file(linker.engine(), source)
        .with_context(|| format!("cannot load {}", source.display()))?;
    let pre = linker.instantiate_pre(&component).with_context(|| {
        format!("{} imports what this host does not have; run it with `spin up`", source.display())
    })?;
    let proxy = ProxyPre::new(pre);
    Ok(proxy.with_context(|| {
        format!("{} does not export wasi:http/incoming-handler", source.display())
    })?)
}

fn resolve(mount: &manifest::Mount, folder: &Path) -> Result<(PathBuf, String)> {
    let source = folder.join(&mount.source);
    if !source.is_dir() {
        bail!("`files` names {}, which is not a folder", source.display());
    }
    if !mount.destination.starts_with('/') {
        bail!("`files` has the destination `{}`, which is not absolute", mount.destination);
    }
    Ok((source, mount.destination.clone()))
}
