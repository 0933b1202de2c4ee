//! How much a module is to download.

use std::fmt;
use std::io::Write;

use anyhow::Result;
use brotli::CompressorWriter;
use flate2::Compression;
use flate2::write::GzEncoder;

/// What servers compress with that do so once.
const GZIP_LEVEL: u32 = 9;
const BROTLI_QUALITY: u32 = 9;
const BROTLI_WINDOW_BITS: u32 = 22;
const BUFFER_BYTES: usize = 64 * 1024;

/// The bytes of a file, as it is and compressed.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    raw: usize,
    /// By gzip.
    pub gzip: usize,
    brotli: usize,
}

impl Size {
    /// That of a file with this content.
    pub fn of(content: &[u8]) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::new(GZIP_LEVEL));
        gzip.write_all(content)?;
        let mut brotli =
            CompressorWriter::new(Vec::new(), BUFFER_BYTES, BROTLI_QUALITY, BROTLI_WINDOW_BITS);
        brotli.write_all(content)?;
        Ok(Self {
            raw: content.len(),
            gzip: gzip.finish()?.len(),
            brotli: brotli.into_inner().len(),
        })
    }
}

/// Cells of a table, in kB.
impl fmt::Display for Size {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [raw, gzip, brotli] =
            [self.raw, self.gzip, self.brotli].map(|bytes| bytes as f64 / 1000.0);
        write!(out, "{raw:.1} | {gzip:.1} | {brotli:.1}")
    }
}
