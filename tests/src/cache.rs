//! A shared HTTP cache in front of the application, as an operator would put one there: nginx.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Method;
use http_body_util::Full;
use tokio::net::{TcpListener, UnixStream};

use crate::answer::Answer;
use crate::app::{App, root, runtime};
use crate::client::{exchange, request, whole};
use crate::program::nginx;

/// How long nginx may take to listen.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running cache, which ends with its value. It listens on a socket in a folder of its own, so that
/// no port can be taken.
pub struct Cache {
    process: Child,
    folder: PathBuf,
    authority: String,
}

impl Cache {
    /// An empty cache; `None`, and a word about it, where nginx is missing.
    #[track_caller]
    pub fn in_front_of(app: &App) -> Option<Self> {
        Some(Self::start(nginx()?, folder(), &configuration(app.authority()), app))
    }

    /// `examples/gallery`, with an empty cache: its own configuration but for where it listens and asks.
    #[track_caller]
    pub fn of_gallery(app: &App) -> Option<Self> {
        let (command, folder, example) = (nginx()?, folder(), root().join("examples/gallery"));
        fs::create_dir(folder.join("run")).unwrap();
        std::os::unix::fs::symlink(example.join("page"), folder.join("page")).unwrap();
        let mut configuration = fs::read_to_string(example.join("nginx.conf")).unwrap();
        let upstream = app.authority();
        for (own, here) in [("127.0.0.1:8080", "unix:socket"), ("127.0.0.1:3000", upstream)] {
            assert!(configuration.contains(own), "nginx.conf has no {own}");
            configuration = configuration.replace(own, here);
        }
        Some(Self::start(command, folder, &configuration, app))
    }

    fn start(mut command: Command, folder: PathBuf, configuration: &str, app: &App) -> Self {
        fs::write(folder.join("nginx.conf"), configuration).unwrap();
        command.arg("-p").arg(&folder).args(["-c", "nginx.conf", "-e", "stderr"]);
        // Its socket, unlike its files, is where it stands.
        command.current_dir(&folder);
        let process = command.spawn().unwrap();
        let cache = Self { process, folder, authority: app.authority().to_owned() };
        let start = Instant::now();
        while std::os::unix::net::UnixStream::connect(cache.socket()).is_err() {
            assert!(start.elapsed() < PATIENCE, "nginx does not listen");
            std::thread::sleep(Duration::from_millis(10));
        }
        cache
    }

    /// An address for what speaks TCP only, such as a browser: its connections are handed on, as long as the
    /// program runs.
    pub fn address(&self) -> SocketAddr {
        let socket = self.socket();
        let listener = runtime().block_on(TcpListener::bind(("127.0.0.1", 0))).unwrap();
        let address = listener.local_addr().unwrap();
        runtime().spawn(async move {
            while let Ok((mut from, _)) = listener.accept().await {
                let socket = socket.clone();
                tokio::spawn(async move {
                    let mut to = UnixStream::connect(socket).await?;
                    tokio::io::copy_bidirectional(&mut from, &mut to).await
                });
            }
        });
        address
    }

    /// Sends a request without a body. The answer's `x-cache` tells whether it was there: `HIT`.
    pub async fn send(&self, method: Method, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = request(&self.authority, method, path, fields, Full::<Bytes>::default());
        let stream = UnixStream::connect(self.socket()).await.unwrap();
        whole(exchange(stream, request).await).await.expect("the answer arrives whole")
    }

    fn socket(&self) -> PathBuf {
        self.folder.join("socket")
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        // One process: there is no other to stop.
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        fs::remove_dir_all(&self.folder).unwrap();
    }
}

/// A new folder. It is not in the repository, since the path of a socket has at most some hundred bytes.
fn folder() -> PathBuf {
    static FOLDERS: AtomicUsize = AtomicUsize::new(0);
    let name = format!("edge-cache-{}-{}", std::process::id(), FOLDERS.fetch_add(1, Relaxed));
    let folder = std::env::temp_dir().join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Heeds what the application says of caching, and knows an answer by its path and query alone.
fn configuration(upstream: &str) -> String {
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|what| format!("    {what}_temp_path temporary-{what};\n"))
        .concat();
    format!(
        "daemon off;
master_process off;
pid nginx.pid;
events {{}}
http {{
    access_log off;
{temporary}
    proxy_cache_path pictures keys_zone=pictures:1m;
    server {{
        listen unix:socket;
        location / {{
            proxy_pass http://{upstream};
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Connection \"\";
            proxy_cache pictures;
            proxy_cache_key $request_uri;
            proxy_cache_lock on;
            proxy_cache_revalidate on;
            proxy_force_ranges on;
            add_header X-Cache $upstream_cache_status always;
        }}
    }}
}}
"
    )
}
