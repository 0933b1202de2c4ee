// Box blur in one pass over the rows, at a cost that does not depend on the radius.
//
// For every column the sums over the window's rows are kept. One row down, each column takes in the row that enters the
// window and gives up the row that leaves it; then a sum slides along the columns and is divided by the window's area.
// The picture is overwritten from the top, so the source of the last rows is kept aside until it leaves.

import { checkLength, isOpaque, words } from "./picture.js";

/** The largest radius, in pixels: its window keeps the sums of a column, weighted by alpha, within 32 bits. */
export const MOST_RADIUS = 127;

/**
 * Averages every channel over the window of `2 radius + 1` pixels squared, cut at the picture's edge: the floor of
 * sum / count. Colour is weighted by alpha, and 0 where there is none.
 * @param {Uint8ClampedArray|Uint8Array} data  straight RGBA, beginning at a multiple of 4 in its buffer; changed in place
 * @param {number} radius  0 to 127; 0 changes nothing
 */
export function boxBlur(data, width, height, radius) {
  checkLength(data, width, height);
  checkRadius(radius);
  const pixels = words(data);
  if (radius) blur(pixels, width, height, radius, isOpaque(pixels) ? OPAQUE : WEIGHTED);
}

/** Throws unless a blur can have this radius. */
export function checkRadius(radius) {
  if (!(Number.isInteger(radius) && radius >= 0 && radius <= MOST_RADIUS)) {
    throw new RangeError(`The radius is ${radius}; it must be a whole number from 0 to ${MOST_RADIUS}.`);
  }
}

/**
 * How the sums of a column are kept.
 * @typedef {object} Kernel
 * @property {number} sums  words for each column
 * @property {(columns: Int32Array, entering: Int32Array, leaving: Int32Array) => void} descend
 *   moves the columns' window down by a row
 * @property {(columns: Int32Array, radius: number, shares: Float64Array, row: Int32Array) => void} average
 *   slides along the columns, of which there are `radius + 1` more on either side; a pixel's share is 1 / its window's area
 */

/** @param {Kernel} kernel */
function blur(pixels, width, height, radius, kernel) {
  const { sums, descend, average } = kernel;
  const kept = Math.min(radius + 1, height);
  const ring = new Int32Array(kept * width);
  const blank = new Int32Array(width);
  const shares = new Float64Array(width);
  const columns = new Int32Array(sums * (width + 2 * (radius + 1)));
  const inside = columns.subarray(sums * (radius + 1), sums * (radius + 1 + width));
  const row = (y) => (y < height ? pixels.subarray(y * width, (y + 1) * width) : blank);

  for (let y = 0; y < radius; y++) descend(inside, row(y), blank);
  for (let y = 0, rowsBefore = 0; y < height; y++) {
    // What this slot holds leaves the window as its row is written: zeros near the top.
    const slot = ring.subarray((y % kept) * width, ((y % kept) + 1) * width);
    descend(inside, row(y + radius), slot);
    slot.set(row(y));

    const rows = extent(y, radius, height);
    if (rows !== rowsBefore) for (let x = 0; x < width; x++) shares[x] = 1 / (rows * extent(x, radius, width));
    rowsBefore = rows;
    average(columns, radius, shares, row(y));
  }
}

/** How many of the places `at - radius` to `at + radius` lie within the length. */
function extent(at, radius, length) {
  return Math.min(at + radius + 1, length) - Math.max(at - radius, 0);
}

// Sums begin at one half: a quotient is then too far from the next whole number for rounding to reach it, and cutting
// off its fraction makes the exact floor.

/**
 * Every channel by itself. A column's sums stay within 16 bits (255 * 255), so red and blue share a word.
 * @type {Kernel}
 */
const OPAQUE = {
  sums: 2,

  descend(columns, entering, leaving) {
    for (let x = 0, at = 0; x < entering.length; x++, at += 2) {
      const enters = entering[x];
      const leaves = leaving[x];
      columns[at] += (enters & 0xff00ff) - (leaves & 0xff00ff);
      columns[at + 1] += ((enters >>> 8) & 255) - ((leaves >>> 8) & 255);
    }
  },

  average(columns, radius, shares, row) {
    const window = 2 * (2 * radius + 1);
    let red = 0.5;
    let green = 0.5;
    let blue = 0.5;
    for (let at = 0; at < window; at += 2) {
      red += columns[at] & 0xffff;
      green += columns[at + 1];
      blue += columns[at] >>> 16;
    }
    for (let x = 0, at = 0; x < row.length; x++, at += 2) {
      const enters = columns[at + window];
      const leaves = columns[at];
      red += (enters & 0xffff) - (leaves & 0xffff);
      green += columns[at + window + 1] - columns[at + 1];
      blue += (enters >>> 16) - (leaves >>> 16);
      const share = shares[x];
      row[x] = 0xff000000 | ((blue * share) << 16) | ((green * share) << 8) | (red * share);
    }
  },
};

/**
 * Colour weighted by alpha, and alpha itself.
 * @type {Kernel}
 */
const WEIGHTED = {
  sums: 4,

  descend(columns, entering, leaving) {
    for (let x = 0, at = 0; x < entering.length; x++, at += 4) {
      const enters = entering[x];
      const leaves = leaving[x];
      const comes = enters >>> 24;
      const goes = leaves >>> 24;
      columns[at] += (enters & 255) * comes - (leaves & 255) * goes;
      columns[at + 1] += ((enters >>> 8) & 255) * comes - ((leaves >>> 8) & 255) * goes;
      columns[at + 2] += ((enters >>> 16) & 255) * comes - ((leaves >>> 16) & 255) * goes;
      columns[at + 3] += comes - goes;
    }
  },

  average(columns, radius, shares, row) {
    const window = 4 * (2 * radius + 1);
    let red = 0.5;
    let green = 0.5;
    let blue = 0.5;
    let alpha = 0;
    for (let at = 0; at < window; at += 4) {
      red += columns[at];
      green += columns[at + 1];
      blue += columns[at + 2];
      alpha += columns[at + 3];
    }
    for (let x = 0, at = 0; x < row.length; x++, at += 4) {
      red += columns[at + window] - columns[at];
      green += columns[at + window + 1] - columns[at + 1];
      blue += columns[at + window + 2] - columns[at + 2];
      alpha += columns[at + window + 3] - columns[at + 3];
      const share = alpha && 1 / alpha;
      const colour = ((blue * share) << 16) | ((green * share) << 8) | (red * share);
      row[x] = (((alpha + 0.5) * shares[x]) << 24) | colour;
    }
  },
};
