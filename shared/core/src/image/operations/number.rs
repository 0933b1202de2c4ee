//! Numbers as callers write them, in decimal digits.

use std::fmt;
use std::ops::RangeInclusive;

/// A whole number within `allowed`, of digits and, where `allowed` goes below zero, a sign.
pub(in crate::image) fn whole(text: &str, allowed: RangeInclusive<i32>) -> Option<i32> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| plain && allowed.contains(number))
}

/// A number of hundredths, 0 or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hundredths(pub(in crate::image) u16);

impl Hundredths {
    /// Reads digits and at most two more after a point: `3`, `0.5`, `12.25`.
    pub(in crate::image) fn parse(text: &str, allowed: RangeInclusive<u16>) -> Option<Self> {
        let (units, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(units) || !digits(fraction) || fraction.len() > 2 {
            return None;
        }
        let scale = if fraction.len() == 1 { 10 } else { 1 };
        let hundredths: u16 = fraction.parse::<u16>().ok()? * scale;
        let number = units.parse::<u16>().ok()?.checked_mul(100)?.checked_add(hundredths)?;
        allowed.contains(&number).then_some(Self(number))
    }

    /// The number itself.
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl fmt::Display for Hundredths {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (units, hundredths) = (self.0 / 100, self.0 % 100);
        match hundredths {
            0 => write!(out, "{units}"),
            _ if hundredths % 10 == 0 => write!(out, "{units}.{}", hundredths / 10),
            _ => write!(out, "{units}.{hundredths:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_digits_within_a_range() {
        for (text, number) in [("0", 0), ("-100", -100), ("100", 100), ("007", 7), ("-0", 0)] {
            assert_eq!(whole(text, -100..=100), Some(number), "{text}");
        }
        for text in ["", "-", "+1", "1.0", "101", "-101", " 1", "1e2", "99999999999", "--1"] {
            assert_eq!(whole(text, -100..=100), None, "{text}");
        }
    }

    #[test]
    fn decimals_have_at_most_two_digits_after_the_point() {
        for (text, hundredths, shown) in [
            ("3", 300, "3"),
            ("0.5", 50, "0.5"),
            ("12.25", 1225, "12.25"),
            ("1.05", 105, "1.05"),
            ("2.50", 250, "2.5"),
        ] {
            let number = Hundredths::parse(text, 0..=u16::MAX).unwrap();
            assert_eq!((number.0, number.to_string().as_str()), (hundredths, shown), "{text}");
        }
        for text in ["", ".", ".5", "1.", "1.234", "-1", "1,5", "656", "65536", "1e1"] {
            assert_eq!(Hundredths::parse(text, 0..=u16::MAX), None, "{text}");
        }
        assert_eq!(Hundredths::parse("0.09", 10..=1000), None);
        assert_eq!(Hundredths::parse("10.01", 10..=1000), None);
        assert_eq!(Hundredths::parse("10", 10..=1000).map(Hundredths::value), Some(10.0));
    }
}
