//! Digests and letter cases of a long input, beside other libraries.

mod case;
mod library;
mod measurement;
mod table;

pub use measurement::measure;
