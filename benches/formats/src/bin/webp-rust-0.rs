//! Lossy WebP out, by method 0 of 6.

use edge_formats_bench::{HEIGHT, QUALITY, WIDTH, input_with_alpha, run};
use webp_rust::{ImageBuffer, LossyEncodingConfig, encode_lossy_with_config};

fn main() {
    let picture = ImageBuffer { width: WIDTH, height: HEIGHT, rgba: input_with_alpha() };
    let quality = f32::from(QUALITY);
    let settings = LossyEncodingConfig { quality, method: 0, ..LossyEncodingConfig::default() };
    run(|| encode_lossy_with_config(&picture, &settings, None).expect("a file"));
}
