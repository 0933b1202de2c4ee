//! Many clients at once: whether each gets its answers, how soon, and what becomes of the host's
//! memory meanwhile.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::bar::verdict;
use crate::client::Connection;
use crate::host::Host;
use crate::memory::Memory;
use crate::requests::Exchange;

/// Clients that ask on all routes.
const CLIENTS: usize = 64;
/// Clients that ask for hashes alone.
const HASH_CLIENTS: usize = 32;
/// How long they ask at a stretch. By the end of the first one, memory has grown as far as it may.
const STRETCH: Duration = Duration::from_secs(10);
/// What counts as no growth of the host's memory, in megabytes.
const GROWTH: f64 = 8.0;

/// Asks on all routes for that many stretches, then for hashes alone.
pub fn measure(stretches: u32) -> Result<String> {
    let host = Host::start()?;
    let address = host.address();
    Runtime::new()?.block_on(async {
        let exchanges = rehearse(address, Exchange::all()?).await?;
        let mut memory = Memory::default();
        let mut tally = Tally::new(exchanges.len());
        for _ in 0..stretches {
            let stretch = load(address, &exchanges, CLIENTS);
            tally = tally.and(memory.watch(&host, stretch).await?);
        }
        let hash = rehearse(address, vec![Exchange::hash()?]).await?;
        let hashes = load(address, &hash, HASH_CLIENTS).await;

        let report = format!(
            "{}\n- {CLIENTS} clients: {}.\n\
             - Memory of the host: {memory} after each {} s; growth at rest of at most {GROWTH} MB {}.\n\
             - 1 kB hashes alone, {HASH_CLIENTS} clients: {}.\n\
             \nThe clients run on the same cores as the host.",
            tally.table(&exchanges),
            tally.summary(STRETCH * stretches),
            STRETCH.as_secs(),
            verdict(memory.growth() <= GROWTH),
            hashes.summary(STRETCH),
        );
        let error = tally.first_error.or(hashes.first_error);
        ensure!(error.is_none(), "{}\n{report}", error.unwrap_or_default());
        Ok(report)
    })
}

/// Asks everything once, for the answers that all later ones must equal.
async fn rehearse(address: SocketAddr, mut exchanges: Vec<Exchange>) -> Result<Arc<[Exchange]>> {
    let mut connection = Connection::open(address).await?;
    for exchange in &mut exchanges {
        exchange.rehearse(&mut connection).await?;
    }
    Ok(exchanges.into())
}

/// Lets that many clients ask one thing after the other, for one stretch. Each begins elsewhere.
async fn load(address: SocketAddr, exchanges: &Arc<[Exchange]>, clients: usize) -> Tally {
    let end = Instant::now() + STRETCH;
    let mut running = JoinSet::new();
    for first in 0..clients {
        let exchanges = exchanges.clone();
        running.spawn(async move {
            let mut tally = Tally::new(exchanges.len());
            let mut turns = (first..).map(|turn| turn % exchanges.len());
            while Instant::now() < end {
                if let Err(error) = ask(address, &exchanges, &mut turns, end, &mut tally).await {
                    tally.errors += 1;
                    tally.first_error.get_or_insert(format!("{error:#}"));
                }
            }
            tally
        });
    }
    let tallies = running.join_all().await.into_iter();
    tallies.fold(Tally::new(exchanges.len()), Tally::and)
}

/// One connection, until `end` or the first error.
async fn ask(
    address: SocketAddr,
    exchanges: &[Exchange],
    turns: &mut impl Iterator<Item = usize>,
    end: Instant,
    tally: &mut Tally,
) -> Result<()> {
    let mut connection = Connection::open(address).await?;
    for turn in turns {
        let start = Instant::now();
        if start >= end {
            break;
        }
        exchanges[turn].ask(&mut connection).await?;
        tally.times[turn].push(start.elapsed());
    }
    Ok(())
}

/// What has come of the requests so far.
struct Tally {
    /// How long each answer took, by request.
    times: Vec<Vec<Duration>>,
    errors: usize,
    first_error: Option<String>,
}

impl Tally {
    fn new(exchanges: usize) -> Self {
        Self { times: vec![Vec::new(); exchanges], errors: 0, first_error: None }
    }

    fn and(mut self, other: Self) -> Self {
        for (times, others) in self.times.iter_mut().zip(other.times) {
            times.extend(others);
        }
        self.errors += other.errors;
        self.first_error = self.first_error.or(other.first_error);
        self
    }

    /// A row for each request.
    fn table(&self, exchanges: &[Exchange]) -> String {
        let mut table =
            String::from("| request | answers | p50, ms | p99, ms |\n|---|--:|--:|--:|\n");
        for (exchange, times) in exchanges.iter().zip(&self.times) {
            let [p50, p99] = percentiles(times.clone());
            let (label, count) = (exchange.label(), times.len());
            table += &format!("| {label} | {count} | {p50:.1} | {p99:.1} |\n");
        }
        table
    }

    fn summary(&self, duration: Duration) -> String {
        let requests = self.times.iter().map(Vec::len).sum::<usize>() + self.errors;
        let rate = requests as f64 / duration.as_secs_f64();
        let [p50, p99] = percentiles(self.times.concat());
        let errors = self.errors;
        format!(
            "{requests} requests in {} s, {errors} errors, {rate:.0} requests/s, p50 {p50:.1} ms, p99 {p99:.1} ms",
            duration.as_secs()
        )
    }
}

/// The times, in milliseconds, that half and 99 % of the answers took at most.
fn percentiles(mut times: Vec<Duration>) -> [f64; 2] {
    times.sort_unstable();
    [0.50, 0.99].map(|part| {
        let rank = (part * times.len() as f64).ceil() as usize;
        let time = rank.checked_sub(1).and_then(|rank| times.get(rank));
        time.map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_sorted_times() {
        let times = |count| (1..=count).rev().map(Duration::from_millis).collect();
        assert_eq!(percentiles(times(1)), [1.0, 1.0]);
        assert_eq!(percentiles(times(2)), [1.0, 2.0]);
        assert_eq!(percentiles(times(100)), [50.0, 99.0]);
        assert_eq!(percentiles(times(101)), [51.0, 100.0]);
        assert!(percentiles(times(0)).iter().all(|part| part.is_nan()));
    }
}
