//! The one processor that everything runs on.

use std::fs;
use std::process::{self, Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Keeps this process, and every one that it starts from now on, to one processor: helper threads
/// then take their time from the thread they help.
pub fn keep_to_one() -> Result<()> {
    let status = fs::read_to_string("/proc/self/status")
        .context("processes can be kept to one processor on Linux only")?;
    let processor = last_allowed(&status).context("no list of processors")?;
    let result = Command::new("taskset")
        .args(["--pid", "--cpu-list", processor])
        .arg(process::id().to_string())
        .stdout(Stdio::null())
        .status()
        .context("cannot start `taskset`, which util-linux has")?;
    ensure!(result.success(), "`taskset` failed: {result}");
    Ok(())
}

/// The last processor of the list in `status`: the first ones often serve devices as well.
fn last_allowed(status: &str) -> Option<&str> {
    let list = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?;
    list.trim().rsplit([',', '-']).next()
}

#[cfg(test)]
mod tests {
    use super::last_allowed;

    #[test]
    fn the_last_processor_ends_the_list() {
        let last = |list: &str| {
            let status =
                format!("Cpus_allowed:\tff\nCpus_allowed_list:\t{list}\nMems_allowed:\t1\n");
            last_allowed(&status).map(str::to_owned)
        };
        assert_eq!(last("0").as_deref(), Some("0"));
        assert_eq!(last("0-3,8-11").as_deref(), Some("11"));
        assert_eq!(last("0-3,8").as_deref(), Some("8"));
        assert_eq!(last_allowed("Name:\tx\n"), None);
    }
}
