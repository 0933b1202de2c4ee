// Pixels that only move: rectangles, canvases, turns and mirror images.

import { Picture } from "./picture.js";

/** The side, in pixels, of the squares that a turn moves one after the other, so that both ends stay in the cache. */
const BLOCK = 64;

/** For each gravity what part of the room that is left over lies before the rectangle: across, then down. */
const GRAVITIES = {
  center: [1 / 2, 1 / 2],
  north: [1 / 2, 0],
  south: [1 / 2, 1],
  east: [1, 1 / 2],
  west: [0, 1 / 2],
  northeast: [1, 0],
  northwest: [0, 0],
  southeast: [1, 1],
  southwest: [0, 1],
};

/** @param {string} name */
export function isGravity(name) {
  return Object.hasOwn(GRAVITIES, name);
}

/**
 * A rectangle, by the place of its first pixel or by a gravity. Of an odd pixel about the middle, more is left over to the
 * right and below.
 * @typedef {{width: number, height: number, left?: number, top?: number, gravity?: string}} Rectangle  in pixels
 */

/**
 * Keeps a rectangle.
 * @param {Picture} picture
 * @param {Rectangle} rectangle
 */
export function crop(picture, rectangle) {
  const { width, height, gravity } = rectangle;
  const right = picture.width - width;
  const bottom = picture.height - height;
  const [across, down] = GRAVITIES[gravity] ?? [];
  const { left = Math.floor(right * across), top = Math.floor(bottom * down) } = rectangle;
  if (right < 0 || bottom < 0 || left > right || top > bottom) {
    const text = `${width}x${height}${gravity ? `,${gravity}` : `+${left}+${top}`}`;
    const size = `${picture.width} x ${picture.height}`;
    throw new RangeError(`The segment 'crop:${text}' reaches beyond the picture, which has ${size} pixels there.`);
  }
  return cut(picture, left, top, width, height);
}

/** The rectangle of a picture that has it. */
export function cut(picture, left, top, width, height) {
  if (width === picture.width && height === picture.height) return picture;
  const from = picture.words;
  const kept = Picture.blank(width, height);
  const to = kept.words;
  for (let y = 0; y < height; y++) {
    const start = (top + y) * picture.width + left;
    to.set(from.subarray(start, start + width), y * width);
  }
  return kept;
}

/**
 * The fewest columns and rows of a canvas, and its colour: red, green, blue and alpha.
 * @typedef {{width: number, height: number, colour: number[]}} Canvas
 */

/**
 * Puts the picture in the middle of a canvas; of an odd pixel, more is added to the right and below. A side that is longer
 * already stays. The picture's own transparent pixels stay transparent.
 * @param {Picture} picture
 * @param {Canvas} canvas
 */
export function pad(picture, { width, height, colour: [red, green, blue, alpha] }) {
  const across = Math.max(width, picture.width);
  const down = Math.max(height, picture.height);
  if (across === picture.width && down === picture.height) return picture;
  const padded = Picture.blank(across, down);
  const to = padded.words.fill((alpha << 24) | (blue << 16) | (green << 8) | red);
  const from = picture.words;
  const left = (across - picture.width) >> 1;
  const top = (down - picture.height) >> 1;
  for (let y = 0; y < picture.height; y++) {
    to.set(from.subarray(y * picture.width, (y + 1) * picture.width), (top + y) * across + left);
  }
  return padded;
}

/** Turns clockwise. */
export function rotate(picture, degrees) {
  if (degrees === 180) {
    picture.words.reverse();
    return picture;
  }
  const { width, height } = picture;
  // The picture's place from which the first row's pixels come, one step after the other; and how far on each row begins.
  return degrees === 90
    ? turned(picture, (height - 1) * width, -width, 1)
    : turned(picture, width - 1, width, -1);
}

function turned(picture, first, step, next) {
  const turned = Picture.blank(picture.height, picture.width);
  const { width, height, words: to } = turned;
  const from = picture.words;
  for (let top = 0; top < height; top += BLOCK) {
    const bottom = Math.min(top + BLOCK, height);
    for (let left = 0; left < width; left += BLOCK) {
      const right = Math.min(left + BLOCK, width);
      for (let y = top; y < bottom; y++) {
        let source = first + y * next + left * step;
        for (let x = left; x < right; x++, source += step) to[y * width + x] = from[source];
      }
    }
  }
  return turned;
}

/** Exchanges top and bottom. */
export function flip(picture) {
  const { width, height, words } = picture;
  const kept = new Int32Array(width);
  for (let upper = 0, lower = (height - 1) * width; upper < lower; upper += width, lower -= width) {
    kept.set(words.subarray(upper, upper + width));
    words.copyWithin(upper, lower, lower + width);
    words.set(kept, lower);
  }
  return picture;
}

/** Exchanges left and right. */
export function flop(picture) {
  const { width, words } = picture;
  for (let row = 0; row < words.length; row += width) words.subarray(row, row + width).reverse();
  return picture;
}
