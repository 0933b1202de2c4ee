//! What a module is built for.

/// A kind of engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// With 128-bit SIMD: every browser since 2023.
    Simd,
    /// Without.
    Portable,
}

impl Engine {
    /// The name of it, and of the folder of its modules.
    pub fn name(self) -> &'static str {
        match self {
            Self::Simd => "simd",
            Self::Portable => "portable",
        }
    }

    /// What rustc is told, in the form of `CARGO_ENCODED_RUSTFLAGS`: instead of what
    /// `.cargo/config.toml` says.
    pub fn rustc_flags(self) -> &'static str {
        match self {
            Self::Simd => "-C\u{1f}target-feature=+simd128",
            Self::Portable => "",
        }
    }
}
