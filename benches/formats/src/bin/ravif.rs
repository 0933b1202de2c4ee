//! AVIF out, as fast as it gets.

use edge_formats_bench::{HEIGHT, QUALITY, WIDTH, input, run};
use ravif::{BitDepth, Encoder};
use rgb::FromSlice;

fn main() {
    let rgb = input();
    let quality = f32::from(QUALITY);
    let encoder = Encoder::new().with_speed(10).with_num_threads(Some(1));
    let encoder = encoder.with_quality(quality).with_bit_depth(BitDepth::Eight);
    let picture = imgref::Img::new(rgb.as_rgb(), WIDTH, HEIGHT);
    run(|| encoder.encode_rgb(picture).expect("a file").avif_file);
}
