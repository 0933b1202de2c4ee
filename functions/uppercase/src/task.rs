//! What a request asks for, known before its text is read.

use edge_core::text::{self, Case, Charset, Converter, IllFormed, Locale};
use edge_web::{Accept, Body, Kind, Media, Parameters, Problem, excerpt, suggest};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};

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

/// The mark that tells UTF-8 at the beginning of a text.
const MARK: &str = "\u{feff}";

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
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Plain => "text/plain",
            Self::Json => "application/json",
        }
    }
}

/// A case mapping, and how the text comes and goes.
pub struct Task {
    /// The case's name.
    pub name: &'static str,
    case: Case,
    locale: Locale,
    /// The tag that the locale was read from.
    language: Option<String>,
    /// What becomes of ill-formed text.
    pub ill_formed: IllFormed,
    charset: Charset,
    /// How the text comes.
    pub input: Form,
    /// How it is answered.
    pub output: Form,
    /// The request fields that were read, but for those that describe the body's coding.
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
        let (vary, language) = match (parameters.get("locale"), about_body) {
            (Some(tag), _) => ("Accept", Some(tag.to_owned())),
            (None, Some(headers)) => ("Accept, Content-Language", content_language(headers)?),
            (None, None) => ("Accept", None),
        };
        let locale = match &language {
            None => Locale::ROOT,
            Some(tag) => {
                Locale::parse(tag).ok_or_else(|| Problem::invalid_parameter("locale", tag, TAG))?
            }
        };
        Ok(Self { name, case, locale, language, ill_formed, charset, input, output, vary })
    }

    /// The mapping of a body that comes bare.
    pub fn converter(&self) -> Converter {
        Converter::new(self.case, &self.locale, self.charset, self.ill_formed)
    }

    /// The whole of such a body, mapped.
    pub fn convert(&self, bytes: &[u8]) -> Result<String, text::Error> {
        self.run(self.converter(), &[bytes])
    }

    /// A text, mapped.
    pub fn map(&self, text: &str) -> String {
        let converter = Converter::new(self.case, &self.locale, Charset::UTF_8, IllFormed::Refuse);
        // Of two marks the first is not text. So one that the text itself begins with is kept.
        let mapped = self.run(converter, &[MARK.as_bytes(), text.as_bytes()]);
        mapped.expect("a string is well-formed")
    }

    fn run(&self, mut converter: Converter, pieces: &[&[u8]]) -> Result<String, text::Error> {
        let mut mapped = Vec::new();
        for piece in pieces {
            converter.push(piece, &mut mapped)?;
        }
        converter.finish(&mut mapped)?;
        Ok(String::from_utf8(mapped).expect("what is mapped is UTF-8"))
    }

    /// What decides an answer beside the text.
    pub fn options(&self) -> String {
        let language = self.language.as_deref().unwrap_or_default();
        format!("{} {} {language}", self.name, self.output.media_type())
    }

    /// Adds the fields that tell how the answer came about.
    pub fn describe(&self, response: &mut Response<Body>) {
        let is_whole = response.status() != StatusCode::NOT_MODIFIED;
        let headers = response.headers_mut();
        headers.insert(header::VARY, HeaderValue::from_static(self.vary));
        if let Some(tag) = self.language.as_ref().filter(|_| is_whole) {
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
    let Some(value) = parameters.get("invalid") else { return Ok(IllFormed::Refuse) };
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
    let unsupported = |read| Media::unsupported(&format!("{essence}; charset={label}"), read);
    match (form, Charset::named(&label)) {
        (Form::Plain, None) => Err(unsupported("the encodings of the WHATWG Encoding Standard")),
        (Form::Json, charset) if charset != Some(Charset::UTF_8) => {
            Err(unsupported("JSON in UTF-8"))
        }
        (form, charset) => Ok((form, charset.unwrap_or_default())),
    }
}

/// As the text came, unless `Accept` prefers the other form.
fn output(input: Form, headers: &HeaderMap) -> Result<Form, Problem> {
    let mut forms = [Form::Plain, Form::Json];
    forms.sort_by_key(|form| *form != input);
    let chosen = Accept::of(headers).choose(&forms.map(Form::media_type))?;
    Ok(if chosen == Form::Json.media_type() { Form::Json } else { Form::Plain })
}

/// The first tag of `Content-Language` (RFC 9110, section 8.5), where there is one.
fn content_language(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(field) = headers.get(header::CONTENT_LANGUAGE) else { return Ok(None) };
    let field = String::from_utf8_lossy(field.as_bytes());
    let tag = field.split(',').next().unwrap_or_default().trim();
    if Locale::parse(tag).is_some() {
        return Ok(Some(tag.to_owned()));
    }
    let tag = excerpt(tag);
    let detail = format!("The Content-Language field begins with '{tag}'; that must be {TAG}.");
    Err(Problem::new(Kind::MalformedRequest, detail).with("actual", tag))
}
