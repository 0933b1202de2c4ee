//! A shared HTTP cache in front of the application, as an operator would put one there: nginx.

use std::fs;
use std::path::PathBuf;
use std::process::Child;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Method;
use http_body_util::Full;
use tokio::net::UnixStream;

use crate::answer::Answer;
use crate::app::App;
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
        static CACHES: AtomicUsize = AtomicUsize::new(0);
        let mut command = nginx()?;
        let name = format!("edge-cache-{}-{}", std::process::id(), CACHES.fetch_add(1, Relaxed));
        // The path of a socket has at most some hundred bytes.
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("nginx.conf"), configuration(app.authority())).unwrap();
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
        Some(cache)
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
