//! The page: every file of `site/` under a name that tells its content, with a smaller copy beside it.

mod assets;
mod folder;
mod page;
mod reference;
mod release;

pub use page::build;
