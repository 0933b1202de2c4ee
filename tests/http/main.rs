//! Black-box tests of the real components, over HTTP.

mod broken;
mod casing;
mod charsets;
mod contract;
mod digests;
mod documents;
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
mod queries;
mod remote;
mod site;
mod uppercase;
mod wasm;
mod workspace;
