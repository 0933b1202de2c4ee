//! What the clients ask: every route, for answers and for problems.

use std::fs;
use std::iter;

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full};

use crate::client::Connection;
use crate::streams::fnv1a;

/// A request, and the answer to it, which is always the same.
pub struct Exchange {
    name: &'static str,
    request: Request<Full<Bytes>>,
    status: StatusCode,
    /// The answer's body. That of a picture is known once it was asked for.
    answer: Option<Bytes>,
}

impl Exchange {
    /// `POST /hash` of 1 kB.
    pub fn hash() -> Result<Self> {
        let body: Vec<u8> = (0..1000_u32).map(|n| (n * n % 251) as u8).collect();
        let digest = fnv1a(iter::once(&body[..]));
        Ok(Self::new("POST /hash", body, StatusCode::OK)?.answered(digest))
    }

    /// Requests of every route.
    pub fn all() -> Result<Vec<Self>> {
        let sample = |name: &str| read(&format!("assets/samples/{name}"));
        let text = "Straße, ﬁn, Ελληνικά: ΐ, русский язык.\n".repeat(300);
        let upper = text.to_uppercase();
        Ok(vec![
            Self::new("GET /health", "", StatusCode::OK)?.answered("OK"),
            Self::hash()?,
            Self::new("POST /hash?algoritm=fnv1-64", "", StatusCode::BAD_REQUEST)?,
            Self::new("POST /uppercase", text, StatusCode::OK)?.answered(upper),
            Self::new("POST /uppercase", &b"caf\xe9"[..], StatusCode::UNPROCESSABLE_ENTITY)?,
            Self::new("GET /image/grayscale?file=badge.png", "", StatusCode::OK)?,
            Self::new("POST /image/grayscale", sample("chart.webp")?, StatusCode::OK)?,
            Self::new("GET /image/blur?file=landscape.jpg", "", StatusCode::OK)?,
            Self::new("POST /image/blur?radius=50", sample("globe.gif")?, StatusCode::OK)?,
            Self::new("GET /image/blur?file=none.jpg", "", StatusCode::NOT_FOUND)?,
            Self::new("GET /", "", StatusCode::OK)?.answered(read("target/site/index.html")?),
            Self::new("DELETE /", "", StatusCode::METHOD_NOT_ALLOWED)?,
        ])
    }

    /// `name` is the request's method and target.
    fn new(name: &'static str, body: impl Into<Bytes>, status: StatusCode) -> Result<Self> {
        let (method, target) = name.split_once(' ').context("a method and a target")?;
        let request = Request::builder().method(method).uri(target);
        let request = request.body(Full::new(body.into()))?;
        Ok(Self { name, request, status, answer: None })
    }

    fn answered(self, answer: impl Into<Bytes>) -> Self {
        Self { answer: Some(answer.into()), ..self }
    }

    /// What the table calls it.
    pub fn label(&self) -> String {
        match self.status {
            StatusCode::OK => format!("`{}`", self.name),
            problem => format!("`{}`: {}", self.name, problem.as_u16()),
        }
    }

    /// Asks once, and keeps the answer for the checks to come.
    pub async fn rehearse(&mut self, connection: &mut Connection<Full<Bytes>>) -> Result<()> {
        self.answer = Some(self.ask(connection).await?);
        Ok(())
    }

    /// Asks, and checks the answer as far as it is known; the answer's body.
    pub async fn ask(&self, connection: &mut Connection<Full<Bytes>>) -> Result<Bytes> {
        let answer = connection.send(self.request.clone()).await?;
        let status = answer.status();
        ensure!(status == self.status, "{} was answered with {status}", self.name);
        let body = answer.into_body().collect().await?.to_bytes();
        let is_right = self.answer.as_ref().is_none_or(|answer| *answer == body);
        ensure!(is_right, "{} was answered with other bytes", self.name);
        Ok(body)
    }
}

fn read(path: &str) -> Result<Vec<u8>> {
    let path = crate::repository(path);
    fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
}
