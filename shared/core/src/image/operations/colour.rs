//! Colours as callers write them.

use std::fmt;

use super::planes::over;

/// A colour of sRGB with straight alpha, 8 bits a channel. In text it is `RRGGBB` or `RRGGBBAA`,
/// hexadecimal in either case; written without the alpha where it is opaque, in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// 0 is transparent, 255 opaque.
    pub alpha: u8,
}

impl Colour {
    /// Opaque white.
    pub const WHITE: Self = Self { rgb: [255; 3], alpha: 255 };
    /// No colour at all.
    pub const TRANSPARENT: Self = Self { rgb: [0; 3], alpha: 0 };

    /// Reads `RRGGBB` or `RRGGBBAA`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let bytes = u32::from_str_radix(text, 16).ok().filter(|_| digits)?.to_be_bytes();
        match text.len() {
            6 => Some(Self { rgb: [bytes[1], bytes[2], bytes[3]], alpha: 255 }),
            8 => Some(Self { rgb: [bytes[0], bytes[1], bytes[2]], alpha: bytes[3] }),
            _ => None,
        }
    }

    /// Whether nothing shows through.
    pub const fn is_opaque(self) -> bool {
        self.alpha == 255
    }

    /// What is seen of it on white, `round((c a + 255 (255 - a)) / 255)` a channel.
    pub fn on_white(self) -> Self {
        let seen = |level| over(level, u8::MAX, self.alpha);
        Self { rgb: self.rgb.map(seen), alpha: 255 }
    }

    /// Whether red, green and blue are equal.
    pub const fn is_gray(self) -> bool {
        let [red, green, blue] = self.rgb;
        red == green && green == blue
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.rgb;
        write!(out, "{red:02x}{green:02x}{blue:02x}")?;
        if self.is_opaque() { Ok(()) } else { write!(out, "{:02x}", self.alpha) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_six_or_eight_hexadecimal_digits() {
        let colour = Colour { rgb: [0x12, 0xab, 0xff], alpha: 255 };
        assert_eq!(Colour::parse("12abff"), Some(colour));
        assert_eq!(Colour::parse("12ABFF"), Some(colour));
        assert_eq!(Colour::parse("12abff80"), Some(Colour { alpha: 0x80, ..colour }));
        for text in
            ["", "fff", "12abf", "12abffg", "12abff8", "12abff801", "#12abff", "+12abf", "é1234"]
        {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn white_shows_through() {
        let seen = |text| Colour::parse(text).unwrap().on_white().to_string();
        assert_eq!(
            [seen("0000ff80"), seen("12345600"), seen("123456ff")],
            ["7f7fff", "ffffff", "123456"]
        );
    }

    #[test]
    fn what_is_written_can_be_read() {
        for text in ["000000", "12abff", "12abff00", "ffffff7f"] {
            assert_eq!(Colour::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Colour::parse("FFFFFFFF").unwrap().to_string(), "ffffff");
    }
}
