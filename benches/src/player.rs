//! Contenders that take turns at one job, so that a slow moment of the machine falls on all alike.

use std::process::Command;

use anyhow::{Context, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::contender::Contender;
use crate::median::median;

/// Rounds that are not counted.
const WARM_UPS: usize = 2;
/// Rounds that are counted.
pub const ROUNDS: usize = 11;
/// Slow contenders do one round in so many.
const SLOW_EVERY: usize = 5;
/// Rounds of slow contenders that are counted.
pub const SLOW_ROUNDS: usize = ROUNDS.div_ceil(SLOW_EVERY);

/// A contender at the job, and what its rounds took.
pub struct Player<Times> {
    title: String,
    is_slow: bool,
    contender: Contender,
    rounds: Vec<Times>,
}

impl<Times: DeserializeOwned> Player<Times> {
    /// Starts `command`, and hands it the job and the job's input. Errors name it by its title.
    pub fn start(
        title: String,
        is_slow: bool,
        command: Command,
        job: &impl Serialize,
        input: &[u8],
    ) -> Result<Self> {
        let contender = Contender::start(command, job, input).with_context(|| title.clone())?;
        Ok(Self { title, is_slow, contender, rounds: Vec::new() })
    }

    /// Plays all rounds.
    pub fn play(players: &mut [Self]) -> Result<()> {
        for round in 0..WARM_UPS + ROUNDS {
            for player in &mut *players {
                player.round(round).with_context(|| player.title.clone())?;
            }
        }
        Ok(())
    }

    fn round(&mut self, round: usize) -> Result<()> {
        match round.checked_sub(WARM_UPS) {
            None => drop(self.contender.round::<Times>()?),
            Some(counted) if self.is_slow && !counted.is_multiple_of(SLOW_EVERY) => {}
            Some(_) => self.rounds.push(self.contender.round()?),
        }
        Ok(())
    }

    /// The contender's name in the table.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The median of one of the times.
    pub fn median(&self, time: impl Fn(&Times) -> f64) -> f64 {
        median(self.rounds.iter().map(time))
    }

    /// What the last round made.
    pub fn answer(&mut self) -> Result<Vec<u8>> {
        self.contender.answer().with_context(|| self.title.clone())
    }
}
