//! A server that the application may, or may not, fetch from.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::app::{runtime, skipped};

/// The raw answers of an origin by path, and the requests it has seen.
#[derive(Clone)]
pub struct Origin {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    answers: HashMap<String, Answer>,
    requests: Vec<String>,
}

#[derive(Clone)]
struct Answer {
    bytes: Vec<u8>,
    then: Then,
}

/// What becomes of a connection once the answer's bytes are sent.
#[derive(Clone, Copy)]
enum Then {
    Close,
    /// It stays open, silent.
    Stall,
    /// It stays open, with a byte more each second.
    Drip,
}

impl Origin {
    /// The origin that the shared application may fetch from: on a free port, or on `APP_ORIGIN`.
    /// `None`, and a word about it, where a deployment elsewhere was given none.
    #[track_caller]
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Origin>> = OnceLock::new();
        let elsewhere = std::env::var_os("APP_URL").is_some();
        let origin = SHARED.get_or_init(|| match std::env::var("APP_ORIGIN") {
            Ok(address) => Some(Self::listen(&address)),
            Err(_) if elsewhere => None,
            Err(_) => Some(Self::new()),
        });
        if origin.is_none() {
            skipped("it needs APP_ORIGIN");
        }
        origin.as_ref()
    }

    /// An origin on a free port, which no deployment was granted.
    pub fn new() -> Self {
        Self::listen("127.0.0.1:0")
    }

    fn listen(address: &str) -> Self {
        let address = address.trim_start_matches("http://").to_owned();
        let listen = move || runtime().block_on(TcpListener::bind(address)).unwrap();
        let listener = std::thread::spawn(listen).join().unwrap();
        let origin = Self { address: listener.local_addr().unwrap(), state: Arc::default() };
        runtime().spawn(origin.clone().accept(listener));
        origin
    }

    async fn accept(self, listener: TcpListener) {
        while let Ok((stream, _)) = listener.accept().await {
            let origin = self.clone();
            tokio::spawn(async move { origin.answer(stream).await });
        }
    }

    async fn answer(self, mut stream: TcpStream) -> Option<()> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.ok()?);
        }
        let head = String::from_utf8(head).ok()?;
        let path = head.split(' ').nth(1)?.to_owned();
        let answer = {
            let mut state = self.state.lock().unwrap();
            state.requests.push(head);
            state.answers.get(&path).cloned()
        };
        let missing = || Answer {
            bytes: b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_vec(),
            then: Then::Close,
        };
        let Answer { bytes, then } = answer.unwrap_or_else(missing);
        stream.write_all(&bytes).await.ok()?;
        // Until the peer gives up.
        match then {
            Then::Close => {}
            Then::Stall => drop(stream.read_u8().await.ok()?),
            Then::Drip => loop {
                tokio::time::sleep(Duration::from_secs(1)).await;
                stream.write_all(b".").await.ok()?;
            },
        }
        Some(())
    }

    /// Answers `path` with a whole 200 response of this type.
    pub fn serve(&self, path: &str, media_type: &str, body: &[u8]) -> String {
        let length = body.len();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\n\r\n"
        );
        self.serve_raw(path, &[head.as_bytes(), body].concat())
    }

    /// Answers `path` with a redirect.
    pub fn redirect(&self, path: &str, location: &str) -> String {
        let head =
            format!("HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n");
        self.serve_raw(path, head.as_bytes())
    }

    /// Answers `path` with these bytes and closes; returns the path's URL.
    pub fn serve_raw(&self, path: &str, answer: &[u8]) -> String {
        self.insert(path, Answer { bytes: answer.to_vec(), then: Then::Close })
    }

    /// Answers `path` with these bytes and then falls silent.
    pub fn stall_after(&self, path: &str, answer: &[u8]) -> String {
        self.insert(path, Answer { bytes: answer.to_vec(), then: Then::Stall })
    }

    /// Answers `path` with these bytes and then with a byte a second.
    pub fn drip_after(&self, path: &str, answer: &[u8]) -> String {
        self.insert(path, Answer { bytes: answer.to_vec(), then: Then::Drip })
    }

    fn insert(&self, path: &str, answer: Answer) -> String {
        self.state.lock().unwrap().answers.insert(path.to_owned(), answer);
        self.url(path)
    }

    /// The URL of `path` here.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// `host:port`.
    pub fn authority(&self) -> String {
        self.address.to_string()
    }

    /// The heads of the requests for `path` so far.
    pub fn requests(&self, path: &str) -> Vec<String> {
        let state = self.state.lock().unwrap();
        let for_path = |head: &&String| head.split(' ').nth(1) == Some(path);
        state.requests.iter().filter(for_path).cloned().collect()
    }

    /// How many requests have arrived.
    pub fn request_count(&self) -> usize {
        self.state.lock().unwrap().requests.len()
    }
}

impl Default for Origin {
    fn default() -> Self {
        Self::new()
    }
}
