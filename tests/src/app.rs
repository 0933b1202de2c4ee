//! The application under test.

use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use edge_host::{Application, Options, Server};
use tokio::net::lookup_host;
use tokio::runtime::Runtime;

use crate::log::Log;
use crate::origin::Origin;

/// A deployment that answers.
pub struct App {
    pub(crate) address: SocketAddr,
    authority: String,
    host: Option<(Server, Log)>,
}

/// The deployment that most tests share: `APP_URL`, or this repository on our host, with
/// [`Origin::shared`] as the origin that it may fetch from.
pub fn application() -> &'static App {
    static APP: OnceLock<App> = OnceLock::new();
    APP.get_or_init(|| match std::env::var("APP_URL") {
        Ok(url) => App::at(&url),
        Err(_) => {
            let origin = Origin::shared().expect("our own host needs no APP_ORIGIN").url("");
            start(&manifest(), &[("source_origin", &origin)], |_| {})
        }
    })
}

/// A deployment of its own with these variables, on our host; `None`, and a word about it, where
/// the tests run against `APP_URL`.
#[track_caller]
pub fn deploy(manifest: &Path, variables: &[(&str, &str)]) -> Option<App> {
    deploy_with(manifest, variables, |_| {})
}

/// As [`deploy`], with other options that the host has.
#[track_caller]
pub fn deploy_with(
    manifest: &Path,
    variables: &[(&str, &str)],
    change: impl FnOnce(&mut Options),
) -> Option<App> {
    if std::env::var_os("APP_URL").is_some() {
        skipped("it needs a deployment of its own");
        return None;
    }
    Some(start(manifest, variables, change))
}

/// Says that the rest of a test did not run, also where what a test prints is not shown.
#[track_caller]
pub fn skipped(why: &str) {
    let caller = std::panic::Location::caller();
    writeln!(std::io::stderr(), "{caller}: not run, {why}").expect("a terminal or a file");
}

/// The repository's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the repository").to_owned()
}

/// The application's manifest.
pub fn manifest() -> PathBuf {
    root().join("spin.toml")
}

/// Servers live on a runtime of their own: each test's ends with the test.
pub(crate) fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Runtime::new().unwrap())
}

fn start(manifest: &Path, variables: &[(&str, &str)], change: impl FnOnce(&mut Options)) -> App {
    let log = Log::default();
    let mut options = Options::new(manifest);
    options.variables =
        variables.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    options.log = log.sink();
    change(&mut options);
    let serve = move || {
        let application = Application::load(&options).unwrap();
        runtime().block_on(Server::bind(application, ([127, 0, 0, 1], 0).into())).unwrap()
    };
    // A thread of its own, because a test's runtime must not wait on another.
    let server = std::thread::spawn(serve).join().expect("the application starts");
    let address = server.address();
    App { address, authority: address.to_string(), host: Some((server, log)) }
}

impl App {
    fn at(url: &str) -> Self {
        let authority = url.strip_prefix("http://").expect("APP_URL begins with http://");
        let authority = authority.trim_end_matches('/').to_owned();
        let target =
            if authority.contains(':') { authority.clone() } else { format!("{authority}:80") };
        let resolve = move || runtime().block_on(lookup_host(target)).unwrap().next();
        let address = std::thread::spawn(resolve).join().unwrap().expect("APP_URL has an address");
        Self { address, authority, host: None }
    }

    /// `host:port`.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// What the components wrote; `None`, and a word about it, where that cannot be seen.
    #[track_caller]
    pub fn log(&self) -> Option<&Log> {
        if self.host.is_none() {
            skipped("the deployment's log cannot be read");
        }
        self.host.as_ref().map(|(_, log)| log)
    }

    /// Linear memory of the largest instance of `component` so far, in bytes, where that can be
    /// seen.
    #[track_caller]
    pub fn peak_memory_bytes(&self, component: &str) -> Option<usize> {
        if self.host.is_none() {
            skipped("the deployment's memory cannot be read");
        }
        let (server, _) = self.host.as_ref()?;
        Some(server.application().statistics(component)?.peak_memory_bytes())
    }

    /// Waits until no instance of `component` is left, where that can be seen.
    ///
    /// # Panics
    /// If one stays.
    pub async fn wait_until_idle(&self, component: &str) {
        let Some((server, _)) = &self.host else { return };
        let statistics = server.application().statistics(component).expect("a component");
        let idle = async {
            while statistics.live_instances() > 0 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let patience = Duration::from_secs(20);
        tokio::time::timeout(patience, idle).await.expect("every instance ends with its answer");
    }

    /// Forgets what has been counted of `component`, where that can be seen.
    pub fn reset_statistics(&self, component: &str) {
        if let Some((server, _)) = &self.host
            && let Some(statistics) = server.application().statistics(component)
        {
            statistics.reset();
        }
    }
}
