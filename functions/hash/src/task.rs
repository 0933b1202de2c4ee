//! What a request asks for, known before anything is hashed.

use edge_core::hash::{Algorithm, Encoding, Hasher, KeyUse};
use edge_web::{Accept, EXPIRES, Kind, Parameters, Problem, SIGNATURE, byte_sequence, suggest};
use http::request::Parts;
use http::{HeaderMap, Method};

/// The field of a request that carries a key: `:BASE64:`, a byte sequence (RFC 9651).
pub const KEY_FIELD: &str = "hash-key";

/// The name of all algorithms that need no key.
const ALL: &str = "all";

/// What several algorithms must be; completes "it must be …".
const LIST: &str = "a list that names each algorithm once, or 'all'";

/// What to answer with.
pub enum Task {
    /// The algorithms there are.
    List {
        /// The answer's media type.
        media: &'static str,
    },
    /// Digests.
    Digest(Order),
}

/// Digests to make.
pub struct Order {
    /// Each algorithm, and a hasher that knows its key.
    pub hashers: Vec<(Algorithm, Box<dyn Hasher>)>,
    /// Whether there is a key.
    pub is_keyed: bool,
    /// How the digests are written.
    pub encoding: Encoding,
    /// What the only digest has to be.
    pub expected: Option<Vec<u8>>,
    /// Whether content codings are undone first.
    pub decodes: bool,
    /// The answer's media type.
    pub media: &'static str,
}

impl Task {
    /// Reads query and fields; and the parameters, which say where the bytes are.
    pub fn of(head: &Parts) -> Result<(Self, Parameters), Problem> {
        let query = head.uri.query();
        let known = ["algorithm", "encoding", "expect", "decode", "url", SIGNATURE, EXPIRES];
        let parameters = Parameters::parse(query, &known)?;
        let accept = Accept::of(&head.headers);
        let asks = matches!(head.method, Method::GET | Method::HEAD);
        if asks && query.unwrap_or_default().is_empty() {
            let media = accept.choose(&["application/json", "text/plain"])?;
            return Ok((Self::List { media }, parameters));
        }
        let media = accept.choose(&["text/plain", "application/json"])?;
        let order = Order::of(&parameters, &head.headers, media)?;
        Ok((Self::Digest(order), parameters))
    }
}

impl Order {
    fn of(
        parameters: &Parameters,
        headers: &HeaderMap,
        media: &'static str,
    ) -> Result<Self, Problem> {
        let algorithms = algorithms(parameters.get("algorithm"))?;
        let encoding = encoding(parameters.get("encoding"))?;
        for algorithm in &algorithms {
            encoding.check(*algorithm)?;
        }
        let expected = expected(parameters.get("expect"), &algorithms)?;
        let decodes = parameters.integer("decode", 0..=1, 0)? == 1;
        let key = key(headers)?;
        let start = |algorithm: Algorithm| match algorithm.start(key.as_deref()) {
            Ok(hasher) => Ok((algorithm, hasher)),
            Err(error) => Err(Problem::unsuited_key(algorithm, error)),
        };
        let hashers = algorithms.into_iter().map(start).collect::<Result<_, _>>()?;
        Ok(Self { hashers, is_keyed: key.is_some(), encoding, expected, decodes, media })
    }
}

/// The algorithms of a comma-separated list, each once; the default where there is none.
fn algorithms(list: Option<&str>) -> Result<Vec<Algorithm>, Problem> {
    let every = Algorithm::ALL.iter().copied();
    let list = match list {
        None => return Ok(every.take(1).collect()),
        Some(list) if list.eq_ignore_ascii_case(ALL) => {
            let needs_no_key = |algorithm: &Algorithm| algorithm.key_use() != KeyUse::Required;
            return Ok(every.filter(needs_no_key).collect());
        }
        Some(list) => list,
    };
    let known: Vec<_> = every.map(Algorithm::name).chain([ALL]).collect();
    let mut chosen = Vec::new();
    for name in list.split(',') {
        if name.eq_ignore_ascii_case(ALL) {
            return Err(Problem::invalid_parameter("algorithm", list, LIST));
        }
        let algorithm = Algorithm::named(name).ok_or_else(|| {
            let allowed = format!("one of {}", known.join(", "));
            suggest(Problem::invalid_parameter("algorithm", name, allowed), name, &known)
        })?;
        if chosen.contains(&algorithm) {
            return Err(Problem::invalid_parameter("algorithm", list, LIST));
        }
        chosen.push(algorithm);
    }
    Ok(chosen)
}

fn encoding(name: Option<&str>) -> Result<Encoding, Problem> {
    let Some(name) = name else { return Ok(Encoding::Hex) };
    Encoding::named(name).ok_or_else(|| {
        let known: Vec<_> = Encoding::ALL.iter().map(|encoding| encoding.name()).collect();
        let allowed = format!("one of {}", known.join(", "));
        suggest(Problem::invalid_parameter("encoding", name, allowed), name, &known)
    })
}

/// The digest to compare with, in hexadecimal whatever the encoding of the answer.
fn expected(hex: Option<&str>, algorithms: &[Algorithm]) -> Result<Option<Vec<u8>>, Problem> {
    let Some(hex) = hex else { return Ok(None) };
    let [algorithm] = algorithms else {
        let allowed = "left out with several algorithms";
        return Err(Problem::invalid_parameter("expect", hex, allowed));
    };
    let digits = algorithm.bits() as usize / 4;
    let bytes = (hex.len() == digits).then(|| bytes(hex)).flatten();
    bytes.map(Some).ok_or_else(|| {
        let allowed = format!("a digest of {} in {digits} hexadecimal digits", algorithm.name());
        Problem::invalid_parameter("expect", hex, allowed)
    })
}

/// The bytes of an even number of hexadecimal digits, whatever their case.
fn bytes(hex: &str) -> Option<Vec<u8>> {
    let nibble = |digit: u8| char::from(digit).to_digit(16).map(|nibble| nibble as u8);
    let byte = |pair: &[u8]| Some(nibble(pair[0])? << 4 | nibble(pair[1])?);
    hex.as_bytes().chunks_exact(2).map(byte).collect()
}

/// The key that came with the request. No problem repeats it, nor what was sent in its place.
fn key(headers: &HeaderMap) -> Result<Option<Vec<u8>>, Problem> {
    let mut lines = headers.get_all(KEY_FIELD).iter();
    let Some(line) = lines.next() else { return Ok(None) };
    if lines.next().is_some() {
        let detail = "The field Hash-Key is given more than once.";
        return Err(Problem::new(Kind::InvalidKey, detail));
    }
    let key = byte_sequence(line.as_bytes());
    key.map(Some).ok_or_else(|| {
        let detail = "The field Hash-Key is not a byte sequence (RFC 9651), ':BASE64:'.";
        Problem::new(Kind::InvalidKey, detail)
    })
}
