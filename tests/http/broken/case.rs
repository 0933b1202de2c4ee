//! What a broken file is answered with, and how soon.

use std::time::{Duration, Instant};

use edge_tests::application;
use image::ImageFormat;

use crate::pictures::Picture;

/// How long an answer may take, the time on a busy machine aside.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a file is sent before its answer counts as late: another test may take the processor.
const ATTEMPTS: usize = 3;

/// What a file is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// 422: the bytes end before the picture does.
    Truncated,
    /// 422: the bytes contradict their format.
    Malformed,
    /// 415: a feature that is not read.
    Unsupported,
    /// 413: a side or an area beyond the limits.
    TooLarge,
    /// 413: more memory than the budget.
    OverBudget,
    /// 200: what is broken says nothing of the samples, or the format has a rule for it.
    Read,
}

use Verdict::{Malformed, OverBudget, Read, TooLarge, Truncated, Unsupported};

impl Verdict {
    /// The status, and the type where it is a problem.
    const fn answer(self) -> (u16, &'static str) {
        match self {
            Truncated => (422, "/problems/truncated-picture"),
            Malformed => (422, "/problems/malformed-picture"),
            Unsupported => (415, "/problems/unsupported-picture"),
            TooLarge => (413, "/problems/picture-too-large"),
            OverBudget => (413, "/problems/memory-budget"),
            Read => (200, ""),
        }
    }
}

/// A file, what is broken about it, and what comes of it.
pub type Case = (&'static str, Vec<u8>, Verdict);

/// Sends each file and compares the answers with the verdicts.
pub async fn check(cases: Vec<Case>) {
    // The first request of all is not timed: it waits for the application to start.
    let whole = Picture::new(1, 1, 3, 255).file(ImageFormat::Png);
    assert_eq!(application().post("/image/blur", whole).await.status, 200);
    let mut wrong = Vec::new();
    for (name, file, verdict) in cases {
        let (answer, took) = send(&file).await;
        println!("{name}: {answer:?} in {} ms", took.as_millis());
        let (status, problem) = verdict.answer();
        if answer != (status, problem.to_owned()) || took >= PATIENCE {
            wrong.push(format!("{name}: {answer:?} in {took:?}, not {verdict:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The answer's status and its problem's type, and the shortest of a few times that it took.
async fn send(file: &[u8]) -> ((u16, String), Duration) {
    let (mut answered, mut shortest) = ((0, String::new()), Duration::MAX);
    for _ in 0..ATTEMPTS {
        let begin = Instant::now();
        let answer = application().post("/image/blur?format=png", file.to_vec()).await;
        shortest = shortest.min(begin.elapsed());
        let problem = answer.field("content-type") == "application/problem+json";
        let name = if problem {
            answer.json()["type"].as_str().unwrap().to_owned()
        } else {
            String::new()
        };
        answered = (answer.status.as_u16(), name);
        if shortest < PATIENCE {
            break;
        }
    }
    (answered, shortest)
}
