// The Fourier transform.

/**
 * Transforms complex numbers, forward and unscaled, by steps of radix 4 that sort as they go
 * (Stockham): every step reads and writes in order, and no bits need to be reversed.
 */
export class Spectrum {
  #samples;
  #other;
  #twiddles;

  /** @param {number} size  a power of 4 */
  constructor(size) {
    this.#samples = new Float64Array(2 * size);
    this.#other = new Float64Array(2 * size);
    this.#twiddles = new Float64Array(2 * size);
    for (let k = 0; k < size; k++) {
      this.#twiddles[2 * k] = Math.cos((2 * Math.PI * k) / size);
      this.#twiddles[2 * k + 1] = -Math.sin((2 * Math.PI * k) / size);
    }
  }

  /** Takes other samples: the real part of each, then its imaginary part. */
  set(parts) {
    this.#samples.set(parts);
  }

  transform() {
    const size = this.#samples.length / 2;
    for (let block = size, stride = 1; block > 1; block /= 4, stride *= 4) {
      step(this.#samples, this.#other, this.#twiddles, block, stride);
      [this.#samples, this.#other] = [this.#other, this.#samples];
    }
  }

  get() {
    return this.#samples;
  }
}

function step(from, to, twiddles, block, stride) {
  const quarter = block / 4;
  const reach = 2 * stride * quarter;
  for (let p = 0; p < quarter; p++) {
    const w = 2 * p * stride;
    const r1 = twiddles[w];
    const i1 = twiddles[w + 1];
    const r2 = twiddles[2 * w];
    const i2 = twiddles[2 * w + 1];
    const r3 = twiddles[3 * w];
    const i3 = twiddles[3 * w + 1];
    const start = 2 * stride * p;
    for (let q = 0; q < 2 * stride; q += 2) {
      const a = start + q;
      const b = a + reach;
      const c = b + reach;
      const d = c + reach;
      const sr = from[a] + from[c];
      const si = from[a + 1] + from[c + 1];
      const dr = from[a] - from[c];
      const di = from[a + 1] - from[c + 1];
      const tr = from[b] + from[d];
      const ti = from[b + 1] + from[d + 1];
      const er = from[b + 1] - from[d + 1];
      const ei = from[d] - from[b];
      const o = 4 * start + q;
      const s = 2 * stride;
      to[o] = sr + tr;
      to[o + 1] = si + ti;
      const ur = dr + er;
      const ui = di + ei;
      to[o + s] = ur * r1 - ui * i1;
      to[o + s + 1] = ur * i1 + ui * r1;
      const vr = sr - tr;
      const vi = si - ti;
      to[o + 2 * s] = vr * r2 - vi * i2;
      to[o + 2 * s + 1] = vr * i2 + vi * r2;
      const xr = dr - er;
      const xi = di - ei;
      to[o + 3 * s] = xr * r3 - xi * i3;
      to[o + 3 * s + 1] = xr * i3 + xi * r3;
    }
  }
}
