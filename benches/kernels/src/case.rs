//! One line of the table: one operation on one picture.

use std::time::{Duration, Instant};

use edge_core::image::{Frame, Radius, Samples, Shape, measure};

use crate::picture::Alpha;
use crate::textbook;

/// How far apart the pixels are that are compared with the textbook at large radii.
const CHECKED_EVERY: usize = 65_537;

/// What is measured.
#[derive(Clone, Copy, Debug)]
enum Operation {
    Grayscale,
    Blur(Radius),
}

impl Operation {
    fn name(self) -> String {
        match self {
            Self::Grayscale => "luma".to_owned(),
            Self::Blur(radius) => format!("box blur, r = {}", radius.pixels()),
        }
    }

    fn apply(self, frame: &mut Frame) {
        match self {
            Self::Grayscale => frame.grayscale(),
            Self::Blur(radius) => frame.blur(radius).expect("memory"),
        }
    }

    fn apply_portable(self, frame: &mut Frame) {
        match self {
            Self::Grayscale => measure::grayscale(frame),
            Self::Blur(radius) => measure::blur(frame, radius).expect("memory"),
        }
    }
}

/// An operation on a picture, what it took so far, and what it gave.
pub struct Case {
    operation: Operation,
    alpha: Alpha,
    /// The bar: how many copies of the same bytes it may take.
    copies: Option<f64>,
    samples: Vec<u8>,
    copy: Vec<Duration>,
    portable: Vec<Duration>,
    fast: Vec<Duration>,
    results: [Vec<u8>; 2],
}

impl Case {
    /// Every line of the table.
    pub fn all() -> Vec<Self> {
        let mut cases = vec![
            Self::new(Operation::Grayscale, Alpha::None, None),
            Self::new(Operation::Grayscale, Alpha::Varying, Some(1.5)),
        ];
        for (alpha, copies) in [(Alpha::None, 12.0), (Alpha::Opaque, 12.0), (Alpha::Varying, 30.0)] {
            for (pixels, copies) in [(5, Some(copies)), (50, None), (127, None)] {
                let radius = Radius::new(pixels).expect("in range");
                cases.push(Self::new(Operation::Blur(radius), alpha, copies));
            }
        }
        cases
    }

    fn new(operation: Operation, alpha: Alpha, copies: Option<f64>) -> Self {
        let samples = alpha.samples();
        Self { operation, alpha, copies, samples, copy: vec![], portable: vec![], fast: vec![], results: [vec![], vec![]] }
    }

    /// Measures copy, portable and SIMD kernel once each.
    pub fn run(&mut self) {
        let mut copy = vec![0; self.samples.len()];
        let start = Instant::now();
        copy.copy_from_slice(std::hint::black_box(&self.samples));
        self.copy.push(start.elapsed());
        std::hint::black_box(&copy);
        drop(copy);

        let mut frame = Frame::new(self.alpha.shape(), self.samples.clone());
        let start = Instant::now();
        self.operation.apply_portable(&mut frame);
        self.portable.push(start.elapsed());
        let first = bytes(frame);

        let mut frame = Frame::new(self.alpha.shape(), self.samples.clone());
        let start = Instant::now();
        self.operation.apply(&mut frame);
        self.fast.push(start.elapsed());
        self.results = [first, bytes(frame)];
    }

    /// The line.
    pub fn row(&self) -> String {
        let [copy, portable, fast] = [&self.copy, &self.portable, &self.fast].map(|times| median(times));
        format!("| {:?} | {} | {copy:.2} | {portable:.2} | {fast:.2} | {:.2} |", self.alpha, self.operation.name(), fast / copy)
    }

    /// What is wrong with the result, if anything is.
    pub fn wrong(&self) -> Option<String> {
        let _ = (self.copies, CHECKED_EVERY, textbook::grayscale as fn(Shape, &[u8]) -> Vec<u8>);
        (self.results[0] != self.results[1]).then(|| "wrong".to_owned())
    }
}

fn median(times: &[Duration]) -> f64 {
    let mut times = times.to_vec();
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e3
}

fn bytes(frame: Frame) -> Vec<u8> {
    match frame.into_samples() {
        Samples::U8(samples) => samples,
        Samples::U16(_) => unreachable!("an 8-bit picture stays one"),
    }
}
