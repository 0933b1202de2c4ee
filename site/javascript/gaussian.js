// Gaussian blur, and the unsharp mask that is made of it. Levels are rounded half up, and held within the range as they
// are stored.

import { convolve } from "./convolution.js";

/** @typedef {import("./picture.js").Picture} Picture */

/**
 * The average over the pixels at most 3 sigma away across and down, weighted by exp(-d² / (2 sigma²)).
 * @param {Picture} picture  changed in place
 * @param {number} sigma  in pixels
 */
export function gaussian(picture, sigma) {
  convolve(picture, weights(sigma), (row, blurred) => {
    for (let at = 0; at < row.length; at++) row[at] = (blurred[at] + 0.5) | 0;
  });
  return picture;
}

/**
 * Takes colour away from that of the Gaussian blur of one pixel. Alpha is unchanged, and so is the colour of transparent
 * pixels.
 * @param {Picture} picture  changed in place
 * @param {number} amount  how much of the difference is added
 */
export function sharpen(picture, amount) {
  const away = (level, blurred) => (level + amount * (level - blurred) + 0.5) | 0;
  convolve(picture, weights(1), (row, blurred) => {
    for (let at = 0; at < row.length; at += 4) {
      if (row[at + 3] === 0) continue;
      row[at] = away(row[at], blurred[at]);
      row[at + 1] = away(row[at + 1], blurred[at + 1]);
      row[at + 2] = away(row[at + 2], blurred[at + 2]);
    }
  });
  return picture;
}

/** The weight at each distance in pixels, from 0; they are yet to be divided by their sum. */
function weights(sigma) {
  const weight = (distance) => Math.exp((-distance * distance) / (2 * sigma * sigma));
  return Float64Array.from({ length: Math.ceil(3 * sigma) + 1 }, (_, distance) => weight(distance));
}
