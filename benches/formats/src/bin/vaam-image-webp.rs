//! Lossy WebP out: a fork of `image-webp`.

use edge_formats_bench::{HEIGHT, QUALITY, WIDTH, input, run};
use image_webp::{ColorType, EncoderParams, WebPEncoder};

fn main() {
    let rgb = input();
    run(|| {
        let mut file = Vec::new();
        let mut encoder = WebPEncoder::new(&mut file);
        let mut parameters = EncoderParams::default();
        parameters.use_lossy = true;
        parameters.lossy_quality = QUALITY;
        encoder.set_params(parameters);
        let sides = (WIDTH as u32, HEIGHT as u32);
        encoder.encode(&rgb, sides.0, sides.1, ColorType::Rgb8).expect("a file");
        file
    });
}
