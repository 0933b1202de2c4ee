//! The host as a process of its own.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

/// A host that serves this repository. It ends with this.
pub struct Host {
    process: Child,
    address: SocketAddr,
}

impl Host {
    /// Builds the host's program; where it is.
    pub fn build() -> Result<PathBuf> {
        let built = crate::cargo_build()?
            .args(["--package", "edge-host", "--bin", "edge-host"])
            .status()
            .context("cannot start cargo")?;
        ensure!(built.success(), "the host was not built: {built}");
        Ok(crate::target_folder()?.join("debug/edge-host"))
    }

    /// Builds and starts the host on a free port, and waits until it serves.
    pub fn start() -> Result<Self> {
        let mut process = Command::new(Self::build()?)
            .args(["up", "--listen", "127.0.0.1:0"])
            .arg("--manifest")
            .arg(crate::repository("spin.toml"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start the host")?;
        let output = process.stdout.take().context("the host's output")?;
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let address = lines
            .find_map(|line| line.strip_prefix("Serving http://")?.split(' ').next()?.parse().ok());
        let address = address.context("the host ended; `cargo up` tells why")?;
        Ok(Self { process, address })
    }

    /// Where the host listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The host's resident memory in megabytes.
    pub fn resident_megabytes(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))
            .context("the host's memory can be read on Linux only")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok());
        kibibytes.map(|kibibytes: f64| kibibytes * 1.024e-3).context("no VmRSS of the host")
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // Both fail only if it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
