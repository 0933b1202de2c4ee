//! Pictures from file to file, beside other libraries: what each stage takes, and the whole.

mod case;
mod contender;
mod library;
mod likeness;
mod measurement;
mod packages;
mod photograph;
mod processor;
mod source;
mod table;

pub use measurement::measure;
