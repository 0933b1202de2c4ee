//! Black-box tests of the real components, over HTTP.

mod broken;
mod contract;
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
mod remote;
mod site;
mod uppercase;
mod wasm;
mod workspace;
