//! Zstandard (RFC 8878) as HTTP has it (RFC 9659).

use std::io::{self, BufRead, ErrorKind, Read};

use ruzstd::decoding::errors::FrameDecoderError;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::decoder::Decoder;
use super::error::CodingError;
use super::feed::Feed;

/// The largest window that a frame may have in HTTP, in bytes.
const MAX_WINDOW_BYTES: u64 = 8 << 20;
/// What a frame begins with.
const MAGIC: u32 = 0xfd2f_b528;
/// What a frame without content begins with, but for the last four bits.
const SKIPPABLE: u32 = 0x184d_2a50;

// Bits of a frame's descriptor (RFC 8878, section 3.1.1.1.1).
const CHECKSUM: u8 = 0x04;
const RESERVED: u8 = 0x08;
const SINGLE_SEGMENT: u8 = 0x20;

/// Decodes frames, one after the other. The library wants each header and each block whole, so they
/// are gathered here first.
pub struct Zstd {
    feed: Feed,
    frame: FrameDecoder,
    stage: Stage,
    /// The header or block that is arriving.
    gathered: Vec<u8>,
    /// Whether the frame ends with a checksum.
    has_checksum: bool,
    /// The bytes that the frame's content has yet to have, where its header says how many.
    missing: Option<u64>,
}

/// What comes next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The first frame.
    Start,
    /// Another frame, or the end.
    Between,
    /// So many bytes of a skippable frame.
    Skip(usize),
    /// A frame's blocks.
    Blocks,
}

impl Default for Zstd {
    fn default() -> Self {
        let mut frame = FrameDecoder::new();
        frame.set_max_window_size(MAX_WINDOW_BYTES);
        let (feed, gathered) = (Feed::default(), Vec::new());
        Self { feed, frame, stage: Stage::Start, gathered, has_checksum: false, missing: None }
    }
}

impl Decoder for Zstd {
    fn feed(&mut self) -> &mut Feed {
        &mut self.feed
    }
}

impl Read for Zstd {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.stage {
                Stage::Between if self.gathered.is_empty() && self.feed.fill_buf()?.is_empty() => {
                    return Ok(0);
                }
                Stage::Start | Stage::Between => self.begin()?,
                Stage::Skip(0) => self.stage = Stage::Between,
                Stage::Skip(left) => {
                    let skipped = left.min(self.feed.need()?.len());
                    self.feed.consume(skipped);
                    self.stage = Stage::Skip(left - skipped);
                }
                Stage::Blocks => {
                    let length = self.frame.read(out)?;
                    if length > 0 {
                        self.count(length as u64)?;
                        return Ok(length);
                    }
                    if self.frame.is_finished() { self.end()? } else { self.block()? }
                }
            }
        }
    }
}

impl Zstd {
    /// Reads the header of a frame.
    fn begin(&mut self) -> io::Result<()> {
        let magic = self.number(0)?;
        if magic & !15 == SKIPPABLE {
            self.stage = Stage::Skip(self.number(4)? as usize);
        } else if magic == MAGIC {
            self.gather(5)?;
            let descriptor = self.gathered[4];
            if descriptor & RESERVED != 0 {
                return Err(ErrorKind::InvalidData.into());
            }
            self.gather(header_bytes(descriptor))?;
            self.frame.reset(&self.gathered[..]).map_err(fault)?;
            self.has_checksum = descriptor & CHECKSUM != 0;
            self.missing = (content_size_bytes(descriptor) > 0).then(|| self.frame.content_size());
            self.stage = Stage::Blocks;
        } else {
            return Err(ErrorKind::InvalidData.into());
        }
        self.gathered.clear();
        Ok(())
    }

    /// Decodes a block, and reads the checksum after the last.
    fn block(&mut self) -> io::Result<()> {
        self.gather(3)?;
        let [low, middle, high] = [0, 1, 2].map(|at| usize::from(self.gathered[at]));
        let header = low | middle << 8 | high << 16;
        let (is_last, is_repeated) = (header & 1 == 1, header >> 1 & 3 == 1);
        let content = if is_repeated { 1 } else { header >> 3 };
        let checksum = if is_last && self.has_checksum { 4 } else { 0 };
        self.gather(3 + content + checksum)?;
        let strategy = BlockDecodingStrategy::UptoBlocks(1);
        self.frame.decode_blocks(&self.gathered[..], strategy).map_err(fault)?;
        self.gathered.clear();
        Ok(())
    }

    /// Counts content, of which there may be no more than the header says.
    fn count(&mut self, length: u64) -> io::Result<()> {
        if let Some(missing) = &mut self.missing {
            *missing = missing.checked_sub(length).ok_or(ErrorKind::InvalidData)?;
        }
        Ok(())
    }

    /// Checks a frame whose content has been read.
    fn end(&mut self) -> io::Result<()> {
        self.stage = Stage::Between;
        let expected = self.frame.get_checksum_from_data();
        let differs = expected.is_some() && self.frame.get_calculated_checksum() != expected;
        if differs || self.missing.is_some_and(|missing| missing > 0) {
            return Err(ErrorKind::InvalidData.into());
        }
        Ok(())
    }

    /// The number in four bytes, the least significant first, of what is being gathered.
    fn number(&mut self, start: usize) -> io::Result<u32> {
        self.gather(start + 4)?;
        let bytes = self.gathered[start..start + 4].try_into().expect("four bytes");
        Ok(u32::from_le_bytes(bytes))
    }

    /// Gathers until there are `length` bytes.
    fn gather(&mut self, length: usize) -> io::Result<()> {
        while self.gathered.len() < length {
            let missing = length - self.gathered.len();
            let arrived = self.feed.need()?;
            let taken = missing.min(arrived.len());
            self.gathered.extend_from_slice(&arrived[..taken]);
            self.feed.consume(taken);
        }
        Ok(())
    }
}

/// How long a frame's header is, by the descriptor in its fifth byte (RFC 8878, section 3.1.1.1).
fn header_bytes(descriptor: u8) -> usize {
    let window = usize::from(descriptor & SINGLE_SEGMENT == 0);
    let dictionary = [0, 1, 2, 4][usize::from(descriptor & 3)];
    5 + window + dictionary + content_size_bytes(descriptor)
}

/// How long the length of the content is; 0 where it is not told.
fn content_size_bytes(descriptor: u8) -> usize {
    match descriptor >> 6 {
        0 => usize::from(descriptor & SINGLE_SEGMENT != 0),
        flag => 1 << flag,
    }
}

fn fault(error: FrameDecoderError) -> io::Error {
    match error {
        FrameDecoderError::WindowSizeTooBig { requested, max } => {
            io::Error::other(CodingError::Window { limit: max, actual: requested })
        }
        _ => ErrorKind::InvalidData.into(),
    }
}
