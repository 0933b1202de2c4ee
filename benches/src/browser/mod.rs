//! JavaScript beside wasm, as on the page's bench.

mod measurement;
mod page;
mod report;

pub use measurement::measure;
