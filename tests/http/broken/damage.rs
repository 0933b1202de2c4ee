//! Files with one byte that is another.

use edge_tests::application;
use image::ImageFormat;

use crate::pictures::{Picture, jpeg};

#[tokio::test]
async fn damage_is_never_a_server_error() {
    let files = [
        Picture::new(33, 21, 4, 255).file(ImageFormat::Png),
        Picture::new(33, 21, 4, 255).file(ImageFormat::WebP),
        Picture::new(33, 21, 3, 255).file(ImageFormat::Bmp),
        Picture::new(33, 21, 3, 255).file(ImageFormat::Tiff),
        Picture::new(33, 21, 4, 255).file(ImageFormat::Ico),
        Picture::new(33, 21, 4, 255).file(ImageFormat::Qoi),
        Picture::new(33, 21, 3, 255).file(ImageFormat::Pnm),
        jpeg(33, 21, false, Some(3)),
        jpeg(33, 21, true, None),
        include_bytes!("../../data/avif/alpha.avif").to_vec(),
    ];
    for file in files {
        for at in (0..file.len()).step_by((file.len() / 60).max(1)) {
            for damage in [0x00, 0xff, file[at] ^ 0x55] {
                let mut damaged = file.clone();
                damaged[at] = damage;
                let answer = application().post("/image/blur?radius=1", damaged).await;
                let known = matches!(answer.status.as_u16(), 200 | 413 | 415 | 422);
                assert!(known, "{at} {damage} {:?} {}", &file[..4], answer.status);
            }
        }
    }
}
