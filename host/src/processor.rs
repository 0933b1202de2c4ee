//! CPU time of a future.

use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::{Duration, Instant};

/// Counts the time that a future spends being polled, and none that it waits. Clones share the count.
#[derive(Clone, Debug, Default)]
pub struct ProcessorTime(Arc<Mutex<Reading>>);

#[derive(Debug, Default)]
struct Reading {
    /// Time of the polls that have ended.
    ended: Duration,
    /// When the current poll began.
    began: Option<Instant>,
}

impl ProcessorTime {
    /// Runs `future` and counts its time.
    pub async fn measure<F: Future>(&self, future: F) -> F::Output {
        let mut future = pin!(future);
        std::future::poll_fn(|context| {
            self.read(|reading| reading.began = Some(Instant::now()));
            let poll: Poll<F::Output> = future.as_mut().poll(context);
            self.read(|reading| {
                reading.ended +=
                    reading.began.take().map_or(Duration::ZERO, |began| began.elapsed());
            });
            poll
        })
        .await
    }

    /// The time so far. May be asked from inside the future.
    pub fn elapsed(&self) -> Duration {
        self.read(|reading| {
            reading.ended + reading.began.map_or(Duration::ZERO, |began| began.elapsed())
        })
    }

    fn read<R>(&self, read: impl FnOnce(&mut Reading) -> R) -> R {
        read(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: Duration = Duration::from_millis(20);

    fn work() {
        let start = Instant::now();
        while start.elapsed() < STEP {}
    }

    #[tokio::test]
    async fn work_counts_and_waiting_does_not() {
        let time = ProcessorTime::default();
        let inside = time.clone();
        let start = Instant::now();
        let seen = time
            .measure(async move {
                work();
                tokio::time::sleep(STEP * 10).await;
                work();
                inside.elapsed()
            })
            .await;
        assert!(seen >= STEP * 2);
        assert!(time.elapsed() >= seen);
        assert!(time.elapsed() + STEP * 9 < start.elapsed());
        let end = time.elapsed();
        work();
        assert_eq!(time.elapsed(), end);
    }
}
