//! What a component has done and used.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Counts of one component. They are exact once the component is idle.
#[derive(Debug, Default)]
pub struct Statistics {
    requests: AtomicUsize,
    live_instances: AtomicUsize,
    peak_memory_bytes: AtomicUsize,
}

impl Statistics {
    /// Requests that reached the component since the last reset.
    pub fn requests(&self) -> usize {
        self.requests.load(Relaxed)
    }

    /// Instances that exist now.
    pub fn live_instances(&self) -> usize {
        self.live_instances.load(Relaxed)
    }

    /// Linear memory of the largest instance since the last reset, in bytes.
    pub fn peak_memory_bytes(&self) -> usize {
        self.peak_memory_bytes.load(Relaxed)
    }

    /// Starts the counts again, but for the instances that exist.
    pub fn reset(&self) {
        self.requests.store(0, Relaxed);
        self.peak_memory_bytes.store(0, Relaxed);
    }

    pub(crate) fn record_memory(&self, bytes: usize) {
        self.peak_memory_bytes.fetch_max(bytes, Relaxed);
    }
}

/// Counts as a live instance until it is dropped.
#[derive(Debug)]
pub(crate) struct Live(Arc<Statistics>);

impl Live {
    pub(crate) fn new(statistics: &Arc<Statistics>) -> Self {
        statistics.requests.fetch_add(1, Relaxed);
        statistics.live_instances.fetch_add(1, Relaxed);
        Self(statistics.clone())
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.0.live_instances.fetch_sub(1, Relaxed);
    }
}
