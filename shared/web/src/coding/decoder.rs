//! The codings that can be undone.

use std::io::Read;

use flate2::bufread::{MultiGzDecoder, ZlibDecoder};

use super::brotli::Brotli;
use super::feed::Feed;
use super::zstd::Zstd;

/// A reader of decoded bytes, which reads coded ones from its [`Feed`]. It passes the feed's
/// [`WouldBlock`](std::io::ErrorKind::WouldBlock) on, and can then be asked again; coded bytes that
/// end early are [`UnexpectedEof`](std::io::ErrorKind::UnexpectedEof).
pub trait Decoder: Read {
    /// Where it reads from.
    fn feed(&mut self) -> &mut Feed;
}

impl Decoder for MultiGzDecoder<Feed> {
    fn feed(&mut self) -> &mut Feed {
        self.get_mut()
    }
}

impl Decoder for ZlibDecoder<Feed> {
    fn feed(&mut self) -> &mut Feed {
        self.get_mut()
    }
}

/// A content coding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// gzip members, one after the other (RFC 1952).
    Gzip,
    /// A zlib stream (RFC 1950).
    Deflate,
    /// Brotli (RFC 7932).
    Brotli,
    /// Zstandard frames, one after the other (RFC 8878, RFC 9659).
    Zstd,
}

impl Coding {
    /// Every coding.
    pub const ALL: [Self; 4] = [Self::Gzip, Self::Deflate, Self::Brotli, Self::Zstd];

    /// The coding of this name in lower case (RFC 9110, section 8.4.1).
    pub fn named(name: &str) -> Option<Self> {
        let name = if name == "x-gzip" { "gzip" } else { name };
        Self::ALL.into_iter().find(|coding| coding.name() == name)
    }

    /// Its registered name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Deflate => "deflate",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
        }
    }

    /// A decoder that has read nothing.
    pub fn decoder(self) -> Box<dyn Decoder> {
        match self {
            Self::Gzip => Box::new(MultiGzDecoder::new(Feed::default())),
            Self::Deflate => Box::new(ZlibDecoder::new(Feed::default())),
            Self::Brotli => Box::new(Brotli::default()),
            Self::Zstd => Box::new(Zstd::default()),
        }
    }
}
