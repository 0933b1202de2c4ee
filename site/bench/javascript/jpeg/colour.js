// Planes of Y, Cb and Cr to RGBA.

const FRACTION_BITS = 14;
const HALF = 1 << (FRACTION_BITS - 1);
const fixed = (factor) => Math.round(factor * (1 << FRACTION_BITS));
const RED_OF_CR = fixed(1.402);
const GREEN_OF_CB = fixed(-0.344136);
const GREEN_OF_CR = fixed(-0.714136);
const BLUE_OF_CB = fixed(1.772);

/**
 * @param {{samples: Uint8ClampedArray, stride: number}[]} planes  Y, Cb and Cr
 * @param {number} width
 * @param {number} height
 * @param {number} across  how much wider Y is than Cb and Cr, 1 or 2
 * @param {number} down  how much higher
 */
export function toRgba([luma, ...chroma], width, height, across, down) {
  const data = new Uint8ClampedArray(4 * width * height);
  const [cb, cr] = chroma.map(() => new Uint8Array(across * Math.ceil(width / across)));
  const size = { width: Math.ceil(width / across), height: Math.ceil(height / down) };
  const between = new Int32Array(size.width);
  for (let y = 0; y < height; y++) {
    enlarge(chroma[0], size, y, across, down, between, cb);
    enlarge(chroma[1], size, y, across, down, between, cr);
    convert(luma.samples, y * luma.stride, cb, cr, data, 4 * y * width, width);
  }
  return data;
}

/** Row `y` of a plane in full size: three quarters of the nearest sample, a quarter of the next. */
function enlarge({ samples, stride }, { width, height }, y, across, down, between, row) {
  const near = Math.floor(y / down);
  const next = down === 1 ? near : Math.min(Math.max(near + (y % 2 ? 1 : -1), 0), height - 1);
  const from = near * stride;
  const beside = next * stride;
  if (across === 1) {
    for (let x = 0; x < width; x++) row[x] = (3 * samples[from + x] + samples[beside + x] + 2) >> 2;
    return;
  }
  for (let x = 0; x < width; x++) between[x] = (3 * samples[from + x] + samples[beside + x] + 2) >> 2;
  let before = between[0];
  for (let x = 0; x < width; x++) {
    const here = between[x];
    const after = x + 1 < width ? between[x + 1] : here;
    row[2 * x] = (3 * here + before + 2) >> 2;
    row[2 * x + 1] = (3 * here + after + 2) >> 2;
    before = here;
  }
}

/** Converts one row. */
function convert(luma, from, cb, cr, data, to, width) {
  for (let x = 0; x < width; x++, to += 4) {
    const y = (luma[from + x] << FRACTION_BITS) + HALF;
    const b = cb[x] - 128;
    const r = cr[x] - 128;
    data[to] = (y + RED_OF_CR * r) >> FRACTION_BITS;
    data[to + 1] = (y + GREEN_OF_CB * b + GREEN_OF_CR * r) >> FRACTION_BITS;
    data[to + 2] = (y + BLUE_OF_CB * b) >> FRACTION_BITS;
    data[to + 3] = 255;
  }
}
