//! What HTTP asks of every edge function, on the types of the `http` crate.
//!
//! A function implements [`Handler`]: which methods a path takes, and the answer to a request.
//! Everything that all routes share happens once, in [`respond`]: `HEAD`, `OPTIONS` and CORS,
//! `405`, problems (RFC 9457), digest fields (RFC 9530), `nosniff`, `Server-Timing` and the log
//! line. The only file that knows Spin is `spin.rs`, compiled for wasm alone.

mod accept;
mod accept_encoding;
mod answer;
mod body;
mod coding;
mod conditional;
mod config;
mod cors;
mod digest;
mod disposition;
mod fetch;
mod file;
mod freshness;
mod log;
mod media;
#[cfg(feature = "image")]
mod output;
mod parameters;
mod platform;
mod problem;
mod segments;
mod service;
mod signature;
mod source;
#[cfg(target_arch = "wasm32")]
pub mod spin;
mod structured;
mod timed;
mod timing;

pub use accept::{Accept, Quality, not_acceptable};
pub use accept_encoding::AcceptEncoding;
pub use answer::{TEXT, json, media, text};
pub use body::{Body, BodyError, Collected, Metered, check_declared, collect, full};
pub use coding::CodingError;
#[cfg(feature = "coding")]
pub use coding::decoded;
pub use conditional::{cached, entity_tag, not_modified, strong_tag};
pub use config::{flag, limit, number, text_variable};
pub use digest::{Claim, repr_digest, same_digest};
pub use disposition::{inline, stem};
pub use fetch::{fetch, upstream_problem};
pub use file::{is_plain, read_file};
pub use freshness::cache_control;
pub use log::Record;
pub use media::{Media, require_identity};
#[cfg(feature = "image")]
pub use output::OutputChoice;
pub use parameters::{Parameters, suggest};
pub use platform::{Platform, SendError};
pub use problem::{Kind, Problem, excerpt};
pub use segments::Segments;
pub use service::{Handler, respond};
pub use signature::{Access, EXPIRES, SIGNATURE, sign};
pub use source::Source;
pub use structured::byte_sequence;
pub use timed::Timed;
pub use timing::Timing;
