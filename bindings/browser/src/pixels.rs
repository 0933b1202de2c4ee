//! The kernels of pictures, on RGBA with 8 bits a sample and straight alpha.

use edge_core::pixels::rgba;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::bytes::Bytes;
use crate::error::{Result, error};
use crate::number::whole;

/// Replaces red, green and blue by their luma (ITU-R BT.601), in place; alpha stays. This is the
/// portable kernel, in either build. `data` is RGBA, of any number of pixels but none.
#[wasm_bindgen]
pub fn grayscale(data: &Bytes) -> Result<()> {
    in_pieces(data, rgba::grayscale_portable)
}

/// Does what `grayscale` does, by the SIMD kernel; in the portable build it is the same kernel.
#[wasm_bindgen]
pub fn grayscale_simd(data: &Bytes) -> Result<()> {
    in_pieces(data, rgba::grayscale)
}

/// Averages each channel over the square of `2 radius + 1` pixels around every pixel, cut at the
/// edges, in place. Colours weigh as much as they are opaque. `data` is RGBA of `width` times
/// `height` pixels; `radius` is in pixels, 0 to 127.
#[wasm_bindgen]
pub fn box_blur(data: &Bytes, width: f64, height: f64, radius: f64) -> Result<()> {
    let (width, height) = (whole("width", width)?, whole("height", height)?);
    let radius = whole("radius", radius)?;
    let mut pixels = data.to_vec()?.ok_or_else(|| error(rgba::Error::Exhausted))?;
    rgba::box_blur(&mut pixels, width, height, radius).map_err(error)?;
    data.replace(&pixels)
}

/// Applies a kernel for single pixels.
fn in_pieces(
    data: &Bytes,
    kernel: fn(&mut [u8]) -> std::result::Result<(), rgba::Error>,
) -> Result<()> {
    let count = data.count()?;
    if !count.is_multiple_of(4) {
        return Err(error(rgba::Error::Incomplete { actual: count as usize }));
    }
    data.change(|bytes| kernel(bytes).map_err(error))
}

/// A picture in the memory of the module, for who would rather write it there than have it copied
/// in and out: RGBA, transparent black at first.
#[wasm_bindgen]
pub struct Pixels {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
}

#[wasm_bindgen]
impl Pixels {
    /// A picture of `width` times `height` pixels.
    #[wasm_bindgen(constructor)]
    pub fn new(width: f64, height: f64) -> Result<Self> {
        let (width, height) = (whole("width", width)?, whole("height", height)?);
        if width == 0 || height == 0 {
            return Err(error(rgba::Error::Empty));
        }
        let bytes = (u64::from(width) * u64::from(height)).saturating_mul(4);
        let mut rgba = Vec::new();
        let reserved = usize::try_from(bytes).map(|bytes| rgba.try_reserve_exact(bytes));
        if !matches!(reserved, Ok(Ok(()))) {
            return Err(error(rgba::Error::Exhausted));
        }
        rgba.resize(bytes as usize, 0);
        Ok(Self { width, height, rgba })
    }

    /// Pixels in a row.
    #[wasm_bindgen(getter)]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Rows.
    #[wasm_bindgen(getter)]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The samples where they are, to be read and written. The view is empty as soon as the memory
    /// of the module grows, which any call may make it do, and shows something else after `free`:
    /// take a new one after each call, and keep none.
    #[wasm_bindgen(unchecked_return_type = "Uint8Array<ArrayBuffer>")]
    pub fn view(&mut self) -> JsValue {
        let memory: Memory = wasm_bindgen::memory().into();
        let offset = self.rgba.as_mut_ptr() as usize;
        View::new(&memory.buffer(), offset as f64, self.rgba.len() as f64).into()
    }

    /// Replaces red, green and blue by their luma, as the function does.
    pub fn grayscale(&mut self) -> Result<()> {
        rgba::grayscale_portable(&mut self.rgba).map_err(error)
    }

    /// Does what `grayscale` does, by the SIMD kernel; in the portable build it is the same kernel.
    pub fn grayscale_simd(&mut self) -> Result<()> {
        rgba::grayscale(&mut self.rgba).map_err(error)
    }

    /// Blurs, as the function does.
    pub fn box_blur(&mut self, radius: f64) -> Result<()> {
        let radius = whole("radius", radius)?;
        rgba::box_blur(&mut self.rgba, self.width, self.height, radius).map_err(error)
    }
}

#[wasm_bindgen]
extern "C" {
    /// A `WebAssembly.Memory`.
    type Memory;

    #[wasm_bindgen(method, getter)]
    fn buffer(this: &Memory) -> JsValue;

    /// An array on memory that is another's.
    #[wasm_bindgen(js_name = Uint8Array)]
    type View;

    #[wasm_bindgen(constructor, js_class = Uint8Array)]
    fn new(buffer: &JsValue, byte_offset: f64, length: f64) -> View;
}
