//! The filter.

/// Lobes on each side: how far the filter reaches, in pixels of the smaller picture.
pub const LOBES: f64 = 3.0;

/// The Lanczos window of three lobes (Duchon, Lanczos Filtering in One and Two Dimensions, 1979):
/// `sinc(x) sinc(x / 3)` for `|x| < 3`.
pub fn lanczos(x: f64) -> f64 {
    if x.abs() < LOBES { sinc(x) * sinc(x / LOBES) } else { 0.0 }
}

/// `sin(pi x) / (pi x)`.
fn sinc(x: f64) -> f64 {
    let angle = std::f64::consts::PI * x;
    if angle == 0.0 { 1.0 } else { libm::sin(angle) / angle }
}
