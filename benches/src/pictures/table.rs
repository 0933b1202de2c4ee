//! The table.

use super::case::Score;
use crate::bar::verdict;

/// A job's name and its scores, this project's first.
pub struct Group {
    /// The job.
    pub name: &'static str,
    /// Everybody's.
    pub scores: Vec<Score>,
    /// How alike the answers have to be, in decibels.
    pub likeness: Option<f64>,
}

/// Jobs from file to file.
pub fn of_files(groups: &[Group]) -> String {
    let head = "| job | by | decode, ms | operation, ms | encode, ms | end to end, ms | ours in theirs | at most | answer, kB | likeness, dB |\n\
                |---|---|--:|--:|--:|--:|--:|--:|--:|--:|\n";
    let line = |group: &Group, at: usize| {
        let [name, title, ratio, bar, likeness] = group.cells(at);
        let Score { times, bytes, .. } = &group.scores[at];
        let [decode, operation, encode, total] =
            [times.decode, times.operation, times.encode, times.total].map(f64::round);
        let kilobytes = bytes / 1000;
        format!(
            "| {name} | {title} | {decode} | {operation} | {encode} | {total} | {ratio} | {bar} | {kilobytes} | {likeness} |\n"
        )
    };
    lines(head, groups, line)
}

/// Jobs on bare samples.
pub fn of_kernels(groups: &[Group]) -> String {
    let head = "| kernel | by | ms | ours in theirs | at most | likeness, dB |\n\
                |---|---|--:|--:|--:|--:|\n";
    let line = |group: &Group, at: usize| {
        let [name, title, ratio, bar, likeness] = group.cells(at);
        let ms = group.scores[at].times.operation;
        format!("| {name} | {title} | {ms:.1} | {ratio} | {bar} | {likeness} |\n")
    };
    lines(head, groups, line)
}

fn lines(head: &str, groups: &[Group], line: impl Fn(&Group, usize) -> String) -> String {
    let mut table = head.to_owned();
    for group in groups {
        table.extend((0..group.scores.len()).map(|at| line(group, at)));
    }
    table
}

impl Group {
    /// Whether every answer is like ours.
    pub fn is_alike(&self) -> bool {
        self.scores.iter().all(|score| self.is_like_ours(score))
    }

    /// How much of a library's time this project takes.
    fn ratio(&self, at: usize) -> f64 {
        self.scores[0].times.total / self.scores[at].times.total
    }

    fn is_like_ours(&self, score: &Score) -> bool {
        let likeness = score.likeness.zip(self.likeness);
        likeness.is_none_or(|(is, least)| is >= least)
    }

    /// Name, library, ratio, bar and likeness. The name stands in the first line only.
    fn cells(&self, at: usize) -> [String; 5] {
        let score = &self.scores[at];
        let Score { title, most, likeness, .. } = score;
        let bar = most.map(|most| format!("{most:.2} {}", verdict(self.ratio(at) <= most)));
        let likeness = likeness.zip(self.likeness).map(|(is, least)| {
            let sign = if self.is_like_ours(score) { '≥' } else { '<' };
            format!("{is:.1} {sign} {least}")
        });
        let ratio = (at > 0).then(|| format!("{:.2}", self.ratio(at)));
        let name = (at == 0).then(|| self.name.to_owned());
        [name, Some(title.clone()), ratio, bar, likeness].map(Option::unwrap_or_default)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pictures::job::Times;

    fn score(title: &str, total: f64, most: Option<f64>, likeness: Option<f64>) -> Score {
        let times = Times { decode: 1.4, operation: 2.5, encode: 3.6, total };
        Score { title: title.to_owned(), times, bytes: 12_999, likeness, most }
    }

    fn group(most: f64, likeness: f64) -> Group {
        let scores = vec![
            score("ours", 60.0, None, None),
            score("a", 100.0, Some(most), Some(likeness)),
            score("b", 30.0, None, Some(40.0)),
        ];
        Group { name: "blur", scores, likeness: Some(30.0) }
    }

    #[test]
    fn a_group_is_alike_if_every_answer_is_as_like_ours_as_asked() {
        assert!(group(0.59, 30.0).is_alike());
        assert!(!group(0.6, 29.9).is_alike());
    }

    #[test]
    fn each_library_has_a_line() {
        let table = of_files(&[group(0.65, 31.0)]);
        let lines: Vec<_> = table.lines().skip(2).collect();
        assert_eq!(
            lines,
            [
                "| blur | ours | 1 | 3 | 4 | 60 |  |  | 12 |  |",
                "|  | a | 1 | 3 | 4 | 100 | 0.60 | 0.65 kept | 12 | 31.0 ≥ 30 |",
                "|  | b | 1 | 3 | 4 | 30 | 2.00 |  | 12 | 40.0 ≥ 30 |",
            ]
        );
        let table = of_kernels(&[group(0.5, 29.0)]);
        let lines: Vec<_> = table.lines().skip(2).collect();
        assert_eq!(
            lines,
            [
                "| blur | ours | 2.5 |  |  |  |",
                "|  | a | 2.5 | 0.60 | 0.50 MISSED | 29.0 < 30 |",
                "|  | b | 2.5 | 2.00 |  | 40.0 ≥ 30 |",
            ]
        );
    }
}
