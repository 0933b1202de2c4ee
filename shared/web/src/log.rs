//! The log line: one JSON object a request on stderr, without bodies, queries or keys.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Instant;

use http::{Method, Response};
use serde::Serialize;

use crate::body::Body;
use crate::problem::{Kind, excerpt};

/// What is known of a request while it is answered.
#[derive(Debug)]
pub struct Record {
    method: Method,
    route: String,
    started: Instant,
    bytes_in: Rc<Cell<u64>>,
    status: u16,
    problem: Option<Kind>,
}

#[derive(Serialize)]
struct Line<'a> {
    method: &'a str,
    route: &'a str,
    status: u16,
    bytes_in: u64,
    bytes_out: u64,
    ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aborted: Option<&'a str>,
}

impl Record {
    /// Begins the record; `bytes_in` grows while the body is read.
    pub fn begin(method: Method, route: &str, bytes_in: Rc<Cell<u64>>) -> Self {
        let route = excerpt(route).into_owned();
        Self { method, route, started: Instant::now(), bytes_in, status: 0, problem: None }
    }

    /// Notes the answer's head.
    pub fn answered(&mut self, response: &Response<Body>) {
        self.status = response.status().as_u16();
        self.problem = response.extensions().get().copied();
    }

    /// The line, once `bytes_out` bytes of the answer's body were sent; `aborted` says why it ended
    /// early.
    pub fn line(&self, bytes_out: u64, aborted: Option<&str>) -> String {
        let milliseconds = self.started.elapsed().as_secs_f64() * 1000.0;
        let line = Line {
            method: self.method.as_str(),
            route: &self.route,
            status: self.status,
            bytes_in: self.bytes_in.get(),
            bytes_out,
            ms: (milliseconds * 1000.0).round() / 1000.0,
            problem: self.problem.map(Kind::name),
            aborted,
        };
        serde_json::to_string(&line).expect("strings and numbers always serialize")
    }
}
