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

function resampleAcross({ width, height, words }, axis) {
  const made = Picture.blank(axis.made, height);
  const { windows, bits } = filter(axis);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < axis.made; x++, at += 4) {
      const { first, weights } = windows[x];
      weigh(words, y * width + first, 1, weights, bits, made.data, at);
    }
  }
  return made;
}

function resampleDown({ width, words }, axis) {
  const made = Picture.blank(width, axis.made);
  const { windows, bits } = filter(axis);
  for (let y = 0, at = 0; y < axis.made; y++) {
    const { first, weights } = windows[y];
    for (let x = 0; x < width; x++, at += 4) weigh(words, first * width + x, width, weights, bits, made.data, at);
  }
  return made;
}

/**
 * Makes the pixel at `to[at]` of those from `words[from]` on, `step` apart. What is past the range is held within it as it
 * is stored.
 */
function weigh(words, from, step, weights, bits, to, at) {
  const half = 1 << (bits - 1);
  let red = half;
  let green = half;
  let blue = half;
  let alpha = half;
  for (let tap = 0; tap < weights.length; tap++, from += step) {
    const weight = weights[tap];
    const word = words[from];
    red = (red + weight * (word & 255)) | 0;
    green = (green + weight * ((word >>> 8) & 255)) | 0;
    blue = (blue + weight * ((word >>> 16) & 255)) | 0;
    alpha = (alpha + weight * (word >>> 24)) | 0;
  }
  to[at] = red >> bits;
  to[at + 1] = green >> bits;
  to[at + 2] = blue >> bits;
  to[at + 3] = alpha >> bits;
}

/**
 * For each pixel that is made, the first one of the source that it is made of, and the weights of those from there on, with
 * `bits` fractional bits: as many as the largest weight has room for.
 * @param {Axis} axis
 * @returns {{windows: {first: number, weights: Int16Array}[], bits: number}}
 */
function filter(axis) {
  const windows = Array.from({ length: axis.made }, (_, at) => window(axis, at));
  const largest = Math.max(...windows.map(({ weights }) => Math.max(...weights)));
  let bits = 0;
  while (bits < MOST_FRACTION_BITS && Math.round(largest * 2 ** (bits + 1)) < 2 ** WEIGHT_BITS) bits++;
  const fixed = (weight) => Math.round(weight * 2 ** bits);
  return { bits, windows: windows.map(({ first, weights }) => ({ first, weights: Int16Array.from(weights, fixed) })) };
}

/** The weights of one pixel, whose sum is 1. */
function window(axis, at) {
  const { source, start, extent, made } = axis;
  const step = extent / made;
  const scale = Math.max(step, 1);
  const middle = start + (at + 0.5) * step;
  const first = Math.max(Math.floor(middle - reach(axis)), 0);
  const end = Math.min(Math.ceil(middle + reach(axis)), source);
  const weights = Array.from({ length: end - first }, (_, tap) => lanczos((first + tap - (middle - 0.5)) / scale));
  const sum = weights.reduce((sum, weight) => sum + weight);
  return { first, weights: weights.map((weight) => weight / sum) };
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
