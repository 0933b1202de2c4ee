//! The same core on other hosts: every binding gives the golden digests.

mod c_abi;
mod component;
mod composition;
mod examples;
mod golden;
