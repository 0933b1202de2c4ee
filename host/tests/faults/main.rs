//! A component that misbehaves on demand, and what the host makes of it.

mod failures;
mod fixture;
mod grants;
mod program;
mod records;
mod serving;
