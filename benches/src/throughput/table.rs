//! The tables.

use super::case::{Bar, Row};
use super::library::Library;
use crate::bar::verdict;

/// A row for each task, a column for each library.
pub fn table(what: &str, columns: &[(Library, String)], rows: &[Row]) -> String {
    let titles = columns.iter().map(|(_, title)| format!("{title}, MB/s"));
    let titles = titles.collect::<Vec<_>>().join(" | ");
    let mut table = format!("| {what} | {titles} | ours in theirs | at least |\n");
    table += &format!("|---|{}--:|---|\n", "--:|".repeat(columns.len()));
    for row in rows {
        let rate = |(library, _): &(Library, String)| row.rate(*library);
        let cell = |rate: Option<f64>| rate.map_or_else(String::new, |rate| format!("{rate:.0}"));
        let rates: Vec<_> = columns.iter().map(rate).map(cell).collect();
        let [ratio, bar] = row.bar_cells(columns);
        table += &format!("| {} | {} | {ratio} | {bar} |\n", row.name, rates.join(" | "));
    }
    table
}

impl Row {
    fn rate(&self, library: Library) -> Option<f64> {
        self.rates.iter().find(|(other, _)| *other == library).map(|(_, rate)| *rate)
    }

    /// How fast this project was beside the other that it has to beat, and the bar.
    fn bar_cells(&self, columns: &[(Library, String)]) -> [String; 2] {
        let rate = |library| self.rate(library).unwrap_or(f64::NAN);
        let ours = rate(Library::Wasm);
        match self.bar {
            None => [const { String::new() }; 2],
            Some(Bar::Rate(least)) => {
                [String::new(), format!("{least} MB/s {}", verdict(ours >= least))]
            }
            Some(Bar::Times(least, other)) => {
                let ratio = ours / rate(other);
                let title = columns.iter().find(|(library, _)| *library == other);
                let title = title.map_or("", |(_, title)| title);
                // Rounded down: a bar that is missed by little must not look kept.
                let shown = (ratio * 100.0).floor() / 100.0;
                [format!("{shown:.2}"), format!("{least} × {title} {}", verdict(ratio >= least))]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &'static str, ours: f64, bar: Option<Bar>) -> Row {
        Row { name, rates: vec![(Library::Wasm, ours), (Library::Node, 50.4)], bar }
    }

    #[test]
    fn each_task_has_a_line() {
        let columns =
            [(Library::Wasm, "ours"), (Library::HashWasm, "hash-wasm"), (Library::Node, "Node")]
                .map(|(library, title)| (library, title.to_owned()));
        let rows = [
            row("a", 60.6, None),
            row("b", 99.9, Some(Bar::Rate(100.0))),
            row("c", 100.0, Some(Bar::Rate(100.0))),
            row("d", 50.4, Some(Bar::Times(1.0, Library::Node))),
            row("e", 60.4, Some(Bar::Times(1.2, Library::Node))),
        ];
        let expected = "\
            | digest | ours, MB/s | hash-wasm, MB/s | Node, MB/s | ours in theirs | at least |\n\
            |---|--:|--:|--:|--:|---|\n\
            | a | 61 |  | 50 |  |  |\n\
            | b | 100 |  | 50 |  | 100 MB/s MISSED |\n\
            | c | 100 |  | 50 |  | 100 MB/s kept |\n\
            | d | 50 |  | 50 | 1.00 | 1 × Node kept |\n\
            | e | 60 |  | 50 | 1.19 | 1.2 × Node MISSED |\n";
        assert_eq!(table("digest", &columns, &rows), expected);
    }
}
