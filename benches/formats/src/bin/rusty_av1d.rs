//! AVIF in.

use edge_formats_bench::{file, run};
use rusty_av1d::rust_api::{Decoder, PlanarImageComponent, Settings};

fn main() {
    let file = file();
    run(|| {
        let at = file.windows(4).position(|kind| kind == b"mdat").expect("coded data") + 4;
        let mut settings = Settings::new();
        settings.set_n_threads(1);
        settings.set_max_frame_delay(1);
        let mut decoder = Decoder::with_settings(&settings).expect("a decoder");
        decoder.send_data(file[at..].into(), None, None, None).expect("a frame");
        let picture = decoder.get_picture().expect("a picture");
        let luma = picture.plane(PlanarImageComponent::Y);
        luma[..16].to_vec()
    });
}
