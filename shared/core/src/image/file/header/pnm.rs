//! Netpbm's portable any-maps: the headers of PBM, PGM, PPM and PAM (netpbm.sourceforge.net/doc).

use super::{Header, malformed, truncated, unsupported};
use crate::image::{ColourType, Error, Format};

/// The longest header that is read, in bytes: the decoder keeps lines of any length.
const HEADER_BYTES: usize = 64 * 1024;

const MALFORMED: Error = malformed(Format::Pnm);
const TRUNCATED: Error = truncated(Format::Pnm);
const UNSUPPORTED: Error = unsupported(Format::Pnm);

/// Reads the header.
pub(super) fn read(file: &[u8]) -> Result<Header<'_>, Error> {
    Map::read(file).map(|map| Header::new(map.width, map.height, map.colour_type, map.bit_depth))
}

/// Checks that there is data for every pixel.
pub(super) fn check(file: &[u8]) -> Result<(), Error> {
    let map = Map::read(file)?;
    if (file.len() as u64) < map.least_bytes().saturating_add(map.header_bytes as u64) {
        return Err(TRUNCATED);
    }
    Ok(())
}

/// A header as it is read.
struct Map {
    width: u32,
    height: u32,
    colour_type: ColourType,
    bit_depth: u8,
    plain: bool,
    /// Bits are packed into bytes, eight pixels each.
    packed: bool,
    header_bytes: usize,
}

impl Map {
    fn read(file: &[u8]) -> Result<Self, Error> {
        let kind = *file.get(1).ok_or(TRUNCATED)?;
        if kind == b'7' {
            return Self::read_arbitrary(file);
        }
        let mut tokens = Tokens { file: &file[..file.len().min(HEADER_BYTES)], at: 2 };
        let (width, height) = (tokens.number()?, tokens.number()?);
        let bitmap = matches!(kind, b'1' | b'4');
        let bit_depth = if bitmap { 1 } else { bit_depth(tokens.number()?)? };
        Ok(Self {
            width,
            height,
            colour_type: if matches!(kind, b'3' | b'6') {
                ColourType::Rgb
            } else {
                ColourType::Gray
            },
            bit_depth,
            plain: kind < b'4',
            packed: kind == b'4',
            header_bytes: tokens.at,
        })
    }

    /// A PAM header: a name and its value on each line.
    fn read_arbitrary(file: &[u8]) -> Result<Self, Error> {
        let [mut width, mut height, mut depth, mut most] = [None; 4];
        let mut tuple = None;
        let mut at = 2;
        let mut lines = file[..file.len().min(HEADER_BYTES)].split_inclusive(|byte| *byte == b'\n');
        if lines.next() != Some(b"P7\n") {
            return Err(if file.len() == 2 { TRUNCATED } else { MALFORMED });
        }
        at += 1;
        for line in lines {
            at += line.len();
            let line = line.strip_suffix(b"\n").ok_or_else(|| cut_at(at, file))?;
            let line = str::from_utf8(line).map_err(|_| MALFORMED)?;
            let (name, value) = line.split_once(' ').unwrap_or((line, ""));
            let number = || value.trim().parse::<u32>().map_err(|_| MALFORMED).map(Some);
            match name.trim() {
                "ENDHDR" => {
                    let [Some(width), Some(height), Some(depth), Some(most)] =
                        [width, height, depth, most]
                    else {
                        return Err(MALFORMED);
                    };
                    let colour_type = tuple_colours(tuple, depth)?;
                    // Without a type the decoder takes samples of 16 bits for two of 8.
                    let bit_depth = bit_depth(most)?;
                    if tuple.is_none() && bit_depth == 16 {
                        return Err(UNSUPPORTED);
                    }
                    let (plain, packed, header_bytes) = (false, false, at);
                    return Ok(Self {
                        width,
                        height,
                        colour_type,
                        bit_depth,
                        plain,
                        packed,
                        header_bytes,
                    });
                }
                "WIDTH" => width = number()?,
                "HEIGHT" => height = number()?,
                "DEPTH" => depth = number()?,
                "MAXVAL" => most = number()?,
                "TUPLTYPE" => tuple = Some(value.trim()),
                comment if comment.starts_with('#') => {}
                _ => return Err(MALFORMED),
            }
        }
        Err(cut_at(at, file))
    }

    /// The fewest bytes that the samples can take.
    fn least_bytes(&self) -> u64 {
        let channels = match self.colour_type {
            ColourType::Gray => 1,
            ColourType::GrayAlpha => 2,
            ColourType::Rgb => 3,
            _ => 4,
        };
        let (width, height) = (u64::from(self.width), u64::from(self.height));
        if self.packed {
            return width.div_ceil(8) * height;
        }
        let samples = (width * height).saturating_mul(channels);
        match (self.plain, self.bit_depth) {
            (true, 1) => samples,
            // A digit each, and white space between them.
            (true, _) => samples.saturating_mul(2).saturating_sub(1),
            (false, 16) => samples.saturating_mul(2),
            (false, _) => samples,
        }
    }
}

/// The error for a header that does not end before `at`.
fn cut_at(at: usize, file: &[u8]) -> Error {
    if at < file.len() { UNSUPPORTED } else { TRUNCATED }
}

/// The colours of a PAM's tuples.
fn tuple_colours(tuple: Option<&str>, depth: u32) -> Result<ColourType, Error> {
    let (colour_type, expected) = match (tuple, depth) {
        (Some("BLACKANDWHITE" | "GRAYSCALE"), _) | (None, 1) => (ColourType::Gray, 1),
        (Some("BLACKANDWHITE_ALPHA" | "GRAYSCALE_ALPHA"), _) | (None, 2) => {
            (ColourType::GrayAlpha, 2)
        }
        (Some("RGB"), _) | (None, 3) => (ColourType::Rgb, 3),
        (Some("RGB_ALPHA"), _) | (None, 4) => (ColourType::Rgba, 4),
        _ => return Err(UNSUPPORTED),
    };
    if depth == expected { Ok(colour_type) } else { Err(MALFORMED) }
}

/// The bits that samples of 0 to `most` are kept in.
fn bit_depth(most: u32) -> Result<u8, Error> {
    match most {
        1..=255 => Ok(8),
        256..=65_535 => Ok(16),
        _ => Err(MALFORMED),
    }
}

/// The numbers of a header, between white space and comments.
struct Tokens<'a> {
    file: &'a [u8],
    at: usize,
}

impl Tokens<'_> {
    /// The next number, and the one white space after it.
    fn number(&mut self) -> Result<u32, Error> {
        let mut number = None;
        loop {
            let cut = || if self.file.len() == HEADER_BYTES { UNSUPPORTED } else { TRUNCATED };
            let byte = *self.file.get(self.at).ok_or_else(cut)?;
            self.at += 1;
            match (byte, number) {
                (b'0'..=b'9', _) => {
                    let digit = u32::from(byte - b'0');
                    let tens = number.unwrap_or(0u32).checked_mul(10).ok_or(MALFORMED)?;
                    number = Some(tens.checked_add(digit).ok_or(MALFORMED)?);
                }
                (b'\t'..=b'\r' | b' ', Some(number)) => return Ok(number),
                (b'\t'..=b'\r' | b' ', None) => {}
                (b'#', _) => {
                    let rest = &self.file[self.at..];
                    let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
                    self.at += rest.iter().position(ends).unwrap_or(rest.len());
                }
                _ => return Err(MALFORMED),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_every_kind() {
        for (file, colour, bits) in [
            ("P1\n5 256\n", ColourType::Gray, 1),
            ("P2 5 256 15\n", ColourType::Gray, 8),
            ("P3\n#1 2\n005\t256 # 3\n 255 ", ColourType::Rgb, 8),
            ("P4 5 256 ", ColourType::Gray, 1),
            ("P5 5 256 65535\n", ColourType::Gray, 16),
            ("P6 5 256 256\n", ColourType::Rgb, 16),
            ("P7\nWIDTH 5\nHEIGHT 256\n# no type\nDEPTH 3\nMAXVAL 7\nENDHDR\n", ColourType::Rgb, 8),
            (
                "P7\nDEPTH 2\nWIDTH 5\nHEIGHT 256\nMAXVAL 999\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\n",
                ColourType::GrayAlpha,
                16,
            ),
        ] {
            let expected = Header::new(5, 256, colour, bits);
            assert_eq!(read(file.as_bytes()), Ok(expected), "{file}");
            for length in 1..file.len() {
                assert_eq!(read(&file.as_bytes()[..length]), Err(TRUNCATED), "{length} of {file}");
            }
        }
    }

    #[test]
    fn headers_that_make_no_sense() {
        for file in [
            "P5 5 -1 255 ",
            "P5 5 5 0 ",
            "P5 5 5 65536 ",
            "P5 99999999999 5 255 ",
            "P7 5 5 255\n",
            "P7\nWIDTH 5\nENDHDR\n",
            "P7\nWIDTH x\n",
            "P7\n\nWIDTH 5\n",
            "P7\nWIDTH 5\nHEIGHT 5\nDEPTH 2\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\n",
        ] {
            assert_eq!(read(file.as_bytes()), Err(MALFORMED), "{file}");
        }
        for file in [
            "P7\nWIDTH 5\nHEIGHT 5\nDEPTH 1\nMAXVAL 256\nENDHDR\n",
            "P7\nWIDTH 5\nHEIGHT 5\nDEPTH 5\nMAXVAL 255\nENDHDR\n",
            "P7\nWIDTH 5\nHEIGHT 5\nDEPTH 4\nMAXVAL 255\nTUPLTYPE CMYK\nENDHDR\n",
        ] {
            assert_eq!(read(file.as_bytes()), Err(UNSUPPORTED), "{file}");
        }
        let endless = [b"P5 #".to_vec(), vec![b'.'; HEADER_BYTES]].concat();
        assert_eq!(read(&endless), Err(UNSUPPORTED));
        let endless = [b"P7\n#".to_vec(), vec![b'.'; HEADER_BYTES]].concat();
        assert_eq!(read(&endless), Err(UNSUPPORTED));
    }

    #[test]
    fn every_sample_takes_room() {
        for (header, least) in [
            ("P1 9 2 ", 18),
            ("P2 9 2 9 ", 35),
            ("P3 9 2 999 ", 107),
            ("P4 9 2 ", 4),
            ("P5 9 2 9 ", 18),
            ("P6 9 2 999 ", 108),
        ] {
            let file = [header.as_bytes(), &vec![b'1'; least]].concat();
            assert_eq!(check(&file), Ok(()), "{header}");
            assert_eq!(check(&file[..file.len() - 1]), Err(TRUNCATED), "{header}");
        }
    }
}
