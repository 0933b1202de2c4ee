//! The line that each request leaves in the log.

use std::fmt::Display;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use http::{Method, Request, Response};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::log::ComponentLog;
use crate::response::ProblemName;

/// The longest text in a line, in characters.
const LONGEST_TEXT: usize = 256;

/// What is known of a request. When the last who works on the request lets go of this, the line is
/// written: a JSON object, unless the component has written one of its own.
pub struct Record {
    log: ComponentLog,
    method: Method,
    route: String,
    started: Instant,
    outcome: Mutex<Outcome>,
}

#[derive(Default)]
struct Outcome {
    /// The answer's; none if there was no answer.
    status: Option<u16>,
    problem: Option<&'static str>,
    end: End,
    /// Whether the component has written the line.
    is_written: bool,
}

/// How work on the request ended.
#[derive(Default)]
enum End {
    /// By being given up, which happens only if nobody is there to read the answer.
    #[default]
    Dropped,
    /// In an answer of the component.
    Finished,
    /// In a refusal or a failure, for this reason.
    Failed(String),
}

/// The host's line. A component's has the same members, and some that only it knows.
#[derive(Serialize)]
struct Line<'a> {
    method: &'a str,
    route: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

/// What makes a component's output the line of its request.
#[derive(Deserialize)]
struct ComponentLine {
    #[serde(rename = "method")]
    _method: IgnoredAny,
    #[serde(rename = "route")]
    _route: IgnoredAny,
    #[serde(rename = "ms")]
    _ms: IgnoredAny,
}

impl Record {
    /// Begins the record of a request that `log`'s component is to answer. Without query.
    pub fn begin<B>(log: &ComponentLog, request: &Request<B>) -> Arc<Self> {
        let path = request.uri().path();
        let route = path.trim_end_matches('/');
        Arc::new(Self {
            log: log.clone(),
            method: request.method().clone(),
            route: if route.is_empty() { "/" } else { route }.to_owned(),
            started: Instant::now(),
            outcome: Mutex::default(),
        })
    }

    /// Passes on a line of the component's output.
    pub fn line(&self, line: &str) {
        if line.starts_with('{') && serde_json::from_str::<ComponentLine>(line).is_ok() {
            self.outcome().is_written = true;
        }
        self.log.line(line);
    }

    /// Notes the head of the answer.
    pub fn answered<B>(&self, answer: &Response<B>) {
        let mut outcome = self.outcome();
        outcome.status = Some(answer.status().as_u16());
        outcome.problem = answer.extensions().get().map(|ProblemName(name)| *name);
    }

    /// Notes that the component has come to its end.
    pub fn finished(&self) {
        let mut outcome = self.outcome();
        if matches!(outcome.end, End::Dropped) {
            outcome.end = End::Finished;
        }
    }

    /// Notes why the answer is none of the component's, or only a part of it.
    pub fn failed(&self, reason: impl Display) {
        self.outcome().end = End::Failed(reason.to_string());
    }

    /// Notes an answer in the place of the component's, and the reason for it.
    pub fn refuse<B>(&self, answer: Response<B>, reason: impl Display) -> Response<B> {
        self.answered(&answer);
        self.failed(reason);
        answer
    }

    fn outcome(&self) -> MutexGuard<'_, Outcome> {
        self.outcome.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        let outcome = self.outcome.get_mut().unwrap_or_else(PoisonError::into_inner);
        let reason = match &outcome.end {
            End::Failed(reason) => Some(reason.as_str()),
            _ if outcome.is_written => return,
            End::Dropped => Some("the client went away"),
            End::Finished => None,
        };
        let milliseconds = self.started.elapsed().as_secs_f64() * 1000.0;
        let line = Line {
            method: clip(self.method.as_str()),
            route: clip(&self.route),
            status: outcome.status,
            ms: (milliseconds * 1000.0).round() / 1000.0,
            problem: outcome.problem,
            reason: reason.map(clip),
        };
        self.log.line(&serde_json::to_string(&line).expect("strings and numbers make JSON"));
    }
}

/// The beginning of `text` that fits into a line.
fn clip(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST_TEXT);
    end.map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::recorded;

    /// The lines of a `GET` request for this target to which all that happens is `work`, with 0 in
    /// the place of the host's milliseconds.
    fn lines(target: &str, work: impl FnOnce(&Record)) -> Vec<String> {
        let lines = recorded(|log| {
            let request = Request::get(target).body(()).expect("a target");
            work(&Record::begin(log, &request));
        });
        lines.iter().map(|line| without_milliseconds(line)).collect()
    }

    fn without_milliseconds(line: &str) -> String {
        let Some((before, rest)) = line.split_once("\"ms\":") else { return line.to_owned() };
        let end = rest.find([',', '}']).expect("more of the line");
        rest[..end].parse::<f64>().expect("milliseconds");
        format!("{before}\"ms\":0{}", &rest[end..])
    }

    fn answer(status: u16) -> Response<()> {
        Response::builder().status(status).body(()).expect("a status")
    }

    #[test]
    fn each_end_has_its_line() {
        type Work = fn(&Record);
        let cases: [(Work, &str); 5] = [
            (|_| {}, r#""ms":0,"reason":"the client went away"}"#),
            (
                |record| record.answered(&answer(200)),
                r#""status":200,"ms":0,"reason":"the client went away"}"#,
            ),
            (
                |record| {
                    record.answered(&answer(200));
                    record.finished();
                },
                r#""status":200,"ms":0}"#,
            ),
            (
                |record| {
                    let mut answer = answer(500);
                    answer.extensions_mut().insert(ProblemName("internal"));
                    record.answered(&answer);
                    record.failed("trapped\n  at \"f\"");
                },
                r#""status":500,"ms":0,"problem":"internal","reason":"trapped\n  at \"f\""}"#,
            ),
            (
                |record| {
                    record.failed("no answer");
                    record.finished();
                },
                r#""ms":0,"reason":"no answer"}"#,
            ),
        ];
        for (work, end) in cases {
            let expected = format!(r#"c: {{"method":"GET","route":"/a/b",{end}"#);
            assert_eq!(lines("http://h/a/b/?key=secret", work), [expected]);
        }
    }

    #[test]
    fn a_components_own_line_takes_the_place_of_the_hosts() {
        let own = r#"{"method":"GET","route":"/","status":200,"ms":0}"#;
        let host = r#"c: {"method":"GET","route":"/","ms":0,"reason":"the client went away"}"#;
        assert_eq!(lines("/", |record| record.line(own)), [format!("c: {own}")]);
        for other in
            ["", "text", r#"{"method":"GET","route":"#, r#"{"level":"info"}"#, r#"["method"]"#]
        {
            assert_eq!(lines("/", |record| record.line(other)), [&format!("c: {other}"), host]);
        }
        let failed = |record: &Record| {
            record.line(own);
            record.failed("trapped");
        };
        let host = r#"c: {"method":"GET","route":"/","ms":0,"reason":"trapped"}"#;
        assert_eq!(lines("/", failed), [&format!("c: {own}"), host]);
    }

    #[test]
    fn long_texts_are_clipped() {
        for length in [LONGEST_TEXT - 1, LONGEST_TEXT, LONGEST_TEXT + 1] {
            let route = format!("/{}", "r".repeat(length - 1));
            let reason = "ß".repeat(length);
            let kept = length.min(LONGEST_TEXT);
            let expected = format!(
                r#"c: {{"method":"GET","route":"/{}","ms":0,"reason":"{}"}}"#,
                "r".repeat(kept - 1),
                "ß".repeat(kept),
            );
            assert_eq!(lines(&route, |record| record.failed(&reason)), [expected]);
        }
    }
}
