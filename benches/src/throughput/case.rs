//! One task, and everybody who does it.

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};

use super::library::{Libraries, Library};
use crate::player::Player;

/// A task, and who does it beside this project.
pub struct Case<'a> {
    /// Its name in the table.
    pub name: &'static str,
    /// Its name for the programs: an algorithm's, or a letter case.
    pub task: &'static str,
    /// What it is done to.
    pub input: &'a [u8],
    /// This project first.
    pub libraries: Vec<Library>,
    /// How fast this project has to be.
    pub bar: Option<Bar>,
}

/// The least speed.
#[derive(Clone, Copy)]
pub enum Bar {
    /// In megabytes a second.
    Rate(f64),
    /// In that of another.
    Times(f64, Library),
}

/// How fast everybody was at a task.
pub struct Row {
    /// The task.
    pub name: &'static str,
    /// Megabytes a second.
    pub rates: Vec<(Library, f64)>,
    /// How fast this project has to be.
    pub bar: Option<Bar>,
}

/// How many times a round does the task.
pub const TIMES: usize = 100;

#[derive(Serialize)]
struct Job {
    task: &'static str,
    times: usize,
}

#[derive(Deserialize)]
struct Times {
    ms: f64,
}

impl Case<'_> {
    /// Lets everybody do the task. All have to make the same of the input.
    pub fn measure(&self, libraries: &Libraries) -> Result<Row> {
        let job = Job { task: self.task, times: TIMES };
        let start = |&library: &Library| {
            let (title, command) = (libraries.title(library)?, libraries.command(library));
            Player::<Times>::start(title, library.is_slow(), command, &job, self.input)
        };
        let mut players = self.libraries.iter().map(start).collect::<Result<Vec<_>>>()?;
        Player::play(&mut players)?;
        self.check(&mut players)?;
        let megabytes = (TIMES * self.input.len()) as f64 / 1e6;
        let rate = |player: &Player<Times>| megabytes * 1e3 / player.median(|times| times.ms);
        let rates = self.libraries.iter().copied().zip(players.iter().map(rate)).collect();
        Ok(Row { name: self.name, rates, bar: self.bar })
    }

    fn check(&self, players: &mut [Player<Times>]) -> Result<()> {
        let Some((first, others)) = players.split_first_mut() else { return Ok(()) };
        let expected = first.answer()?;
        for player in others {
            let is_same = player.answer()? == expected;
            ensure!(is_same, "{}: {} makes something else of it", self.name, player.title());
        }
        Ok(())
    }
}
