//! What belongs to one instance: its grants, its memory, its share of the host.

use std::sync::Arc;

use wasmtime::component::ResourceTable;
use wasmtime::{ResourceLimiter, Result};
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};
use wasmtime_wasi_http::{WasiHttpCtx, WasiHttpCtxView, WasiHttpView};

use crate::component::Variables;
use crate::outbound::Outbound;
use crate::statistics::{Live, Statistics};
use crate::wit::fermyon::spin::variables;

/// The data of an instance's store.
pub struct Instance {
    pub(crate) wasi: WasiCtx,
    pub(crate) http: WasiHttpCtx,
    pub(crate) table: ResourceTable,
    pub(crate) outbound: Outbound,
    pub(crate) variables: Variables,
    pub(crate) memory: Memory,
    pub(crate) _live: Live,
}

impl WasiView for Instance {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl WasiHttpView for Instance {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView { ctx: &mut self.http, table: &mut self.table, hooks: &mut self.outbound }
    }
}

impl variables::Host for Instance {
    fn get(&mut self, name: String) -> Result<String, variables::Error> {
        if !is_variable_name(&name) {
            let reason = format!("`{name}` is no name: lower-case letters, digits and underscores");
            return Err(variables::Error::InvalidName(reason));
        }
        let undefined = || variables::Error::Undefined(format!("no variable `{name}`"));
        self.variables.get(&name).cloned().ok_or_else(undefined)
    }
}

fn is_variable_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

/// Denies growth past a limit, so that a guest's allocation fails and it can still answer.
pub struct Memory {
    used_bytes: usize,
    limit_bytes: usize,
    statistics: Arc<Statistics>,
}

impl Memory {
    /// No memory yet, and at most `limit_bytes` of it.
    pub fn new(limit_bytes: usize, statistics: Arc<Statistics>) -> Self {
        Self { used_bytes: 0, limit_bytes, statistics }
    }
}

impl ResourceLimiter for Memory {
    fn memory_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> Result<bool> {
        let used = (self.used_bytes - current).saturating_add(desired);
        if used > self.limit_bytes {
            return Ok(false);
        }
        self.used_bytes = used;
        self.statistics.record_memory(used);
        Ok(true)
    }

    fn table_growing(&mut self, _: usize, _: usize, _: Option<usize>) -> Result<bool> {
        // The pool's tables have a fixed size.
        Ok(true)
    }
}
