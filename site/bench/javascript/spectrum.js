// The Fourier transform.

/**
 * Transforms complex numbers in steps of radix 4 that sort as they go (Stockham; C. Van Loan,
 * Computational Frameworks for the Fast Fourier Transform, 1992): each step reads and writes in
 * order, and nothing has to be put in place afterwards.
 */
export class Spectrum {
  #samples;
  #others;
  #twiddles;

  /** @param {number} size  a power of 4 */
  constructor(size) {
    this.#samples = new Float64Array(2 * size);
    this.#others = new Float64Array(2 * size);
    this.#twiddles = new Float64Array(2 * size);
    for (let k = 0; k < size; k++) {
      const angle = (2 * Math.PI * k) / size;
      this.#twiddles[2 * k] = Math.cos(angle);
      this.#twiddles[2 * k + 1] = -Math.sin(angle);
    }
  }

  /**
   * Takes other samples.
   * @param {Float64Array} parts  the real part of each, then its imaginary part
   */
  set(parts) {
    this.#samples.set(parts);
  }

  /** Transforms them, forward and unscaled. */
  transform() {
    const size = this.#samples.length / 2;
    for (let length = size, stride = 1; length > 1; length /= 4, stride *= 4) {
      step(this.#samples, this.#others, this.#twiddles, length / 4, stride);
      [this.#samples, this.#others] = [this.#others, this.#samples];
    }
  }

  /** The samples, as `set` takes them. */
  get() {
    return this.#samples;
  }
}

/**
 * One step for `stride` interleaved sequences: quarter and quarter of each go through a butterfly.
 * Indices are of parts, of which a complex number has two.
 */
function step(from, to, twiddles, quarter, stride) {
  const inward = 2 * stride * quarter;
  const outward = 2 * stride;
  for (let k = 0; k < quarter; k++) {
    const angle = 2 * stride * k;
    const re1 = twiddles[angle];
    const im1 = twiddles[angle + 1];
    const re2 = twiddles[2 * angle];
    const im2 = twiddles[2 * angle + 1];
    const re3 = twiddles[3 * angle];
    const im3 = twiddles[3 * angle + 1];
    for (let a = outward * k, end = a + outward, out = 4 * a; a < end; a += 2, out += 2) {
      const b = a + inward;
      const c = b + inward;
      const d = c + inward;
      const sumAcRe = from[a] + from[c];
      const sumAcIm = from[a + 1] + from[c + 1];
      const sumBdRe = from[b] + from[d];
      const sumBdIm = from[b + 1] + from[d + 1];
      const lessAcRe = from[a] - from[c];
      const lessAcIm = from[a + 1] - from[c + 1];
      // The difference of b and d, turned by a quarter: times -i.
      const lessBdRe = from[b + 1] - from[d + 1];
      const lessBdIm = from[d] - from[b];

      to[out] = sumAcRe + sumBdRe;
      to[out + 1] = sumAcIm + sumBdIm;
      const firstRe = lessAcRe + lessBdRe;
      const firstIm = lessAcIm + lessBdIm;
      to[out + outward] = firstRe * re1 - firstIm * im1;
      to[out + outward + 1] = firstRe * im1 + firstIm * re1;
      const secondRe = sumAcRe - sumBdRe;
      const secondIm = sumAcIm - sumBdIm;
      to[out + 2 * outward] = secondRe * re2 - secondIm * im2;
      to[out + 2 * outward + 1] = secondRe * im2 + secondIm * re2;
      const thirdRe = lessAcRe - lessBdRe;
      const thirdIm = lessAcIm - lessBdIm;
      to[out + 3 * outward] = thirdRe * re3 - thirdIm * im3;
      to[out + 3 * outward + 1] = thirdRe * im3 + thirdIm * re3;
    }
  }
}
