//! One job: a picture's file to another, or bare samples to others.

use std::fmt::Debug;
use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::{Error, Result, anyhow, bail};
use edge_core::image::{
    Defaults, Encoding, Frame, Layout, Limits, Output, Picture, Pipeline, Samples, Shape, encode,
};
use serde::{Deserialize, Serialize};

/// As the application is deployed.
const LIMITS: Limits = Limits { side: 32_767, pixels: 50_000_000, memory_bytes: 128 << 20 };

/// What is to be done.
#[derive(Deserialize)]
pub struct Job {
    operation: Operation,
    output: Format,
    width: u32,
    height: u32,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Operation {
    Grayscale,
    Blur,
    Resize,
    /// What kernels are compared with.
    Copy,
}

impl Operation {
    /// The path's segment.
    fn segment(self) -> Option<&'static str> {
        match self {
            Self::Grayscale => Some("grayscale"),
            Self::Blur => Some("blur:5"),
            Self::Resize => Some("resize:800x"),
            Self::Copy => None,
        }
    }
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Format {
    Jpeg,
    Png,
    /// Samples, RGBA.
    Raw,
}

/// What a round took, in milliseconds.
#[derive(Serialize)]
pub struct Times {
    decode: f64,
    operation: f64,
    encode: f64,
    total: f64,
}

impl Times {
    fn new(decode: Duration, operation: Duration, encode: Duration) -> Self {
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        Self {
            decode: ms(decode),
            operation: ms(operation),
            encode: ms(encode),
            total: ms(decode + operation + encode),
        }
    }
}

impl Job {
    /// Does it once: how long that took, and the file or the samples.
    pub fn run(&self, file: &[u8]) -> Result<(Times, Vec<u8>)> {
        let output = match self.output {
            Format::Jpeg => Output::Jpeg,
            Format::Png => Output::Png,
            Format::Raw => return self.run_on_samples(file),
        };
        let (pipeline, encoding) = (self.pipeline()?, Encoding::new(output));
        let mut answer = Vec::new();

        let start = Instant::now();
        let picture = Picture::open(file, &LIMITS).map_err(core_error)?;
        let plan = picture.plan(&pipeline, &encoding, &LIMITS, 0).map_err(core_error)?;
        let mut frame = plan.decode().map_err(core_error)?;
        let decoded = Instant::now();
        pipeline.apply(&mut frame, |_| {}).map_err(core_error)?;
        let applied = Instant::now();
        encode(frame, &encoding, &mut answer).map_err(core_error)?;
        Ok((Times::new(decoded - start, applied - decoded, applied.elapsed()), answer))
    }

    /// The operation alone. Nothing is decoded, nothing encoded.
    fn run_on_samples(&self, samples: &[u8]) -> Result<(Times, Vec<u8>)> {
        let time = |operation| Times::new(Duration::ZERO, operation, Duration::ZERO);
        if self.operation == Operation::Copy {
            let mut copy = vec![1; samples.len()];
            let start = Instant::now();
            copy.copy_from_slice(black_box(samples));
            black_box(&mut copy);
            return Ok((time(start.elapsed()), copy));
        }
        let shape = Shape { width: self.width, height: self.height, layout: Layout::Rgba };
        let mut frame = Frame::new(shape, samples.to_vec());
        let pipeline = self.pipeline()?;
        let start = Instant::now();
        pipeline.apply(&mut frame, |_| {}).map_err(core_error)?;
        let time = time(start.elapsed());
        match frame.into_samples() {
            Samples::U8(samples) => Ok((time, samples)),
            Samples::U16(_) => bail!("8-bit samples became 16-bit ones"),
        }
    }

    fn pipeline(&self) -> Result<Pipeline> {
        let defaults = Defaults::default();
        Pipeline::parse(self.operation.segment(), &defaults).map_err(core_error)
    }
}

/// The core's errors have no text of their own: that is for whoever answers a request.
fn core_error(error: impl Debug) -> Error {
    anyhow!("{error:?}")
}
