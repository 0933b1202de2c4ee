//! A running host and a client that looks at raw bytes: whether an answer is whole shows nowhere else.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use edge_host::{Application, Limits, Options, Server, Statistics};
use serde_json::Value;
use tokio::runtime::Runtime;

/// How long a condition may take to come true.
const PATIENCE: Duration = Duration::from_secs(20);

/// A host that serves an application on a free port.
pub struct Host {
    pub runtime: Runtime,
    pub server: Server,
    log: Arc<Log>,
}

#[derive(Default)]
struct Log {
    lines: Mutex<Vec<String>>,
    grown: Condvar,
}

impl Host {
    /// Serves the guest with default limits.
    pub fn start() -> Self {
        Self::with(limits(), &[])
    }

    /// Serves the guest.
    pub fn with(limits: Limits, variables: &[(&str, &str)]) -> Self {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("guest/spin.toml");
        Self::serve(&manifest, limits, variables)
    }

    /// Serves any application.
    pub fn serve(manifest: &Path, limits: Limits, variables: &[(&str, &str)]) -> Self {
        let log = Arc::new(Log::default());
        let sink = log.clone();
        let options = Options {
            limits,
            variables: variables.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect(),
            log: Arc::new(move |component, line| sink.add(format!("{component}: {line}"))),
            ..Options::new(manifest)
        };
        let application = Application::load(&options).expect("the application loads");
        let runtime = Runtime::new().expect("a runtime");
        let server = runtime.block_on(Server::bind(application, ([127, 0, 0, 1], 0).into()));
        Self { runtime, server: server.expect("a free port"), log }
    }

    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    pub fn statistics(&self) -> &Statistics {
        self.server.application().statistics("guest").expect("the component exists")
    }

    /// A connection on which requests are sent by hand.
    pub fn connect(&self) -> Client {
        Client::connect(self.address())
    }

    /// The answer to `GET` for this target.
    pub fn get(&self, target: &str) -> Answer {
        let mut client = self.connect();
        client.send(&format!(
            "GET {target} HTTP/1.1\r\nhost: example.org\r\nconnection: close\r\n\r\n"
        ));
        client.answer()
    }

    /// The text of a whole answer with status 200.
    pub fn text(&self, target: &str) -> String {
        let answer = self.get(target);
        assert_eq!((answer.status, answer.is_whole), (200, true), "{target}: {answer:?}");
        answer.text()
    }

    /// Waits until the log has this line.
    pub fn wait_for_line(&self, line: &str) {
        let lines = self.log.lines.lock().expect("no test failed inside the log");
        let missing = |lines: &mut Vec<String>| !lines.iter().any(|other| other == line);
        let (lines, wait) =
            self.log.grown.wait_timeout_while(lines, PATIENCE, missing).expect("as above");
        assert!(!wait.timed_out(), "no line `{line}` in {lines:?}");
    }

    /// All lines, once no request is left.
    pub fn finish(self) -> Vec<String> {
        self.runtime.block_on(self.server.shutdown());
        self.log.lines.lock().expect("no test failed inside the log").clone()
    }

    /// The lines of requests, once none is left: components and JSON without milliseconds, in the
    /// order of routes.
    pub fn records(self) -> Vec<(String, Value)> {
        let mut records: Vec<_> =
            self.finish().iter().filter_map(|line| parse_record(line)).collect();
        records.sort_by_key(|(_, record)| record["route"].to_string());
        records
    }

    /// Waits until so many instances exist.
    pub fn wait_for_instances(&self, instances: usize) {
        wait_until(|| self.statistics().live_instances() == instances);
    }
}

impl Log {
    fn add(&self, line: String) {
        self.lines.lock().expect("no test failed inside the log").push(line);
        self.grown.notify_all();
    }
}

/// The component and the JSON of a line that has any.
fn parse_record(line: &str) -> Option<(String, Value)> {
    let (component, json) = line.split_once(": ").expect("a component");
    let mut record: Value = json.starts_with('{').then(|| json.parse().expect("JSON"))?;
    let milliseconds = record.as_object_mut().expect("an object").remove("ms");
    assert!(milliseconds.expect("milliseconds").as_f64() > Some(0.0), "{line}");
    Some((component.to_owned(), record))
}

/// Few instances, since many tests run at once.
pub fn limits() -> Limits {
    Limits { concurrency: 8, ..Limits::default() }
}

/// Waits until the condition is true.
pub fn wait_until(condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < PATIENCE, "the condition did not come true");
        std::thread::yield_now();
    }
}

/// One connection.
pub struct Client(TcpStream);

impl Client {
    pub fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("the host listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout above zero");
        Self(stream)
    }

    pub fn send(&mut self, bytes: &str) {
        self.0.write_all(bytes.as_bytes()).expect("the host reads");
    }

    /// Whether the host closes the connection, and sends nothing more.
    pub fn is_closed(&mut self) -> bool {
        matches!(self.0.read(&mut [0]), Ok(0))
    }

    /// Reads one answer: to its end, or to the end of the connection.
    pub fn answer(&mut self) -> Answer {
        self.answer_to("GET")
    }

    /// Reads the answer to a request of this method.
    pub fn answer_to(&mut self, method: &str) -> Answer {
        let head = self.head();
        let mut answer = Answer { status: head.status(), is_whole: true, ..head };
        if method == "HEAD" || answer.status == 204 || answer.status == 304 {
            return answer;
        }
        if answer.header("transfer-encoding") == Some("chunked") {
            answer.is_whole = self.chunks(&mut answer.body);
        } else {
            let length = answer.header("content-length").expect("a length").parse();
            answer.is_whole = self.bytes(length.expect("a number"), &mut answer.body);
        }
        answer
    }

    /// Reads an answer's head.
    pub fn head(&mut self) -> Answer {
        let mut head = String::new();
        loop {
            match self.line() {
                Some(line) if line.is_empty() => break,
                Some(line) => head += &format!("{line}\n"),
                None => panic!("the connection ended in the head: {head:?}"),
            }
        }
        Answer { head, ..Answer::default() }
    }

    /// Reads one chunk; nothing if the connection ended before its end.
    pub fn chunk(&mut self) -> Option<Vec<u8>> {
        let size = usize::from_str_radix(&self.line()?, 16).expect("a size");
        let mut chunk = Vec::new();
        let is_whole = self.bytes(size, &mut chunk) && self.line()?.is_empty();
        is_whole.then_some(chunk)
    }

    /// Reads chunks, and tells whether the last one came.
    fn chunks(&mut self, body: &mut Vec<u8>) -> bool {
        while let Some(chunk) = self.chunk() {
            if chunk.is_empty() {
                return true;
            }
            body.extend(chunk);
        }
        false
    }

    fn bytes(&mut self, count: usize, body: &mut Vec<u8>) -> bool {
        let read = (&mut self.0).take(count as u64).read_to_end(body);
        read.is_ok_and(|read| read == count)
    }

    /// A line without its end; nothing if the connection ended before it.
    fn line(&mut self) -> Option<String> {
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n") {
            let mut byte = [0];
            self.0.read_exact(&mut byte).ok()?;
            line.extend(byte);
        }
        line.truncate(line.len() - 2);
        Some(String::from_utf8(line).expect("text"))
    }
}

/// What came back.
#[derive(Debug, Default)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    /// Whether the body came to its end.
    pub is_whole: bool,
    head: String,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("text")
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.head.lines().filter_map(|line| line.split_once(": "));
        fields.find(|(field, _)| *field == name).map(|(_, value)| value)
    }

    fn status(&self) -> u16 {
        self.head[9..12].parse().expect("a status")
    }
}
