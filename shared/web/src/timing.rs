//! `Server-Timing`: how long each step of an answer took.

use std::borrow::Cow;
use std::fmt::Write;
use std::time::Instant;

/// A stopwatch with named laps, carried to the answer as an extension of the response.
#[derive(Clone, Debug)]
pub struct Timing {
    lap_start: Instant,
    laps: Vec<(Cow<'static, str>, f64)>,
}

impl Timing {
    /// Starts the first lap.
    pub fn start() -> Self {
        Self { lap_start: Instant::now(), laps: Vec::new() }
    }

    /// Ends the current lap under `name` (a token, RFC 9110) and starts the next. Laps of one name
    /// add up.
    pub fn lap(&mut self, name: impl Into<Cow<'static, str>>) {
        let name = name.into();
        let now = Instant::now();
        let milliseconds = (now - self.lap_start).as_secs_f64() * 1000.0;
        match self.laps.iter_mut().find(|(known, _)| *known == name) {
            Some((_, total)) => *total += milliseconds,
            None => self.laps.push((name, milliseconds)),
        }
        self.lap_start = now;
    }

    /// The field's value, in milliseconds: `read;dur=0.4, decode;dur=12.1`.
    pub fn field(&self) -> String {
        let mut field = String::new();
        for (name, milliseconds) in &self.laps {
            let separator = if field.is_empty() { "" } else { ", " };
            write!(field, "{separator}{name};dur={milliseconds:.3}").expect("writing to a string");
        }
        field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laps_are_listed_in_order_in_milliseconds() {
        let mut timing = Timing::start();
        timing.laps = vec![("read".into(), 0.25), ("decode".into(), 1234.5)];
        assert_eq!(timing.field(), "read;dur=0.250, decode;dur=1234.500");
        timing.lap("encode");
        timing.lap("read");
        assert_eq!(
            timing.laps.iter().map(|(name, _)| name.as_ref()).collect::<Vec<_>>(),
            ["read", "decode", "encode"]
        );
        assert!(timing.laps[0].1 >= 0.25);
    }
}
