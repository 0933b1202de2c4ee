// What the contenders work on: the same in every run and in every lane.

/** Numbers without a pattern, 32 bits each: Marsaglia's xorshift (Journal of Statistical Software 8, 2003). */
function xorshift(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** Numbers without a pattern, from 0 up to 1. */
export function numbers(count, seed) {
  const next = xorshift(seed);
  return Float64Array.from({ length: count }, () => next() / 2 ** 32);
}

/** Bytes without a pattern. */
export function bytes(count) {
  const next = xorshift(1);
  const words = new Uint32Array(Math.ceil(count / 4));
  for (let at = 0; at < words.length; at++) words[at] = next();
  return new Uint8Array(words.buffer, 0, count);
}

/**
 * An opaque picture with what photographs have: soft gradients, edges and noise.
 * @returns {Uint8Array} RGBA
 */
export function picture(width, height) {
  const next = xorshift(2);
  const wave = (length, period) => Float64Array.from({ length }, (_, at) => 45 * Math.sin(at / period));
  const [across, down] = [wave(width, 211), wave(height, 157)];
  const data = new Uint8Array(4 * width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const noise = next() >>> 28;
      const edge = 24 * (((x >> 7) ^ (y >> 6)) & 1);
      data[at] = 104 + across[x] + down[y] + noise;
      data[at + 1] = 104 + across[x] - edge + noise;
      data[at + 2] = 104 + down[y] + edge + noise;
      data[at + 3] = 255;
    }
  }
  return data;
}

/**
 * Bodies in a cube.
 * @returns {Float64Array[]} their masses, and their places along x, y and z
 */
export function bodies(count) {
  return [3, 4, 5, 6].map((seed) => numbers(count, seed));
}

const WORDS = "basket blanket bucket chair clock cushion kettle lamp mirror table teapot".split(" ");

/**
 * A catalogue in JSON.
 * @param {number} least  bytes that it has at least
 * @returns {Uint8Array} UTF-8
 */
export function catalogue(least) {
  const next = xorshift(7);
  const word = () => WORDS[next() % WORDS.length];
  const tenths = () => (next() % 10_000) / 10;
  const entries = [];
  for (let length = 1; length < least; length += entries.at(-1).length + 1) {
    const entry = {
      id: entries.length + 1,
      name: `${word()} "${word()}"`,
      price: (next() % 100_000) / 100,
      available: next() % 4 > 0,
      tags: [word(), word(), word()],
      size: { width: tenths(), height: tenths() },
    };
    entries.push(JSON.stringify(entry));
  }
  return new TextEncoder().encode(`[${entries}]`);
}
