//! One line of the table: one operation on one picture.

use std::hint::black_box;
use std::time::{Duration, Instant};

use edge_core::pixels::{Frame, Samples};

use crate::operation::Operation;
use crate::picture::Picture;
use crate::textbook;
use crate::verdict;

/// Where the textbook loop would take minutes, the picture's corners and pixels this far apart
/// are compared with it.
const CHECKED_EVERY: usize = 65_537;

/// An operation on a picture, and what it took so far.
pub struct Case {
    /// What it is done to.
    pub picture: Picture,
    operation: Operation,
    /// The bar: how many copies of the same bytes it may take.
    most_copies: Option<f64>,
    samples: Vec<u8>,
    copy: Vec<Duration>,
    portable: Vec<Duration>,
    simd: Vec<Duration>,
}

/// What the comparison with the textbook showed.
pub struct Check {
    /// Whether both kernels agree with the textbook.
    pub is_right: bool,
    textbook: Option<Duration>,
}

impl Case {
    /// Every line of the table.
    pub fn all() -> Vec<Self> {
        let mut cases = vec![
            Self::new(Picture::Rgb, Operation::Grayscale, Some(1.5)),
            Self::new(Picture::Rgba, Operation::Grayscale, Some(1.5)),
        ];
        for (picture, most_copies) in [
            (Picture::L, None),
            (Picture::Rgb, Some(12.0)),
            (Picture::OpaqueRgba, Some(12.0)),
            (Picture::Rgba, Some(30.0)),
        ] {
            cases.push(Self::new(picture, Operation::blur(5), most_copies));
            cases.push(Self::new(picture, Operation::blur(50), None));
            cases.push(Self::new(picture, Operation::blur(127), None));
        }
        cases
    }

    fn new(picture: Picture, operation: Operation, most_copies: Option<f64>) -> Self {
        let [copy, portable, simd] = [const { Vec::new() }; 3];
        Self { picture, operation, most_copies, samples: picture.samples(), copy, portable, simd }
    }

    /// Times the copy and both kernels, once each.
    pub fn run(&mut self) {
        let mut copy = vec![0; self.samples.len()];
        let start = Instant::now();
        copy.copy_from_slice(black_box(&self.samples));
        black_box(&mut copy);
        self.copy.push(start.elapsed());
        drop(copy);

        self.portable.push(self.time(Operation::apply_portable).0);
        self.simd.push(self.time(Operation::apply).0);
    }

    /// Compares both kernels' results with the textbook's.
    pub fn check(&self) -> Check {
        let (_, portable) = self.time(Operation::apply_portable);
        let (_, simd) = self.time(Operation::apply);
        let start = Instant::now();
        let expected = black_box(self.operation.textbook(self.picture, &self.samples));
        let textbook = start.elapsed();
        match expected {
            Some(expected) => Check {
                is_right: portable == expected && simd == expected,
                textbook: Some(textbook),
            },
            None => {
                Check { is_right: portable == simd && self.samples_agree(&simd), textbook: None }
            }
        }
    }

    /// The line.
    pub fn row(&self, check: &Check) -> String {
        let [copy, portable, simd] =
            [&self.copy, &self.portable, &self.simd].map(|times| median_ms(times));
        let bar = self
            .most_copies
            .map_or_else(String::new, |most| format!("{most} {}", verdict(simd <= most * copy)));
        let textbook = check.textbook.map_or_else(String::new, |time| {
            let ms = time.as_secs_f64() * 1e3;
            format!("{ms:.0} ms, {:.0} times", ms / simd)
        });
        let wrong = if check.is_right { "" } else { " WRONG" };
        format!(
            "| {} | {}{wrong} | {copy:.1} | {portable:.1} | {simd:.1} | {:.1} | {bar} | {textbook} |",
            self.picture.name(),
            self.operation.name(),
            simd / copy,
        )
    }

    /// The blur's radius in pixels.
    pub fn radius(&self) -> Option<u8> {
        match self.operation {
            Operation::Grayscale => None,
            Operation::Blur(radius) => Some(radius.pixels()),
        }
    }

    /// The SIMD kernel's median time.
    pub fn simd_ms(&self) -> f64 {
        median_ms(&self.simd)
    }

    fn time(&self, apply: fn(Operation, &mut Frame)) -> (Duration, Vec<u8>) {
        let mut frame = Frame::new(self.picture.shape(), self.samples.clone());
        let start = Instant::now();
        apply(self.operation, &mut frame);
        let time = start.elapsed();
        match frame.into_samples() {
            Samples::U8(samples) => (time, samples),
            Samples::U16(_) => unreachable!("an 8-bit picture stays one"),
        }
    }

    fn samples_agree(&self, blurred: &[u8]) -> bool {
        let shape = self.picture.shape();
        let (width, channels) = (shape.width as usize, shape.layout.channels());
        let radius = self.radius().unwrap_or_default().into();
        let last = blurred.len() / channels - 1;
        let corners = [0, width - 1, last + 1 - width, last];
        (0..last).step_by(CHECKED_EVERY).chain(corners).all(|pixel| {
            let average =
                textbook::average(shape, &self.samples, radius, pixel % width, pixel / width);
            blurred[pixel * channels..][..channels] == average[..channels]
        })
    }
}

fn median_ms(times: &[Duration]) -> f64 {
    let mut times = times.to_owned();
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e3
}
