//! What a function may ask of the runtime it stands in: its variables and the outside world.

use std::future::Future;

use http::{Request, Response};

use crate::body::Body;

/// The runtime's services. Files and clocks are std's; these two are not.
pub trait Platform {
    /// The component variable `name`; `None` where it is not set.
    fn variable(&self, name: &str) -> Option<String>;

    /// Sends one request without a body and without following redirects, to a host that the
    /// manifest grants.
    fn send(&self, request: Request<()>)
    -> impl Future<Output = Result<Response<Body>, SendError>>;
}

/// Why a request to the outside brought no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendError {
    /// The manifest does not grant the host.
    Denied,
    /// The peer took too long to connect or to answer.
    TimedOut,
    /// The peer could not be reached, or did not speak HTTP.
    Failed,
}
