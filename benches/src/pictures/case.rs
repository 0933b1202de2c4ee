//! One job, and everybody who does it.

use anyhow::{Context, Result};

use super::contender::{Contender, Job, Times};
use super::library::{Libraries, Library};
use super::likeness::{psnr, seen};
use super::source::Source;

/// Rounds that are not counted.
const WARM_UPS: usize = 2;
/// Rounds that are counted.
pub const ROUNDS: usize = 11;
/// Slow libraries do one round in so many.
const SLOW_EVERY: usize = 5;
/// Rounds of slow libraries that are counted.
pub const SLOW_ROUNDS: usize = ROUNDS.div_ceil(SLOW_EVERY);

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
    /// Lets everybody do the job in turns, so that a slow moment of the machine falls on all alike.
    /// The first score is this project's.
    pub fn measure(&self, libraries: &Libraries) -> Result<Vec<Score>> {
        let mut players = [(Library::Ours, None)]
            .into_iter()
            .chain(self.others.iter().copied())
            .map(|(library, most)| {
                let title = libraries.title(library)?;
                let contender = self.start(library, libraries).with_context(|| title.clone())?;
                Ok(Player { library, title, most, contender, rounds: Vec::new() })
            })
            .collect::<Result<Vec<_>>>()?;
        for round in 0..WARM_UPS + ROUNDS {
            for player in &mut players {
                player.play(round).with_context(|| player.title.clone())?;
            }
        }
        self.score(players)
    }

    fn start(&self, library: Library, libraries: &Libraries) -> Result<Contender> {
        let Source { format, width, height, ref bytes } = *self.source;
        let operation = if library == Library::Copy { "copy" } else { self.operation };
        let job =
            Job { operation, input: format, output: format, width, height, bytes: bytes.len() };
        Contender::start(libraries.command(library), &job, bytes)
    }

    fn score(&self, players: Vec<Player>) -> Result<Vec<Score>> {
        let Source { format, width, height, .. } = *self.source;
        let mut ours = None;
        let score = |mut player: Player| {
            let answer = player.contender.answer()?;
            let mut likeness = None;
            if self.likeness.is_some() {
                let picture = seen(format, &answer, width, height)?;
                match &ours {
                    None => ours = Some(picture),
                    Some(ours) => likeness = Some(psnr(ours, &picture)?),
                }
            }
            let times = median(&player.rounds[..]);
            let Player { title, most, .. } = player;
            Ok(Score { title, times, bytes: answer.len(), likeness, most })
        };
        players.into_iter().map(score).collect()
    }
}

/// A library at the job.
struct Player {
    library: Library,
    title: String,
    most: Option<f64>,
    contender: Contender,
    rounds: Vec<Times>,
}

impl Player {
    fn play(&mut self, round: usize) -> Result<()> {
        match round.checked_sub(WARM_UPS) {
            None => drop(self.contender.round()?),
            Some(counted) if self.library.is_slow() && !counted.is_multiple_of(SLOW_EVERY) => {}
            Some(_) => self.rounds.push(self.contender.round()?),
        }
        Ok(())
    }
}

/// The median of each stage by itself.
fn median(rounds: &[Times]) -> Times {
    let middle = |stage: fn(&Times) -> f64| {
        let mut times: Vec<f64> = rounds.iter().map(stage).collect();
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    Times {
        decode: middle(|times| times.decode),
        operation: middle(|times| times.operation),
        encode: middle(|times| times.encode),
        total: middle(|times| times.total),
    }
}
