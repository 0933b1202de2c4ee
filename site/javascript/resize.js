// Another size: how a picture is fitted to a box.

import { pad } from "./geometry.js";
import { resample } from "./lanczos.js";

/**
 * @typedef {object} Box
 * @property {number} [width]  in pixels; a side that is left out follows from the other and the picture's proportions
 * @property {number} [height]
 * @property {"inside"|"outside"|"cover"|"contain"|"fill"} fit
 * @property {number[]} [colour]  of the canvas of "contain"
 * @property {boolean} enlarge  whether the picture may become larger than it is
 */

/**
 * Resamples a picture. One that has its size already stays as it is.
 * @param {import("./picture.js").Picture} picture
 * @param {Box} box
 */
export function resize(picture, box) {
  const [columns, rows] = scaled(picture, box);
  const covers = box.fit === "cover";
  const width = covers ? Math.min(columns, box.width) : columns;
  const height = covers ? Math.min(rows, box.height) : rows;
  const made = resample(picture, axis(picture.width, columns, width), axis(picture.height, rows, height));
  return box.fit === "contain" ? pad(made, box) : made;
}

/** The sides of the whole picture at its new size, each rounded half up. */
function scaled({ width, height }, box) {
  const sides = fitted(width, height, box);
  if (box.enlarge) return sides;
  const [columns, rows] = sides;
  if (box.fit === "fill") return [Math.min(columns, width), Math.min(rows, height)];
  return columns > width || rows > height ? [width, height] : sides;
}

function fitted(width, height, box) {
  const toWidth = (side) => [side, proportional(height, side, width)];
  const toHeight = (side) => [proportional(width, side, height), side];
  if (!box.height) return toWidth(box.width);
  if (!box.width) return toHeight(box.height);
  if (box.fit === "fill") return [box.width, box.height];
  const widthBinds = box.width * height <= box.height * width;
  const covers = box.fit === "cover" || box.fit === "outside";
  return widthBinds !== covers ? toWidth(box.width) : toHeight(box.height);
}

/** `side * to / from`, rounded half up, at least 1. */
function proportional(side, to, from) {
  return Math.max(1, Math.floor((side * to + Math.floor(from / 2)) / from));
}

/** `source` pixels resampled to `scaled`, of which the `made` ones in the middle are wanted. */
function axis(source, scaled, made) {
  const step = source / scaled;
  return { source, start: Math.floor((scaled - made) / 2) * step, extent: made === scaled ? source : made * step, made };
}
