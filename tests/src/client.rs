//! A client that sees what a caller sees, down to a broken transfer.

use bytes::Bytes;
use http::{Method, Request, Response};
use http_body_util::channel::{Channel, Sender};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Incoming};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

use crate::answer::Answer;
use crate::app::App;

/// The transfer of an answer broke off before its end.
#[derive(Debug)]
pub struct Aborted {
    /// The bytes that had arrived.
    pub received: Vec<u8>,
}

/// A request whose body is sent piece by piece while its answer is read.
pub struct Upload {
    pieces: Sender<Bytes>,
    answer: JoinHandle<Response<Incoming>>,
}

impl App {
    /// Sends a request with these fields and this body; the answer must arrive whole.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        fields: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Answer {
        let answer = self.try_send(method, path, fields, body).await;
        answer.unwrap_or_else(|aborted| panic!("aborted after {} bytes", aborted.received.len()))
    }

    /// As [`send`](Self::send), for answers that may break off.
    pub async fn try_send(
        &self,
        method: Method,
        path: &str,
        fields: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Result<Answer, Aborted> {
        let request = request(self.authority(), method, path, fields, Full::new(body.into()));
        whole(self.exchange(request).await).await
    }

    /// `GET path`.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], "").await
    }

    /// `POST path` with a body and no `Content-Type`.
    pub async fn post(&self, path: &str, body: impl Into<Bytes>) -> Answer {
        self.send(Method::POST, path, &[], body).await
    }

    /// Begins a `POST` without `Content-Length`.
    pub fn upload(&self, path: &str) -> Upload {
        self.upload_with(path, &[])
    }

    /// As [`upload`](Self::upload), with these fields.
    pub fn upload_with(&self, path: &str, fields: &[(&str, &str)]) -> Upload {
        let (pieces, body) = Channel::new(1);
        let exchange = self.exchange(request(self.authority(), Method::POST, path, fields, body));
        Upload { pieces, answer: tokio::spawn(exchange) }
    }

    /// A bare connection, for what is no HTTP.
    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    fn exchange<B>(&self, request: Request<B>) -> impl Future<Output = Response<Incoming>> + use<B>
    where
        B: Body<Data: Send, Error: Into<Box<dyn std::error::Error + Send + Sync>>> + Send + 'static,
    {
        let address = self.address;
        async move {
            let stream = TcpStream::connect(address).await.unwrap();
            stream.set_nodelay(true).unwrap();
            exchange(stream, request).await
        }
    }
}

pub(crate) fn request<B>(
    authority: &str,
    method: Method,
    path: &str,
    fields: &[(&str, &str)],
    body: B,
) -> Request<B> {
    let mut request = Request::builder().method(method).uri(path).header("host", authority);
    for (name, value) in fields {
        request = request.header(*name, *value);
    }
    request.body(body).unwrap()
}

/// One request over a connection of its own.
pub(crate) async fn exchange<S, B>(stream: S, request: Request<B>) -> Response<Incoming>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    B: Body<Data: Send, Error: Into<Box<dyn std::error::Error + Send + Sync>>> + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
    // Its errors arrive through the request and the body as well.
    tokio::spawn(connection);
    sender.send_request(request).await.unwrap()
}

/// An answer, read to its end.
pub(crate) async fn whole(response: Response<Incoming>) -> Result<Answer, Aborted> {
    let (head, body) = response.into_parts();
    Ok(Answer { status: head.status, headers: head.headers, body: read(body).await? })
}

impl Upload {
    /// Sends the body's next piece.
    pub async fn send(&mut self, piece: impl Into<Bytes>) {
        assert!(self.try_send(piece).await, "the server reads on");
    }

    /// Sends the body's next piece; whether the server reads on.
    pub async fn try_send(&mut self, piece: impl Into<Bytes>) -> bool {
        self.pieces.send_data(piece.into()).await.is_ok()
    }

    /// Ends the body and reads the answer.
    pub async fn finish(self) -> Answer {
        drop(self.pieces);
        whole(self.answer.await.unwrap()).await.expect("the answer arrives whole")
    }

    /// Waits for the answer's head; the rest of the body can still be sent.
    pub async fn begin(self) -> (Sender<Bytes>, Response<Incoming>) {
        (self.pieces, self.answer.await.unwrap())
    }
}

/// Reads a body to its end.
pub async fn read(mut body: Incoming) -> Result<Vec<u8>, Aborted> {
    let mut received = Vec::new();
    while let Some(frame) = body.frame().await {
        match frame {
            Ok(frame) => received.extend(frame.into_data().unwrap_or_default()),
            Err(_) => return Err(Aborted { received }),
        }
    }
    Ok(received)
}
