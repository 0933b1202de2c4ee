//! The same core on other hosts: every binding gives the golden digests.

mod bench;
mod browser;
mod c_abi;
mod chromium;
mod component;
mod composition;
mod examples;
mod golden;
mod javascript;
