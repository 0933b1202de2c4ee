//! Lossy WebP out.

use edge_formats_bench::{HEIGHT, QUALITY, WIDTH, input_with_alpha, run};

fn main() {
    let rgba = input_with_alpha();
    let sides = (WIDTH as u32, HEIGHT as u32);
    run(|| webpkit::encode_lossy_rgba(sides.0, sides.1, &rgba, QUALITY).expect("a file"));
}
