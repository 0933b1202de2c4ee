//! One request's way through one instance.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::{Request, Response};
use tokio::sync::{OwnedSemaphorePermit, oneshot};
use tokio::task::AbortHandle;
use wasmtime_wasi_http::WasiHttpView;
use wasmtime_wasi_http::p2::bindings::http::types::{ErrorCode, Scheme};
use wasmtime_wasi_http::p2::body::HyperOutgoingBody;

use crate::component::{Component, limit_cpu};
use crate::engine::Limits;
use crate::processor::ProcessorTime;
use crate::record::Record;
use crate::request::RequestBody;
use crate::response::{self, Body};

type Head = Result<Response<HyperOutgoingBody>, ErrorCode>;

/// Why a guest gave no answer, or only a part of one.
#[derive(Debug)]
pub enum Failure {
    /// It trapped, or could not be started.
    Trap(anyhow::Error),
    /// It used up its CPU time.
    Cpu,
    /// It, its client or its upstream took too long.
    Timeout,
    /// It ended without an answer, or with an error in its place.
    NoAnswer(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // The cause at the root; what is above it is a backtrace.
            Self::Trap(error) => write!(formatter, "trapped: {}", error.root_cause()),
            Self::Cpu => write!(formatter, "stopped: out of CPU time"),
            Self::Timeout => write!(formatter, "stopped: the request took too long"),
            Self::NoAnswer(reason) => write!(formatter, "gave no answer: {reason}"),
        }
    }
}

/// Raised inside a guest whose CPU time is used up.
#[derive(Debug)]
pub struct CpuExhausted;

impl fmt::Display for CpuExhausted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("out of CPU time")
    }
}

impl std::error::Error for CpuExhausted {}

/// Answers `request` by a fresh instance of `component`. `permit` is given back when the instance
/// is gone. Dropping the future, or the answer's body before its end, drops the instance.
pub async fn respond(
    component: Arc<Component>,
    request: Request<RequestBody>,
    permit: OwnedSemaphorePermit,
    limits: Limits,
    record: Arc<Record>,
) -> Response<Body> {
    let method = request.method().clone();
    let (sender, head) = oneshot::channel();
    let truncated = Truncated::default();
    let run = run(component, request, sender, truncated.clone(), limits, record.clone());
    let task = tokio::spawn(async move {
        let result = run.await;
        drop(permit);
        result
    });
    let guest = Guest(Some(task.abort_handle()));
    let failure = match head.await {
        Ok(Ok(answer)) => {
            record.answered(&answer);
            return response::from_guest(answer, &method, truncated, guest);
        }
        Ok(Err(code)) => Failure::NoAnswer(code.to_string()),
        Err(_) => match task.await {
            Ok(Ok(())) => Failure::NoAnswer("the handler returned".to_owned()),
            Ok(Err(failure)) => failure,
            Err(panic) => Failure::NoAnswer(panic.to_string()),
        },
    };
    record.refuse(response::from_failure(&failure), failure)
}

/// Runs the guest to its end, which may be after the end of its answer.
async fn run(
    component: Arc<Component>,
    request: Request<RequestBody>,
    sender: oneshot::Sender<Head>,
    truncated: Truncated,
    limits: Limits,
    record: Arc<Record>,
) -> Result<(), Failure> {
    let time = ProcessorTime::default();
    let mut store = component.store(limits.memory_bytes, &record).map_err(Failure::Trap)?;
    let read = request.body().bytes_read();
    limit_cpu(&mut store, time.clone(), move || limits.cpu_after(read.get()));
    // Declared after the store, and so dropped before it, also when this task is aborted: to the
    // answer's body the end of the store looks like its own.
    let mut truncate = TruncateOnDrop(Some(truncated));
    let call = async {
        let request = store.data_mut().http().new_incoming_request(Scheme::Http, request)?;
        let outparam = store.data_mut().http().new_response_outparam(sender)?;
        let proxy = component.pre.instantiate_async(&mut store).await?;
        proxy.wasi_http_incoming_handler().call_handle(&mut store, request, outparam).await
    };
    let failure = match tokio::time::timeout(limits.request, time.measure(call)).await {
        Ok(Ok(())) => {
            truncate.0 = None;
            record.finished();
            return Ok(());
        }
        Ok(Err(error)) if error.is::<CpuExhausted>() => Failure::Cpu,
        Ok(Err(error)) => Failure::Trap(error.into()),
        Err(_) => Failure::Timeout,
    };
    record.failed(&failure);
    Err(failure)
}

/// Whether the guest failed, so that what it wrote is not all of its answer.
#[derive(Clone, Debug, Default)]
pub struct Truncated(Arc<AtomicBool>);

impl Truncated {
    /// Whether the guest failed.
    pub fn get(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

struct TruncateOnDrop(Option<Truncated>);

impl Drop for TruncateOnDrop {
    fn drop(&mut self) {
        if let Some(truncated) = &self.0 {
            truncated.0.store(true, Ordering::Release);
        }
    }
}

/// A running guest, which is dropped with this unless it is released.
#[derive(Debug)]
pub struct Guest(Option<AbortHandle>);

impl Guest {
    /// Lets the guest go on to its own end.
    pub fn release(&mut self) {
        self.0 = None;
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        if let Some(task) = &self.0 {
            task.abort();
        }
    }
}
