//! A body that has to have the digests that were sent with it.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use edge_core::hash::Hasher;
use http::{Method, Request};
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;

use super::claim::Claim;
use super::registry::KEYS;
use super::same_digest;
use crate::body::{Body, BodyError, full};
use crate::problem::Problem;

/// The request, with a body that ends in an error if it does not have the digests that its
/// `Content-Digest` and `Repr-Digest` claim (RFC 9530). Its content is the whole representation, so
/// that both are those of its bytes as sent.
pub async fn verified(request: Request<Body>) -> Result<Request<Body>, Problem> {
    let claims = Claim::all(request.headers())?;
    if claims.is_empty() {
        return Ok(request);
    }
    let (head, body) = request.into_parts();
    let mut body: Body = Box::pin(Verified::new(body, claims));
    if matches!(head.method, Method::GET | Method::HEAD) {
        // No function reads it.
        while let Some(frame) = body.frame().await {
            frame?;
        }
        body = full("");
    }
    Ok(Request::from_parts(head, body))
}

struct Verified {
    inner: Body,
    claims: Vec<Claim>,
    /// One for each algorithm, by its key.
    hashers: BTreeMap<&'static str, Box<dyn Hasher>>,
}

impl Verified {
    fn new(inner: Body, claims: Vec<Claim>) -> Self {
        let named = |key: &str| claims.iter().any(|claim| claim.key == key);
        let hashers = KEYS.into_iter().filter(|(key, _)| named(key)).map(|(key, algorithm)| {
            (key, algorithm.start(None).expect("no digest field has a key"))
        });
        Self { inner, hashers: hashers.collect(), claims }
    }

    /// The claims that are not so, now that all bytes are known.
    fn mismatched(&self) -> Vec<Claim> {
        let differs =
            |claim: &&Claim| !same_digest(&self.hashers[claim.key].digest(), &claim.digest);
        self.claims.iter().filter(differs).cloned().collect()
    }
}

impl http_body::Body for Verified {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let frame = ready!(self.inner.as_mut().poll_frame(context));
        match &frame {
            Some(Ok(frame)) => {
                let bytes = frame.data_ref().map_or(&[][..], |bytes| bytes);
                self.hashers.values_mut().for_each(|hasher| hasher.update(bytes));
            }
            Some(Err(_)) => {}
            None => {
                let mismatched = self.mismatched();
                if !mismatched.is_empty() {
                    // Said once: whoever asks again is at the end.
                    self.claims.clear();
                    return Poll::Ready(Some(Err(BodyError::Mismatched(mismatched))));
                }
            }
        }
        Poll::Ready(frame)
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
