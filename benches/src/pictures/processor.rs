//! The one processor that everything runs on.

use anyhow::Result;

/// Keeps this thread, and every process that it starts from now on, to one processor: helper threads
/// then take their time from the thread they help.
#[cfg(target_os = "linux")]
pub fn keep_to_one() -> Result<()> {
    use anyhow::Context;
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

    let allowed = sched_getaffinity(None)?;
    // The first ones often serve the devices as well.
    let last = (0..CpuSet::MAX_CPU).rev().find(|&processor| allowed.is_set(processor));
    let mut one = CpuSet::new();
    one.set(last.context("no processor")?);
    Ok(sched_setaffinity(None, &one)?)
}

/// Other systems have no way to do it that holds for every library.
#[cfg(not(target_os = "linux"))]
pub fn keep_to_one() -> Result<()> {
    anyhow::bail!("processes can be kept to one processor on Linux only")
}
