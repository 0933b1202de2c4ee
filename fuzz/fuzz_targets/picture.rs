//! Any bytes as a picture or an animation: described, decoded, changed and written, or refused. The
//! first byte chooses the pipeline; the second the output and, with its highest bit, that one of the
//! first frames is picked; the rest is the file.

#![no_main]

use edge_core::image::{Defaults, Encoding, Info, Limits, Output, Picture, Pipeline, Radius};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits = Limits { side: 4_096, pixels: 1 << 20, memory_bytes: 64 << 20 };

/// Every operation, in both orders with its neighbours.
const PIPELINES: [&str; 12] = [
    "grayscale",
    "blur",
    "resize:17x9/gaussian:1.5",
    "resize:40x,outside!/rotate:90",
    "resize:30x20,contain!/flip/flatten",
    "resize:5x7,cover/sharpen",
    "trim/pixelate:3/flop",
    "pad:50x50,ff000080/rotate:270/threshold",
    "crop:3x3,southeast/rotate:180/hue:90",
    "brightness:20/contrast:-30/saturation:50/gamma:2.2/invert/sepia",
    "tint:3366cc80/flatten:00ff00",
    "trim/resize:8x8,fill!/pad:9x9",
];

fuzz_target!(|input: &[u8]| {
    let [pipeline, output, file @ ..] = input else { return };
    let _ = Info::read(file);
    let Ok(mut picture) = Picture::open(file, &LIMITS) else { return };
    if output & 0x80 != 0 {
        let Ok(one) = picture.frame(u32::from(output >> 4 & 7)) else { return };
        picture = one;
    }
    let frames = picture.frames();
    let defaults = Defaults { radius: Radius::new(2).expect("in range"), ..Defaults::default() };
    let text = PIPELINES[usize::from(*pipeline) % PIPELINES.len()];
    let pipeline = Pipeline::parse(text.split('/'), &defaults).expect("a pipeline of ours");
    let encoding = Encoding::new(Output::ALL[usize::from(*output) % Output::ALL.len()]);
    let Ok(plan) = picture.plan(&pipeline, &encoding, &LIMITS, 0) else { return };
    let mut written = Vec::new();
    if plan.transform(&mut written, |_| {}).is_err() {
        return;
    }
    let written = Picture::open(&written, &LIMITS).expect("what is written can be read");
    assert_eq!(written.frames(), frames, "as many frames are written as are read");
});
