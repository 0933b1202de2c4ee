// Changes of each pixel by itself. The percentages and angles are those of the W3C's Filter Effects Module Level 1, on the
// samples as they are (sRGB). Every result is rounded to the nearest level, half up, and held within the range.

import { over } from "./colour.js";
import { grayscale as toLuma, luma } from "./grayscale.js";

/** @typedef {import("./picture.js").Picture} Picture */

/** The one of a matrix's weights, which have 16 fractional bits. */
const ONE = 1 << 16;

const IDENTITY = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];

/** The weights of red, green and blue in the matrices of the Filter Effects Module. */
const FILTER_LUMA = [0.213, 0.715, 0.072];

const SEPIA = fixed([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]]);

export function grayscale(picture) {
  toLuma(picture.data);
  return picture;
}

/** @param {number} percent  the slope is 1 + percent / 100 */
export function brightness(picture, percent) {
  return map(picture, (level) => Math.floor((2 * (100 + percent) * level + 100) / 200));
}

/** @param {number} percent  the slope about the middle of the range is 1 + percent / 100 */
export function contrast(picture, percent) {
  return map(picture, (level) => Math.floor((2 * (100 + percent) * level - percent * 255 + 100) / 200));
}

/** @param {number} percent  `saturate()` of 1 + percent / 100 */
export function saturation(picture, percent) {
  const amount = 1 + percent / 100;
  return mix(picture, fixed(IDENTITY.map((row) => row.map((own, at) => FILTER_LUMA[at] * (1 - amount) + own * amount))));
}

/** `hue-rotate()` */
export function hue(picture, degrees) {
  const radians = (degrees * Math.PI) / 180;
  const [sin, cos] = [Math.sin(radians), Math.cos(radians)];
  return mix(picture, fixed([
    [0.213 + cos * 0.787 - sin * 0.213, 0.715 - cos * 0.715 - sin * 0.715, 0.072 - cos * 0.072 + sin * 0.928],
    [0.213 - cos * 0.213 + sin * 0.143, 0.715 + cos * 0.285 + sin * 0.14, 0.072 - cos * 0.072 - sin * 0.283],
    [0.213 - cos * 0.213 - sin * 0.787, 0.715 - cos * 0.715 + sin * 0.715, 0.072 + cos * 0.928 + sin * 0.072],
  ]));
}

/** The power 1 / gamma. */
export function gamma(picture, gamma) {
  return map(picture, (level) => Math.floor(255 * (level / 255) ** (1 / gamma) + 0.5));
}

export function invert(picture) {
  return map(picture, (level) => 255 - level);
}

/** `sepia(1)` */
export function sepia(picture) {
  return mix(picture, SEPIA);
}

/** White where luma is this level or more, else black. */
export function threshold(picture, least) {
  const { words } = picture;
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    const isWhite = luma(word & 255, (word >>> 8) & 255, (word >>> 16) & 255) >= least;
    words[at] = (word & 0xff000000) | (isWhite ? 0xffffff : 0);
  }
  return picture;
}

/**
 * Luma times a colour, mixed with the picture as strongly as the colour is opaque.
 * @param {number[]} colour  red, green, blue, alpha
 */
export function tint(picture, colour) {
  const weights = [19595, 38470, 7471].map((weight) => weight / ONE);
  const strength = colour[3] / 255;
  return mix(picture, fixed(IDENTITY.map((row, channel) =>
    row.map((own, at) => strength * (colour[channel] / 255) * weights[at] + own * (1 - strength)))));
}

/** Lays the picture on an opaque colour: red, green, blue. */
export function flatten(picture, [red, green, blue]) {
  const { data } = picture;
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3];
    data[at] = over(data[at], red, alpha);
    data[at + 1] = over(data[at + 1], green, alpha);
    data[at + 2] = over(data[at + 2], blue, alpha);
    data[at + 3] = 255;
  }
  return picture;
}

/** Replaces red, green and blue by what `change` makes of each level. */
function map(picture, change) {
  const table = Uint8ClampedArray.from({ length: 256 }, (_, level) => change(level));
  const { data } = picture;
  for (let at = 0; at < data.length; at += 4) {
    data[at] = table[data[at]];
    data[at + 1] = table[data[at + 1]];
    data[at + 2] = table[data[at + 2]];
  }
  return picture;
}

/** Replaces red, green and blue by weighted sums of them, a row of `matrix` for each. */
function mix(picture, [[rr, rg, rb], [gr, gg, gb], [br, bg, bb]]) {
  const { data } = picture;
  for (let at = 0; at < data.length; at += 4) {
    const red = data[at];
    const green = data[at + 1];
    const blue = data[at + 2];
    data[at] = (rr * red + rg * green + rb * blue + ONE / 2) >> 16;
    data[at + 1] = (gr * red + gg * green + gb * blue + ONE / 2) >> 16;
    data[at + 2] = (br * red + bg * green + bb * blue + ONE / 2) >> 16;
  }
  return picture;
}

/**
 * Weights rounded to 16 fractional bits. Green's make up for the others', so that a row's sum is rounded as one: what
 * leaves gray unchanged does so to the last bit.
 */
function fixed(matrix) {
  const round = (weight) => Math.round(weight * ONE);
  return matrix.map(([red, green, blue]) => [round(red), round(red + green + blue) - round(red) - round(blue), round(blue)]);
}
