//! Black-box tests of the real components, over HTTP.

mod broken;
mod casing;
mod charsets;
mod contract;
mod digests;
mod documents;
mod freshness;
mod golden;
mod grants;
mod hash;
mod health;
mod image;
mod info;
mod limits;
mod manifest;
mod memory;
mod pictures;
mod pipeline;
mod presets;
mod queries;
mod remote;
mod signing;
mod site;
mod uppercase;
mod wasm;
mod workspace;
