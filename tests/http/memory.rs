//! Memory: what a picture's making is announced to take, and what it takes.

use edge_tests::{App, deploy, manifest};
use image::codecs::gif::GifEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, ImageFormat};
use jpeg_encoder::ColorType;

use crate::pictures::{Picture, crc32, jpeg, photograph, riff};

const MIB: u64 = 1024 * 1024;

/// What a deployment announces, and what another one then takes.
struct Meter {
    /// Has a budget that nothing fits.
    refusing: App,
    working: App,
    /// What a single pixel takes.
    least: Measured,
}

/// Linear memory, and the answer's length, in bytes.
#[derive(Default)]
struct Measured {
    estimate: u64,
    peak: u64,
    answer: u64,
}

impl Meter {
    /// `None` where the memory of a deployment cannot be seen.
    async fn deploy() -> Option<Self> {
        let refusing = deploy(&manifest(), &[("memory_budget_bytes", "1")])?;
        let working = deploy(&manifest(), &[])?;
        let mut meter = Self { refusing, working, least: Measured::default() };
        let pixel = Picture::new(1, 1, 1, 255).file(ImageFormat::Png);
        meter.least = meter.measure("/image/blur", &pixel).await;
        Some(meter)
    }

    async fn measure(&self, path: &str, file: &[u8]) -> Measured {
        let refused = self.refusing.post(path, file.to_vec()).await;
        let estimate = refused.json()["estimate"].as_u64();
        let estimate = estimate.unwrap_or_else(|| panic!("{path}: {}", refused.text()));
        self.working.reset_statistics("image");
        let answer = self.working.post(path, file.to_vec()).await;
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        let peak = self.working.peak_memory_bytes("image").expect("seen by `deploy`") as u64;
        Measured { estimate, peak, answer: answer.body.len() as u64 }
    }

    /// Holds what a picture takes beyond a pixel to its estimate, but for a segment of the answer
    /// that is not full. `--nocapture` shows the table.
    async fn check_estimate(&self, name: &str, path: &str, file: &[u8]) {
        let Measured { estimate, peak, .. } = self.measure(path, file).await;
        let (estimate, peak) = (estimate - self.least.estimate, peak - self.least.peak);
        let mib = |bytes| bytes as f64 / MIB as f64;
        println!("{name:24} {path:44} {:5.1} of {:5.1} MiB", mib(peak), mib(estimate));
        assert!(peak <= estimate + MIB / 2, "{name} {path}: {peak} bytes of {estimate}");
    }
}

/// A photograph of as many channels; 16 bits where `most` says so. Alpha is a slope.
fn picture(width: usize, height: usize, channels: usize, most: u64) -> Picture {
    let pixels = photograph(width, height);
    let pixels = pixels.chunks_exact(3).enumerate().flat_map(|(at, rgb)| {
        let alpha = (at % width * 255 / width) as u8;
        let pixel = [rgb[0], rgb[1], rgb[2], alpha];
        let from = if channels < 3 { 2 } else { 0 };
        pixel.into_iter().skip(from).take(channels)
    });
    let samples = pixels.map(|level| u64::from(level) * (most / 255)).collect();
    Picture { width, height, channels, most, samples }
}

const WIDTH: usize = 1_200;
const HEIGHT: usize = 900;

/// A file of each format and kind of coding, of a little more than a megapixel.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let gray = picture(WIDTH, HEIGHT, 1, 255);
    let rgb = picture(WIDTH, HEIGHT, 3, 255);
    let rgba = picture(WIDTH, HEIGHT, 4, 255);
    let wide = picture(WIDTH, HEIGHT, 3, 65_535);
    let (width, height) = (WIDTH as u16, HEIGHT as u16);
    vec![
        ("JPEG", jpeg(width, height, false, None)),
        ("JPEG, progressive", jpeg(width, height, true, None)),
        ("JPEG, turned", jpeg(width, height, false, Some(6))),
        ("JPEG, gray", plain_jpeg(&gray, ColorType::Luma)),
        ("JPEG, CMYK", plain_jpeg(&rgba, ColorType::Cmyk)),
        ("PNG, gray", gray.file(ImageFormat::Png)),
        ("PNG, RGB", rgb.file(ImageFormat::Png)),
        ("PNG, RGBA", rgba.file(ImageFormat::Png)),
        ("PNG, 16 bits", wide.file(ImageFormat::Png)),
        ("PNG, interlaced", interlaced_png()),
        ("WebP, RGB", rgb.file(ImageFormat::WebP)),
        ("WebP, RGBA", rgba.file(ImageFormat::WebP)),
        ("WebP, lossy", webp(&[lossy_webp(WIDTH, HEIGHT)])),
        ("WebP, lossy with alpha", lossy_webp_with_alpha(&rgba)),
        ("GIF", gif(&rgb)),
        ("GIF, in a wider screen", on_a_wider_screen(gif(&rgb))),
        ("BMP", rgb.file(ImageFormat::Bmp)),
        ("TIFF", rgb.file(ImageFormat::Tiff)),
        ("TIFF, 16 bits", wide.file(ImageFormat::Tiff)),
        ("ICO", icon(&rgba.file(ImageFormat::Png))),
        ("QOI", rgb.file(ImageFormat::Qoi)),
        ("PNM, gray", gray.file(ImageFormat::Pnm)),
        ("PNM, RGB", rgb.file(ImageFormat::Pnm)),
    ]
}

fn plain_jpeg(picture: &Picture, colour: ColorType) -> Vec<u8> {
    let mut file = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut file, 90);
    let (width, height) = (picture.width as u16, picture.height as u16);
    encoder.encode(picture.dynamic().as_bytes(), width, height, colour).unwrap();
    file
}

/// An interlaced PNG. It is black, so that the rows of its passes (section 8.1), which are more and
/// shorter, are the bytes of another picture's: zeros.
fn interlaced_png() -> Vec<u8> {
    let rows = HEIGHT + 10;
    let mut file = Vec::new();
    let plain = FilterType::NoFilter;
    PngEncoder::new_with_quality(&mut file, CompressionType::Fast, plain)
        .write_image(&vec![0; WIDTH * rows * 3], WIDTH as u32, rows as u32, ExtendedColorType::Rgb8)
        .unwrap();
    file[20..24].copy_from_slice(&(HEIGHT as u32).to_be_bytes());
    file[28] = 1;
    let checksum = crc32(&file[12..29]);
    file[29..33].copy_from_slice(&checksum.to_be_bytes());
    file
}

/// A WebP file of these chunks (RFC 9649, section 2.4).
fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
    riff(b"RIFF", &[b"WEBP".to_vec(), chunks.concat()].concat())
}

/// A key frame (RFC 6386, section 9.1) whose partitions are zeros: nothing optional, and blocks
/// without coefficients. There are more zeros than it needs.
fn lossy_webp(width: usize, height: usize) -> Vec<u8> {
    let (first, second) = (200_000, 500_000);
    // A key frame that is shown, and the length of its first partition.
    let tag: u32 = first << 5 | 1 << 4;
    let sides = [width as u16, height as u16].map(u16::to_le_bytes).concat();
    let header = [&tag.to_le_bytes()[..3], &[0x9d, 1, 0x2a], &sides].concat();
    riff(b"VP8 ", &[header, vec![0; first as usize + second]].concat())
}

/// A lossy picture whose alpha is coded without loss (RFC 9649, section 2.7.1.2).
fn lossy_webp_with_alpha(picture: &Picture) -> Vec<u8> {
    let side = |side: usize| (side as u32 - 1).to_le_bytes()[..3].to_vec();
    let extended = [vec![0x10, 0, 0, 0], side(picture.width), side(picture.height)].concat();
    // The stream of a lossless file, without headers of 20 and 5 bytes.
    let stream = &picture.file(ImageFormat::WebP)[25..];
    webp(&[
        riff(b"VP8X", &extended),
        riff(b"ALPH", &[&[1], stream].concat()),
        lossy_webp(picture.width, picture.height),
    ])
}

/// A GIF of at most 64 of the picture's colours.
fn gif(picture: &Picture) -> Vec<u8> {
    let few = |sample: &u64| sample & 0xc0;
    let samples = picture.samples.iter().map(few).collect();
    let picture = Picture { samples, ..picture.clone() };
    let mut file = Vec::new();
    GifEncoder::new_with_speed(&mut file, 30)
        .encode(
            picture.dynamic().as_bytes(),
            picture.width as u32,
            picture.height as u32,
            ExtendedColorType::Rgb8,
        )
        .unwrap();
    file
}

/// A GIF whose frame leaves a column of its screen free.
fn on_a_wider_screen(mut gif: Vec<u8>) -> Vec<u8> {
    gif[6..8].copy_from_slice(&(WIDTH as u16 + 1).to_le_bytes());
    gif
}

/// An icon of a PNG, whose sides an entry has no room for.
fn icon(png: &[u8]) -> Vec<u8> {
    let entry = [[png.len() as u32, 22].map(u32::to_le_bytes).concat(), png.to_vec()].concat();
    [&[0, 0, 1, 0, 1, 0][..], &[0, 0, 0, 0, 1, 0, 32, 0], &entry].concat()
}

#[tokio::test]
async fn the_estimate_covers_every_input_and_output() {
    let Some(meter) = Meter::deploy().await else { return };
    for (name, file) in files() {
        for output in ["png", "jpeg", "webp", "gif", "qoi"] {
            meter.check_estimate(name, &format!("/image/blur?format={output}"), &file).await;
        }
    }
}

/// An animation of so many times this picture, in each format that has some.
fn animations(picture: &Picture, frames: u32) -> Vec<(&'static str, Vec<u8>)> {
    let (width, height) = (picture.width as u32, picture.height as u32);
    let image = picture.dynamic().into_rgba8();
    let mut gif = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut gif, 30);
    for _ in 0..frames {
        encoder.encode_frame(image::Frame::new(image.clone())).unwrap();
    }
    drop(encoder);
    let mut apng = Vec::new();
    let mut encoder = png::Encoder::new(&mut apng, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_animated(frames, 0).unwrap();
    let mut writer = encoder.write_header().unwrap();
    (0..frames).for_each(|_| writer.write_image_data(&image).unwrap());
    writer.finish().unwrap();
    let side = |side: u32| (side - 1).to_le_bytes()[..3].to_vec();
    let sides = [side(width), side(height)].concat();
    let still = picture.file(ImageFormat::WebP)[12..].to_vec();
    let lossy = lossy_webp(picture.width, picture.height);
    let frame =
        |picture: &[u8]| riff(b"ANMF", &[&[0; 6][..], &sides, &[9, 0, 0, 0], picture].concat());
    let canvas = riff(b"VP8X", &[&[0x12, 0, 0, 0], &sides[..]].concat());
    let pictures = [&still, &lossy].into_iter().cycle().take(frames as usize);
    let frames = pictures.flat_map(|picture| frame(picture)).collect();
    vec![("GIF", gif), ("PNG", apng), ("WebP", webp(&[canvas, frames]))]
}

#[tokio::test]
async fn the_estimate_covers_animations() {
    let Some(meter) = Meter::deploy().await else { return };
    for (name, file) in animations(&picture(800, 600, 4, 255), 6) {
        let name = format!("{name}, 6 frames");
        for path in
            ["blur?format=png", "blur?format=gif", "resize:1200x!?format=gif", "flip?frame=5"]
        {
            meter.check_estimate(&name, &format!("/image/{path}"), &file).await;
        }
    }
}

/// However many frames there are, one of them is in memory.
#[tokio::test]
async fn frames_are_in_memory_one_at_a_time() {
    let Some(meter) = Meter::deploy().await else { return };
    let picture = picture(400, 300, 4, 255);
    let (few, many) = (animations(&picture, 2), animations(&picture, 42));
    for ((name, few), (_, many)) in few.iter().zip(&many) {
        for output in ["png", "gif"] {
            let path = format!("/image/blur?format={output}");
            let [few_taken, many_taken] =
                [meter.measure(&path, few).await, meter.measure(&path, many).await];
            let files = |measured: &Measured, file: &[u8]| measured.answer + file.len() as u64;
            let more = files(&many_taken, many) - files(&few_taken, few);
            // Bodies grow by doubling.
            let most = few_taken.peak + 2 * more + MIB;
            println!("{name} {output}: {} bytes of {most}", many_taken.peak);
            assert!(many_taken.peak <= most, "{name} {output}: {} of {most}", many_taken.peak);
        }
    }
}

/// Samples that no encoder makes smaller.
fn noise(channels: usize) -> Picture {
    let mut state = 1u64;
    let sample = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state >> 56
    };
    let samples = std::iter::repeat_with(sample).take(WIDTH * HEIGHT * channels).collect();
    Picture { width: WIDTH, height: HEIGHT, channels, most: 255, samples }
}

/// The only encoder that cannot be refused memory.
#[tokio::test]
async fn the_estimate_covers_noise_in_webp() {
    let Some(meter) = Meter::deploy().await else { return };
    for channels in 1..=4 {
        let file = noise(channels).file(ImageFormat::Png);
        let name = format!("Noise, {channels} channels");
        meter.check_estimate(&name, "/image/blur?radius=0&format=webp", &file).await;
    }
}

#[tokio::test]
async fn the_estimate_covers_every_operation() {
    let Some(meter) = Meter::deploy().await else { return };
    for channels in 1..=4 {
        let file = picture(WIDTH, HEIGHT, channels, 255).file(ImageFormat::Png);
        let name = format!("PNG, {channels} channels");
        for pipeline in [
            "resize:400x",
            "resize:2400x!",
            "resize:1200x300,contain,ff0000",
            "resize:1000x1000,cover!",
            "crop:600x450",
            "pad:1500x1500,ff000080",
            "rotate:90",
            "rotate:90/rotate:90",
            "trim",
            "grayscale",
            "sepia",
            "sepia/grayscale/tint:ff8800/grayscale/sepia",
            "flatten:ff0000",
            "gaussian:10",
            "sharpen",
            "pixelate:16",
        ] {
            meter.check_estimate(&name, &format!("/image/{pipeline}?format=jpeg"), &file).await;
        }
    }
}

#[tokio::test]
async fn the_estimate_covers_linear_light() {
    let Some(meter) = Meter::deploy().await else { return };
    for (channels, most) in [(1, 255), (3, 255), (4, 255), (3, 65_535), (4, 65_535)] {
        let file = picture(WIDTH, HEIGHT, channels, most).file(ImageFormat::Png);
        let name = format!("PNG, {channels} channels to {most}");
        for pipeline in [
            "blur",
            "resize:400x",
            "resize:2400x!",
            "resize:1000x1000,cover!",
            "resize:1200x300,contain,ff0000",
            "gaussian:10",
            "pixelate:16",
        ] {
            let path = format!("/image/{pipeline}?light=linear&format=jpeg");
            meter.check_estimate(&name, &path, &file).await;
        }
    }
}

#[tokio::test]
async fn decoding_blurring_and_encoding_take_little_more_than_a_frame() {
    let Some(meter) = Meter::deploy().await else { return };
    let (width, height) = (2_400, 1_700);
    for channels in [1, 3] {
        let picture = picture(width, height, channels, 255);
        let colour = if channels == 1 { ColorType::Luma } else { ColorType::Rgb };
        let files = [
            ("JPEG", plain_jpeg(&picture, colour)),
            ("PNG", picture.file(ImageFormat::Png)),
            ("PNM", picture.file(ImageFormat::Pnm)),
            ("BMP", picture.file(ImageFormat::Bmp)),
        ];
        let qoi = (channels == 3).then(|| ("QOI", picture.file(ImageFormat::Qoi)));
        for (name, file) in files.into_iter().chain(qoi) {
            for output in ["jpeg", "png"] {
                let path = format!("/image/blur?format={output}");
                let Measured { peak, answer, .. } = meter.measure(&path, &file).await;
                // A bitmap of gray levels is one of a palette, which is colour.
                let channels = if name == "BMP" { 3 } else { channels };
                let frame = (width * height * channels) as u64;
                let most = frame * 135 / 100 + file.len() as u64 + answer + 8 * MIB;
                println!("{name}, {channels} channels, {output}: {peak} bytes of {most}");
                assert!(peak <= most, "{name} {channels} {output}: {peak} bytes of {most}");
            }
        }
    }
}
