//! One job, and everybody who does it.

use anyhow::Result;

use super::job::{Job, Times};
use super::library::{Libraries, Library};
use super::likeness::{psnr, seen};
use super::source::Source;
use crate::player::Player;

/// A job, and who does it beside this project.
pub struct Case<'a> {
    /// Its name in the table.
    pub name: &'static str,
    /// `grayscale`, `blur` or `resize`.
    pub operation: &'static str,
    /// What it is done to. The answer is in the same format.
    pub source: &'a Source,
    /// The others, each with the most of its time that this project may take.
    pub others: Vec<(Library, Option<f64>)>,
    /// How alike all answers have to be to ours, in decibels; nothing if they are not comparable.
    pub likeness: Option<f64>,
}

/// What one library took.
pub struct Score {
    /// The library's name.
    pub title: String,
    /// Medians.
    pub times: Times,
    /// The length of the answer.
    pub bytes: usize,
    /// How alike the answer is to ours, in decibels.
    pub likeness: Option<f64>,
    /// The most of this time that this project may take.
    pub most: Option<f64>,
}

impl Case<'_> {
    /// Lets everybody do the job. The first score is this project's.
    pub fn measure(&self, libraries: &Libraries) -> Result<Vec<Score>> {
        let others = self.others.iter().copied();
        let (all, bars): (Vec<_>, Vec<_>) =
            [(Library::Ours, None)].into_iter().chain(others).unzip();
        let mut players = all
            .into_iter()
            .map(|library| self.start(library, libraries))
            .collect::<Result<Vec<_>>>()?;
        Player::play(&mut players)?;
        self.score(&mut players, &bars)
    }

    fn start(&self, library: Library, libraries: &Libraries) -> Result<Player<Times>> {
        let Source { format, width, height, ref bytes } = *self.source;
        let operation = if library == Library::Copy { "copy" } else { self.operation };
        let job = Job { operation, input: format, output: format, width, height };
        let (title, command) = (libraries.title(library)?, libraries.command(library));
        Player::start(title, library.is_slow(), command, &job, bytes)
    }

    fn score(&self, players: &mut [Player<Times>], bars: &[Option<f64>]) -> Result<Vec<Score>> {
        let Source { format, width, height, .. } = *self.source;
        let mut ours = None;
        let score = |(player, most): (&mut Player<Times>, &Option<f64>)| {
            let answer = player.answer()?;
            let mut likeness = None;
            if self.likeness.is_some() {
                let picture = seen(format, &answer, width, height)?;
                match &ours {
                    None => ours = Some(picture),
                    Some(ours) => likeness = Some(psnr(ours, &picture)?),
                }
            }
            let (title, times) = (player.title().to_owned(), medians(player));
            Ok(Score { title, times, bytes: answer.len(), likeness, most: *most })
        };
        players.iter_mut().zip(bars).map(score).collect()
    }
}

/// The median of each stage by itself.
fn medians(player: &Player<Times>) -> Times {
    Times {
        decode: player.median(|times| times.decode),
        operation: player.median(|times| times.operation),
        encode: player.median(|times| times.encode),
        total: player.median(|times| times.total),
    }
}
