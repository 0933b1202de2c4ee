//! What the black-box tests share: the application under test, a client, and an origin that the
//! application may fetch from.
//!
//! By default the application is this repository's, on [`edge_host`] and a free port. With
//! `APP_URL=http://…` it is whatever answers there; tests that need an origin then listen on
//! `APP_ORIGIN`, which that deployment was given as `source_origin`. What cannot be tested there
//! says so and passes. So do tests that need Node, Python, Chromium or nginx where these are missing, unless
//! `EDGE_TESTS_REQUIRE_ALL` is set.

mod answer;
mod app;
mod cache;
mod client;
mod log;
mod origin;
mod program;
mod together;

pub use answer::Answer;
pub use app::{App, application, deploy, deploy_with, manifest, root, skipped};
pub use cache::Cache;
pub use client::{Aborted, Upload, read};
pub use log::Log;
pub use origin::Origin;
pub use program::{chromium, node, output, python};
pub use together::together;
