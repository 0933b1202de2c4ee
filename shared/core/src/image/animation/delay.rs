//! How long a frame is shown.

/// A number of seconds as a fraction. A denominator is never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::image) struct Delay {
    pub(in crate::image) numerator: u32,
    pub(in crate::image) denominator: u32,
}

impl Delay {
    /// As GIF has it: hundredths of a second, rounded; the longest there are where it is longer.
    pub(in crate::image) fn hundredths(self) -> u16 {
        u16::try_from(self.in_parts(100)).unwrap_or(u16::MAX)
    }

    /// As PNG has it: a fraction of 16-bit numbers, in the smallest parts of a second that the number
    /// of them allows.
    pub(in crate::image) fn fraction(self) -> (u16, u16) {
        let Self { numerator, denominator } = self;
        let finest = u16::try_from(denominator).unwrap_or(1_000);
        for parts in [finest, 1_000, 100, 10] {
            let exact = u32::from(parts) == denominator;
            let count = if exact { u64::from(numerator) } else { self.in_parts(parts.into()) };
            if let Ok(count) = u16::try_from(count) {
                return (count, parts);
            }
        }
        (u16::try_from(self.in_parts(1)).unwrap_or(u16::MAX), 1)
    }

    fn in_parts(self, parts: u64) -> u64 {
        let denominator = u64::from(self.denominator);
        (u64::from(self.numerator) * parts + denominator / 2) / denominator
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delay(numerator: u32, denominator: u32) -> Delay {
        Delay { numerator, denominator }
    }

    #[test]
    fn gif_has_hundredths() {
        for (numerator, denominator, expected) in [
            (0, 100, 0),
            (7, 100, 7),
            (44, 1_000, 4),
            (45, 1_000, 5),
            (1, 3, 33),
            (655_355, 1_000, u16::MAX),
            (u32::MAX, 1, u16::MAX),
        ] {
            assert_eq!(delay(numerator, denominator).hundredths(), expected);
        }
    }

    #[test]
    fn png_has_fractions_of_sixteen_bits() {
        for (numerator, denominator, expected) in [
            (0, 100, (0, 100)),
            (1, 3, (1, 3)),
            (65_535, 65_535, (65_535, 65_535)),
            (65_535, 1_000, (65_535, 1_000)),
            (65_536, 1_000, (6_554, 100)),
            (655_355, 1_000, (6_554, 10)),
            (6_553_600, 1_000, (6_554, 1)),
            (16_777_215, 1_000, (16_777, 1)),
            (u32::MAX, 1, (u16::MAX, 1)),
        ] {
            assert_eq!(delay(numerator, denominator).fraction(), expected);
        }
    }
}
