//! A picture with what photographs have: soft gradients, edges, texture of every size, noise.

/// Where the sky ends, as a part of the height; hills rise above it.
const HORIZON: f32 = 0.45;
/// Octaves of texture: from a quarter of the picture to single pixels.
const OCTAVES: u32 = 9;
/// How much weaker each octave is than the one before, in what is soft and in what is rough.
const SOFT: f32 = 0.6;
const ROUGH: f32 = 0.9;
/// How far the ground's texture changes its light.
const CONTRAST: f32 = 4.5;
/// How far a sensor's noise moves a level.
const NOISE: f32 = 5.0;
/// The side of the squares that hold one stone each, as a part of the height.
const STONE: f32 = 0.12;

/// A landscape in RGB: rows from the top, three bytes a pixel. The same on every run.
pub fn landscape(width: u32, height: u32) -> Vec<u8> {
    let mut rgb = Vec::with_capacity(width as usize * height as usize * 3);
    for y in 0..height {
        for x in 0..width {
            // Both in parts of the height, so that the size changes details only.
            let (u, v) = (x as f32 / height as f32, y as f32 / height as f32);
            let noise =
                NOISE * (lattice(x as i32, y as i32, 1) + lattice(x as i32, y as i32, 2) - 1.0);
            let colour = if v < ridge(u) { sky(u, v) } else { ground(u, v) };
            rgb.extend(colour.map(|level| (level + noise) as u8));
        }
    }
    rgb
}

/// The same landscape in RGBA: opaque, but for a frame that fades out.
pub fn framed(width: u32, height: u32) -> Vec<u8> {
    let fade = height / 8;
    let edge = |at: u32, side: u32| at.min(side - 1 - at).min(fade) * 255 / fade;
    let alpha =
        (0..height).flat_map(|y| (0..width).map(move |x| edge(x, width).min(edge(y, height))));
    with_alpha(&landscape(width, height), alpha.map(|alpha| alpha as u8))
}

/// RGB with an alpha for each pixel.
pub fn with_alpha(rgb: &[u8], alpha: impl Iterator<Item = u8>) -> Vec<u8> {
    rgb.chunks_exact(3)
        .zip(alpha)
        .flat_map(|(rgb, alpha)| [rgb[0], rgb[1], rgb[2], alpha])
        .collect()
}

/// The height of the hills.
fn ridge(u: f32) -> f32 {
    HORIZON - 0.2 * (texture(u, 0.0, 4, SOFT, 3) - 0.5) - 0.01 * texture(u * 40.0, 0.0, 3, SOFT, 4)
}

/// Blue that pales towards the horizon, and clouds.
fn sky(u: f32, v: f32) -> [f32; 3] {
    let pale = v / HORIZON;
    let cloud = ((texture(u * 1.5, v * 3.0, 6, SOFT, 5) - 0.5) * 4.0).clamp(0.0, 1.0);
    mix(mix([62.0, 118.0, 196.0], [196.0, 214.0, 232.0], pale), [244.0, 243.0, 240.0], cloud)
}

/// Grass and earth, with stones on it.
fn ground(u: f32, v: f32) -> [f32; 3] {
    let field = texture(u * 3.0, v * 6.0, 4, SOFT, 6);
    let light = 1.0 + CONTRAST * (texture(u * 4.0, v * 4.0, OCTAVES, ROUGH, 7) - 0.5);
    let soil = mix([72.0, 96.0, 38.0], [150.0, 122.0, 80.0], ((field - 0.4) * 4.0).clamp(0.0, 1.0));
    stone(u, v).unwrap_or(soil).map(|level| (level * light).clamp(8.0, 247.0))
}

/// The stone at this place, if there is one: a disc, lit from the upper left.
fn stone(u: f32, v: f32) -> Option<[f32; 3]> {
    let (column, row) = ((u / STONE).floor(), (v / STONE).floor());
    let random = |seed| lattice(column as i32, row as i32, seed);
    let radius = STONE * (0.1 + 0.2 * random(8));
    let dx = u - (column + 0.35 + 0.3 * random(9)) * STONE;
    let dy = v - (row + 0.35 + 0.3 * random(10)) * STONE;
    let lit = 1.0 - (dx + dy) / (2.0 * radius);
    let tone = 90.0 + 80.0 * random(11);
    let inside = dx * dx + dy * dy < radius * radius && random(12) < 0.6;
    inside.then(|| [tone, tone * 0.95, tone * 0.88 + 20.0 * random(13)].map(|level| level * lit))
}

/// Noise of `octaves` sizes from 0 to 1, each of half the size of the one before and weaker.
fn texture(u: f32, v: f32, octaves: u32, weaker: f32, seed: u32) -> f32 {
    let (mut sum, mut total, mut strength, mut scale) = (0.0, 0.0, 1.0, 4.0);
    for octave in 0..octaves {
        sum += strength * smooth(u * scale, v * scale, seed * 16 + octave);
        total += strength;
        strength *= weaker;
        scale *= 2.0;
    }
    sum / total
}

/// The lattice's values, joined smoothly.
fn smooth(u: f32, v: f32, seed: u32) -> f32 {
    let (column, row) = (u.floor(), v.floor());
    let ease = |part: f32| part * part * (3.0 - 2.0 * part);
    let (across, down) = (ease(u - column), ease(v - row));
    let at = |dx, dy| lattice(column as i32 + dx, row as i32 + dy, seed);
    let blend = |a: f32, b: f32, part: f32| a + (b - a) * part;
    blend(blend(at(0, 0), at(1, 0), across), blend(at(0, 1), at(1, 1), across), down)
}

/// A value from 0 to 1 for each point with whole coordinates, without a pattern.
fn lattice(column: i32, row: i32, seed: u32) -> f32 {
    let mut bits =
        (column as u32).wrapping_mul(0x9e37_79b1) ^ (row as u32).wrapping_mul(0x85eb_ca6b);
    bits = (bits ^ seed.wrapping_mul(0xc2b2_ae35)).wrapping_mul(0x27d4_eb2f);
    bits = (bits ^ bits >> 15).wrapping_mul(0x2c1b_3c6d);
    bits = (bits ^ bits >> 12).wrapping_mul(0x297a_2d39);
    (bits ^ bits >> 15) as f32 / u32::MAX as f32
}

fn mix(from: [f32; 3], to: [f32; 3], part: f32) -> [f32; 3] {
    [0, 1, 2].map(|channel| from[channel] + (to[channel] - from[channel]) * part)
}
