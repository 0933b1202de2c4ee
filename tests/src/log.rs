//! What the application wrote, for tests to wait on.

use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use edge_host::LogSink;
use serde_json::Value;

/// How long a line may take to appear once its answer was read.
const PATIENCE: Duration = Duration::from_secs(20);

/// The lines of all components so far.
#[derive(Clone, Default)]
pub struct Log(Arc<Shared>);

#[derive(Default)]
struct Shared {
    /// Components' names, and what they wrote.
    lines: Mutex<Vec<(String, String)>>,
    arrived: Condvar,
}

impl Log {
    /// Where the host is to write.
    pub fn sink(&self) -> LogSink {
        let log = self.clone();
        Arc::new(move |component, line| {
            log.0.lines.lock().unwrap().push((component.to_owned(), line.to_owned()));
            log.0.arrived.notify_all();
        })
    }

    /// The first line of `component` that `wanted` accepts, as text.
    ///
    /// # Panics
    /// If none arrives in time.
    pub fn wait_for(&self, component: &str, wanted: impl Fn(&str) -> bool) -> String {
        let find = |lines: &[(String, String)]| {
            let mut matching =
                lines.iter().filter(|(from, line)| from == component && wanted(line));
            matching.next().map(|(_, line)| line.clone())
        };
        let missing = |lines: &mut Vec<_>| find(lines).is_none();
        let lines = self.0.lines.lock().unwrap();
        let (lines, _) = self.0.arrived.wait_timeout_while(lines, PATIENCE, missing).unwrap();
        find(&lines).unwrap_or_else(|| panic!("no such line of {component} in {lines:#?}"))
    }

    /// As [`wait_for`](Self::wait_for), for the structured line of a request whose body had
    /// `bytes_in` bytes.
    pub fn record(&self, component: &str, bytes_in: u64) -> Value {
        let parse = |line: &str| serde_json::from_str::<Value>(line).ok();
        let line = self.wait_for(component, |line| {
            parse(line).is_some_and(|line| line["bytes_in"] == bytes_in)
        });
        parse(&line).unwrap()
    }
}
