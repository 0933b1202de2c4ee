//! The core for other hosts.
