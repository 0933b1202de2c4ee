// Another number of columns and rows, by a Lanczos filter of three lobes (Duchon, Lanczos Filtering in One and Two
// Dimensions, 1979).
//
// One axis after the other, the one first that leaves fewer pixels between the two. Weights are integers, so that sums
// are exact whatever their order.

import { cut } from "./geometry.js";
import { Picture } from "./picture.js";
import { premultiply, unpremultiply } from "./premultiply.js";

/** Lobes on each side: how far the filter reaches, in pixels of the smaller picture. */
const LOBES = 3;

/** The most bits of a weight, beside its sign; and the most fractional ones, so that a sum stays within 32 bits. */
const WEIGHT_BITS = 15;
const MOST_FRACTION_BITS = 21;

/**
 * Pixels along one axis that are made of a part of the source.
 * @typedef {object} Axis
 * @property {number} source  pixels of the source
 * @property {number} start   where the part begins, in pixels of the source
 * @property {number} extent  the part's length in pixels of the source
 * @property {number} made    pixels to be made
 */

/**
 * Resamples both axes, colour weighted by alpha.
 * @param {Picture} picture
 * @param {Axis} x  from the left
 * @param {Axis} y  from the top
 */
export function resample(picture, x, y) {
  const [across, down] = [x, y].map(({ extent, made }) => extent !== made);
  let made = cut(picture, across ? 0 : x.start, down ? 0 : y.start, across ? x.source : x.made, down ? y.source : y.made);
  if (!across && !down) return made;
  const { isOpaque } = made;
  if (!isOpaque) premultiply(made.data);
  const downFirst = down && (!across || needed(x) * y.made <= needed(y) * x.made);
  if (downFirst) made = resampleDown(made, y);
  if (across) made = resampleAcross(made, x);
  if (down && !downFirst) made = resampleDown(made, y);
  if (!isOpaque) unpremultiply(made.data);
  return made;
}

/** How far the filter reaches to each side, in pixels of the source. */
function reach({ extent, made }) {
  return LOBES * Math.max(extent / made, 1);
}

/** How many pixels of the source matter. */
function needed(axis) {
  const { source, start, extent } = axis;
  const first = Math.max(Math.floor(start - reach(axis)), 0);
  return Math.min(Math.ceil(start + extent + reach(axis)), source) - first;
}

function resampleAcross(picture, axis) {
  const made = Picture.blank(axis.made, picture.height);
  const { firsts, weights, length, bits } = filter(axis);
  const half = 1 << (bits - 1);
  const from = picture.data;
  const to = made.data;
  for (let y = 0, at = 0; y < picture.height; y++) {
    const row = 4 * y * picture.width;
    for (let x = 0; x < axis.made; x++, at += 4) {
      let red = half;
      let green = half;
      let blue = half;
      let alpha = half;
      let source = row + 4 * firsts[x];
      for (let tap = x * length; tap < (x + 1) * length; tap++, source += 4) {
        const weight = weights[tap];
        red = (red + weight * from[source]) | 0;
        green = (green + weight * from[source + 1]) | 0;
        blue = (blue + weight * from[source + 2]) | 0;
        alpha = (alpha + weight * from[source + 3]) | 0;
      }
      to[at] = red >> bits;
      to[at + 1] = green >> bits;
      to[at + 2] = blue >> bits;
      to[at + 3] = alpha >> bits;
    }
  }
  return made;
}

function resampleDown(picture, axis) {
  const made = Picture.blank(picture.width, axis.made);
  const { firsts, weights, length, bits } = filter(axis);
  const row = 4 * picture.width;
  const sums = new Int32Array(row);
  for (let y = 0; y < axis.made; y++) {
    sums.fill(1 << (bits - 1));
    for (let tap = 0; tap < length; tap++) {
      const start = (firsts[y] + tap) * row;
      addWeighted(sums, picture.data.subarray(start, start + row), weights[y * length + tap]);
    }
    shift(sums, bits, made.data.subarray(y * row, (y + 1) * row));
  }
  return made;
}

function addWeighted(sums, row, weight) {
  for (let at = 0; at < sums.length; at++) sums[at] += weight * row[at];
}

/** Out-of-range levels are clamped as they are stored. */
function shift(sums, bits, row) {
  for (let at = 0; at < sums.length; at++) row[at] = sums[at] >> bits;
}

/**
 * The weights of the source's pixels for each one that is made, as integers with `bits` fractional bits: `length` of them
 * from the pixel `firsts[…]` on.
 * @param {Axis} axis
 */
function filter(axis) {
  const { source, start, extent, made } = axis;
  const step = extent / made;
  const scale = Math.max(step, 1);
  const length = Math.min(2 * Math.ceil(reach(axis)) + 1, source);
  const firsts = new Int32Array(made);
  const shares = new Float64Array(made * length);
  for (let at = 0; at < made; at++) {
    const middle = start + (at + 0.5) * step;
    const first = Math.min(Math.max(Math.floor(middle - reach(axis)), 0), source - length);
    const window = shares.subarray(at * length, (at + 1) * length);
    window.forEach((_, tap) => (window[tap] = lanczos((first + tap - (middle - 0.5)) / scale)));
    const sum = window.reduce((sum, weight) => sum + weight);
    window.forEach((weight, tap) => (window[tap] = weight / sum));
    firsts[at] = first;
  }
  return { firsts, length, ...quantise(shares) };
}

/** As many fractional bits as the largest weight has room for. */
function quantise(shares) {
  const largest = shares.reduce((one, other) => Math.max(one, other));
  let bits = 0;
  while (bits < MOST_FRACTION_BITS && Math.round(largest * 2 ** (bits + 1)) < 2 ** WEIGHT_BITS) bits++;
  return { bits, weights: Int16Array.from(shares, (share) => Math.round(share * 2 ** bits)) };
}

/** `sinc(x) sinc(x / 3)` for |x| < 3. */
function lanczos(x) {
  return Math.abs(x) < LOBES ? sinc(x) * sinc(x / LOBES) : 0;
}

/** `sin(pi x) / (pi x)` */
function sinc(x) {
  const angle = Math.PI * x;
  return angle === 0 ? 1 : Math.sin(angle) / angle;
}
