//! What a request asks for, known before its text is read.

use edge_core::text::{Case, Charset, IllFormed, Locale};
use edge_web::{Accept, Body, Kind, Media, Parameters, Problem, excerpt, suggest};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use crate::mapping::Mapping;

/// The routes: a path, whose name is also that of the step in `Server-Timing`, and its case.
const ROUTES: [(&str, Case); 4] = [
    ("uppercase", Case::Upper),
    ("lowercase", Case::Lower),
    ("titlecase", Case::Title),
    ("casefold", Case::Fold),
];

/// What `?invalid=` may be.
const INVALID: [(&str, IllFormed); 2] =
    [("refuse", IllFormed::Refuse), ("replace", IllFormed::Replace)];

/// What a language must be; completes "it must be …".
const TAG: &str = "a language tag (BCP 47), such as 'tr' or 'el-GR'";

/// A text's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The bare text.
    Plain,
    /// A document that holds it.
    Json,
}

impl Form {
    /// Its media type in an answer.
    fn media_type(self) -> &'static str {
        match self {
            Self::Plain => "text/plain",
            Self::Json => "application/json",
        }
    }
}

/// What becomes of the text, and how it comes and goes.
pub struct Task {
    /// The case's name.
    pub name: &'static str,
    /// What becomes of the text.
    pub mapping: Mapping,
    /// How the text comes.
    pub input: Form,
    /// How it is answered.
    pub output: Form,
    /// The tag that told the language, where there was one.
    language: Option<String>,
    /// The request fields that were read, but for those that say how the body is coded.
    vary: &'static str,
}

impl Task {
    /// Whether there is anything at `path`.
    pub fn check_path(path: &str) -> Result<(), Problem> {
        route(path).map(drop)
    }

    /// Reads a request's head: of one with a body also the fields that describe it.
    pub fn of(head: &Parts, parameters: &Parameters, has_body: bool) -> Result<Self, Problem> {
        let (name, case) = route(head.uri.path())?;
        let ill_formed = ill_formed(parameters)?;
        let about_body = has_body.then_some(&head.headers);
        let (input, charset) = about_body.map_or(Ok((Form::Plain, Charset::UTF_8)), form)?;
        let output = output(input, &head.headers)?;
        let (language, locale) = match (parameters.get("locale"), about_body) {
            (Some(tag), _) => language_of_parameter(tag)?,
            (None, Some(headers)) => language_of_body(headers)?,
            (None, None) => (None, Locale::ROOT),
        };
        let reads_language = has_body && parameters.get("locale").is_none();
        let vary = if reads_language { "Accept, Content-Language" } else { "Accept" };
        let mapping = Mapping { case, locale, charset, ill_formed };
        Ok(Self { name, mapping, input, output, language, vary })
    }

    /// What decides an answer beside the text.
    pub fn options(&self) -> String {
        let language = self.language.as_deref().unwrap_or_default();
        format!("{} {} {language}", self.name, self.output.media_type())
    }

    /// Adds the fields that tell how the answer came about.
    pub fn describe(&self, response: &mut Response<Body>) {
        let has_text = response.status() != StatusCode::NOT_MODIFIED;
        let headers = response.headers_mut();
        headers.insert(header::VARY, HeaderValue::from_static(self.vary));
        if let Some(tag) = self.language.as_ref().filter(|_| has_text) {
            let tag = HeaderValue::try_from(tag).expect("language tags are ASCII");
            headers.insert(header::CONTENT_LANGUAGE, tag);
        }
    }
}

fn route(path: &str) -> Result<(&'static str, Case), Problem> {
    let name = path.trim_matches('/');
    ROUTES
        .into_iter()
        .find(|(known, _)| *known == name)
        .ok_or_else(|| Problem::new(Kind::NotFound, format!("Nothing is at '{}'.", excerpt(path))))
}

fn ill_formed(parameters: &Parameters) -> Result<IllFormed, Problem> {
    let Some(value) = parameters.get("invalid") else { return Ok(IllFormed::default()) };
    let chosen = INVALID.into_iter().find(|(name, _)| *name == value);
    chosen.map(|(_, ill_formed)| ill_formed).ok_or_else(|| {
        let names = INVALID.map(|(name, _)| name);
        let problem = Problem::invalid_parameter("invalid", value, names.join(" or "));
        suggest(problem, value, &names)
    })
}

/// How a body comes, and the encoding that it is declared to be in. Raw bytes are taken for text in
/// UTF-8.
fn form(headers: &HeaderMap) -> Result<(Form, Charset), Problem> {
    let Media::Declared { essence, charset: label } = Media::of(headers) else {
        return Ok((Form::Plain, Charset::UTF_8));
    };
    let form = match essence.as_str() {
        "application/json" => Form::Json,
        text if text.starts_with("text/") => Form::Plain,
        other => return Err(Media::unsupported(other, "text/* and application/json")),
    };
    let Some(label) = label else { return Ok((form, Charset::UTF_8)) };
    match Charset::named(&label) {
        Some(charset) if form == Form::Plain || charset == Charset::UTF_8 => Ok((form, charset)),
        _ => {
            let read = match form {
                Form::Plain => "the encodings of the WHATWG Encoding Standard",
                Form::Json => "JSON in UTF-8",
            };
            Err(Media::unsupported(&format!("{essence}; charset={label}"), read))
        }
    }
}

/// As the text came, unless `Accept` prefers the other form.
fn output(input: Form, headers: &HeaderMap) -> Result<Form, Problem> {
    let forms = match input {
        Form::Plain => [Form::Plain, Form::Json],
        Form::Json => [Form::Json, Form::Plain],
    };
    let chosen = Accept::of(headers).choose(&forms.map(Form::media_type))?;
    Ok(if chosen == input.media_type() { forms[0] } else { forms[1] })
}

/// A tag and what it stands for.
type Language = (Option<String>, Locale);

fn language_of_parameter(tag: &str) -> Result<Language, Problem> {
    match Locale::parse(tag) {
        Some(locale) => Ok((Some(tag.to_owned()), locale)),
        None => Err(Problem::invalid_parameter("locale", tag, TAG)),
    }
}

/// The first tag of `Content-Language` (RFC 9110, section 8.5), where there is one.
fn language_of_body(headers: &HeaderMap) -> Result<Language, Problem> {
    let Some(field) = headers.get(header::CONTENT_LANGUAGE) else {
        return Ok((None, Locale::ROOT));
    };
    let field = String::from_utf8_lossy(field.as_bytes());
    let tag = field.split(',').next().unwrap_or_default().trim();
    match Locale::parse(tag) {
        Some(locale) => Ok((Some(tag.to_owned()), locale)),
        None => {
            let tag = excerpt(tag);
            let detail =
                format!("The Content-Language field begins with '{tag}'; that must be {TAG}.");
            Err(Problem::new(Kind::MalformedRequest, detail).with("actual", tag))
        }
    }
}
