//! What this project asks of itself. A report says where a bar is missed, and is written all the
//! same; the command then fails.

const MISSED: &str = "MISSED";

/// The word for a bar in a report.
pub fn verdict(is_kept: bool) -> &'static str {
    if is_kept { "kept" } else { MISSED }
}

/// Whether a bar is missed in this report.
pub fn is_missed(report: &str) -> bool {
    report.contains(MISSED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_missed_bar_is_found_among_those_kept() {
        let report = |bars: [bool; 3]| bars.map(verdict).join(" | ");
        assert_eq!(report([true, false, true]), "kept | MISSED | kept");
        assert!(is_missed(&report([true, false, true])));
        assert!(!is_missed(&report([true; 3])));
    }
}
