//! The HTTP server.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;

use crate::application::Application;
use crate::record::Record;
use crate::request::RequestBody;
use crate::response::Body;
use crate::{invocation, request, response};

/// How long a request waits for an instance when all are at work.
const QUEUE_TIME: Duration = Duration::from_secs(1);
/// How long a client may take to send a request's head, the silence before it included.
const HEAD_TIME: Duration = Duration::from_secs(30);
/// How long requests in flight have to end when the server shuts down.
const SHUTDOWN_TIME: Duration = Duration::from_secs(10);
/// How long to wait after a connection could not be accepted, for want of descriptors mostly.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// A server of one application. Dropped, it shuts down in the background.
pub struct Server {
    address: SocketAddr,
    application: Arc<Application>,
    stop: oneshot::Sender<()>,
    accepting: JoinHandle<()>,
}

impl Server {
    /// Serves the application on `address`, where port 0 means any that is free.
    pub async fn bind(application: Application, address: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind(address).await;
        let listener = listener.with_context(|| format!("cannot listen on {address}"))?;
        let application = Arc::new(application);
        let (stop, stopped) = oneshot::channel();
        let service = Service::new(application.clone());
        Ok(Self {
            address: listener.local_addr()?,
            application,
            stop,
            accepting: tokio::spawn(accept(listener, service, stopped)),
        })
    }

    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What the server serves.
    pub fn application(&self) -> &Application {
        &self.application
    }

    /// Accepts no more connections and returns when the requests in flight have ended, or after ten
    /// seconds.
    pub async fn shutdown(self) {
        // Both fail only if accepting has ended already.
        let _ = self.stop.send(());
        let _ = self.accepting.await;
    }
}

/// Answers the requests of all connections.
#[derive(Clone)]
struct Service {
    application: Arc<Application>,
    instances: Arc<Semaphore>,
}

impl Service {
    fn new(application: Arc<Application>) -> Self {
        let instances = application.limits.concurrency as usize;
        Self { application, instances: Arc::new(Semaphore::new(instances)) }
    }

    /// Answers a request of `client`, which has connected to `local`.
    async fn answer(
        &self,
        request: Request<Incoming>,
        client: SocketAddr,
        local: SocketAddr,
    ) -> Response<Body> {
        let Application { router, limits, log, .. } = &*self.application;
        let mut request = RequestBody::wrap(request, limits.idle);
        let found = router.find(request.uri().path());
        let found = found
            .and_then(|found| Some((self.application.component(&found.route.component)?, found)));
        let Some((component, found)) = found else {
            return Record::begin(log, &request)
                .refuse(response::not_found(), "no component has this route");
        };
        let record = Record::begin(&component.log, &request);
        if !request::ensure_host(&mut request, local) {
            return record.refuse(response::without_host(), "no valid Host header");
        }
        request::add_spin_headers(&mut request, &found, client);
        match timeout(QUEUE_TIME, self.instances.clone().acquire_owned()).await {
            Ok(Ok(permit)) => {
                invocation::respond(component, request, permit, *limits, record).await
            }
            Ok(Err(_)) | Err(_) => {
                record.refuse(response::overloaded(), "all instances stayed at work")
            }
        }
    }

    /// Waits until no instance is left.
    async fn idle(&self) {
        let all = self.application.limits.concurrency;
        // Fails only if the semaphore is closed, which it never is.
        let _ = self.instances.acquire_many(all).await;
    }
}

async fn accept(listener: TcpListener, service: Service, mut stopped: oneshot::Receiver<()>) {
    let graceful = GracefulShutdown::new();
    // Connections end with this task.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = &mut stopped => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, client)) => {
                    // Fails only on a connection that is gone.
                    let Ok(local) = stream.local_addr() else { continue };
                    let connection = connect(stream, client, local, service.clone());
                    let connection = graceful.watch(connection);
                    connections.spawn(async move {
                        // An error here is the client's, or was logged where it arose.
                        let _ = connection.await;
                    });
                }
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            },
        }
    }
    drop(listener);
    let ended = async {
        graceful.shutdown().await;
        service.idle().await;
    };
    // What has not ended by then is cut off.
    let _ = timeout(SHUTDOWN_TIME, ended).await;
}

fn connect(
    stream: TcpStream,
    client: SocketAddr,
    local: SocketAddr,
    service: Service,
) -> impl hyper_util::server::graceful::GracefulConnection {
    // Fails only on a connection that is gone.
    let _ = stream.set_nodelay(true);
    let answer = service_fn(move |request| {
        let service = service.clone();
        async move { Ok::<_, Infallible>(service.answer(request, client, local).await) }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .serve_connection(TokioIo::new(stream), answer)
}
