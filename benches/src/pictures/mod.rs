//! Pictures from file to file, beside other libraries: what each stage takes, and the whole.

mod case;
mod job;
mod library;
mod likeness;
mod measurement;
mod photograph;
mod source;
mod table;

pub use likeness::psnr;
pub use measurement::measure;
pub use photograph::landscape;
