//! How wasmtime compiles components and where their instances live.

use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::Result;
use wasmtime::error::Context as _;
use wasmtime::{
    Cache, CacheConfig, Config, Enabled, Engine, InstanceAllocationStrategy,
    PoolingAllocationConfig,
};

/// How often running guests are interrupted to look at their CPU time, and to let others run. A short
/// request waits this long behind each long one: at 10 ms it took three times as long under load.
const EPOCH_TICK: Duration = Duration::from_millis(2);

/// Bytes of each memory and table that stay mapped between two instances. It covers the 1 MiB stack
/// that Rust's linker puts at the start of a memory, and the data behind it.
const KEEP_RESIDENT: usize = 2 << 20;

/// Core instances and tables that one component may be made of.
const PARTS: u32 = 8;

/// Memories that one component may be made of: its own, and that of a component it is composed with.
/// There are no more of them for that: what each was last used with stays resident.
const MEMORIES: u32 = 2;

/// The CPU time that each MiB of a body adds: several times what all digests at once need.
const CPU_PER_MIB: Duration = Duration::from_millis(100);

/// What one instance, and all of them together, may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Linear memory of one instance in bytes. Growth past it fails in the guest.
    pub memory_bytes: usize,
    /// Requests that are worked on at once. Further ones wait for a second, then get a 503.
    pub concurrency: u32,
    /// The CPU time of one request, to which each MiB that is read of its body adds 100 ms.
    pub cpu: Duration,
    /// The time of one request from its head to the end of its answer, a slow client's included.
    pub request: Duration,
    /// How long a client may pause in the middle of a request's body.
    pub idle: Duration,
}

impl Limits {
    /// The CPU time of a request of whose body so many bytes have been read: a long body may take
    /// long, and time is bought by sending alone.
    pub(crate) fn cpu_after(&self, read: u64) -> Duration {
        let mebibytes = u32::try_from(read >> 20).unwrap_or(u32::MAX);
        self.cpu.saturating_add(CPU_PER_MIB.saturating_mul(mebibytes))
    }
}

impl Default for Limits {
    fn default() -> Self {
        // Many more than the cores: most requests wait for their client or upstream.
        let cores = thread::available_parallelism().map_or(1, usize::from).min(16) as u32;
        Self {
            memory_bytes: 128 << 20,
            concurrency: cores * 32,
            cpu: Duration::from_secs(30),
            request: Duration::from_secs(600),
            idle: Duration::from_secs(60),
        }
    }
}

/// An engine for servers: a pool of instances, and epochs that advance while the engine exists.
/// Compiled code is cached in `cache`.
pub fn pooling(limits: &Limits, cache: &Path) -> Result<Engine> {
    let mut config = Config::new();
    config
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool(limits)))
        // Tasks inside one instance are of WASI 0.3; without them an instance starts faster.
        .concurrency_support(false)
        .epoch_interruption(true);
    let mut cache_config = CacheConfig::new();
    cache_config.with_directory(cache);
    config.cache(Some(Cache::new(cache_config)?));
    let engine = Engine::new(&config).context("cannot reserve memory for the instances")?;
    advance_epochs(&engine)?;
    Ok(engine)
}

/// An engine for one run of one program, without limits.
pub fn on_demand() -> Result<Engine> {
    Ok(Engine::new(Config::new().concurrency_support(false))?)
}

fn pool(limits: &Limits) -> PoolingAllocationConfig {
    let instances = limits.concurrency;
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(instances)
        .total_core_instances(instances.saturating_mul(PARTS))
        .total_memories(instances)
        .total_tables(instances.saturating_mul(PARTS))
        .total_stacks(instances)
        .max_core_instances_per_component(PARTS)
        .max_tables_per_component(PARTS)
        .max_memories_per_component(MEMORIES)
        .max_memory_size(limits.memory_bytes)
        .linear_memory_keep_resident(KEEP_RESIDENT)
        .table_keep_resident(KEEP_RESIDENT)
        .pagemap_scan(Enabled::Auto);
    pool
}

/// Advances epochs from a thread of its own: guests may keep every other one busy.
fn advance_epochs(engine: &Engine) -> Result<()> {
    let engine = engine.weak();
    let advance = move || {
        while let Some(engine) = engine.upgrade() {
            engine.increment_epoch();
            drop(engine);
            thread::sleep(EPOCH_TICK);
        }
    };
    thread::Builder::new().name("epochs".into()).spawn(advance)?;
    Ok(())
}
