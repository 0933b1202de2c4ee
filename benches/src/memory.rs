//! The host's memory while it works, and at rest.

use std::fmt;
use std::time::Duration;

use anyhow::Result;
use tokio::time::{interval, sleep};

use crate::host::Host;

/// How long the host has to give back what the last requests used.
const PAUSE: Duration = Duration::from_secs(1);

/// Resident memory in megabytes.
///
/// At work it goes up and down with the pictures that are worked on at the moment. What the host
/// keeps of them shows at rest.
#[derive(Default)]
pub struct Memory {
    peak: f64,
    at_rest: Vec<f64>,
}

impl Memory {
    /// Reads the host's memory until `work` has ended, and once again after a pause.
    pub async fn watch<T>(&mut self, host: &Host, work: impl Future<Output = T>) -> Result<T> {
        let mut seconds = interval(PAUSE);
        let mut work = std::pin::pin!(work);
        let done = loop {
            tokio::select! {
                done = &mut work => break done,
                _ = seconds.tick() => self.peak = self.peak.max(host.resident_megabytes()?),
            }
        };
        sleep(PAUSE).await;
        self.at_rest.push(host.resident_megabytes()?);
        Ok(done)
    }

    /// Megabytes by which the host has grown since its first rest.
    pub fn growth(&self) -> f64 {
        match self.at_rest.as_slice() {
            [first, .., last] => last - first,
            [] | [_] => 0.0,
        }
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at_rest: Vec<String> =
            self.at_rest.iter().map(|megabytes| format!("{megabytes:.0}")).collect();
        write!(formatter, "at most {:.0} MB, at rest {} MB", self.peak, at_rest.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::Memory;

    #[test]
    fn growth_is_that_since_the_first_rest() {
        let growth = |at_rest: &[f64]| Memory { peak: 0.0, at_rest: at_rest.to_vec() }.growth();
        assert_eq!(growth(&[]), 0.0);
        assert_eq!(growth(&[90.0]), 0.0);
        assert_eq!(growth(&[90.0, 95.5]), 5.5);
        assert_eq!(growth(&[90.0, 200.0, 89.0]), -1.0);
        let memory = Memory { peak: 200.4, at_rest: vec![90.0, 95.5] };
        assert_eq!(memory.to_string(), "at most 200 MB, at rest 90, 96 MB");
    }
}
