//! The host's memory while it works.

use std::fmt;
use std::time::Duration;

use anyhow::Result;
use tokio::time::{Instant, interval};

use crate::host::Host;

/// How long memory may grow: until each thread and each slot for an instance has met each request.
pub const SETTLING_SECONDS: usize = 10;

/// Resident memory in megabytes, second by second.
pub struct Memory(Vec<f64>);

impl Memory {
    /// Reads the host's once a second, until `end`.
    pub async fn watch(host: &Host, end: Instant) -> Result<Self> {
        let mut seconds = interval(Duration::from_secs(1));
        let mut readings = Vec::new();
        while seconds.tick().await < end {
            readings.push(host.resident_megabytes()?);
        }
        Ok(Self(readings))
    }

    /// Megabytes a minute by which it grows once it has settled: the slope of the line that fits
    /// best (least squares).
    pub fn growth(&self) -> f64 {
        let settled = self.settled();
        let middle = (settled.len() as f64 - 1.0) / 2.0;
        let seconds = (0..settled.len()).map(|second| second as f64 - middle);
        let (covariance, variance) =
            seconds.zip(settled).fold((0.0, 0.0), |(c, v), (second, memory)| {
                (c + second * memory, v + second * second)
            });
        60.0 * covariance / variance
    }

    fn settled(&self) -> &[f64] {
        &self.0[SETTLING_SECONDS..]
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settled = self.settled();
        let (first, last) = (settled[0], settled[settled.len() - 1]);
        write!(formatter, "{first:.0} MB after {SETTLING_SECONDS} s, {last:.0} MB at the end")?;
        write!(formatter, " ({:+.1} MB a minute)", self.growth())
    }
}

#[cfg(test)]
mod tests {
    use super::{Memory, SETTLING_SECONDS};

    #[test]
    fn growth_is_told_from_what_comes_before_it_and_from_noise() {
        let settling = (0..SETTLING_SECONDS).map(|second| 10.0 * second as f64);
        let growing = [90.0, 90.5, 91.0, 91.5, 92.0];
        let memory = Memory(settling.clone().chain(growing).collect());
        assert_eq!(memory.growth(), 30.0);
        assert_eq!(memory.to_string(), "90 MB after 10 s, 92 MB at the end (+30.0 MB a minute)");
        let memory = Memory(settling.chain([90.0, 91.0, 90.0, 91.0, 90.0]).collect());
        assert_eq!(memory.growth(), 0.0);
    }
}
