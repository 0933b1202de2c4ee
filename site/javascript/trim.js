// The picture without its plain border.

import { cut } from "./geometry.js";

/**
 * Cuts rows and columns at the edges that are of one colour. A picture that is border all over stays as it is.
 * @param {import("./picture.js").Picture} picture
 * @param {number} tolerance  the most levels by which a channel of the border may differ from the top left pixel's; alpha
 *   counts as a channel, but transparent pixels are alike whatever their colour
 */
export function trim(picture, tolerance) {
  const { width, height, words } = picture;
  const alike = likeness(words[0], tolerance);
  const last = words.length - 1;

  let first = 0;
  while (first <= last && alike(words[first])) first++;
  if (first > last) return picture;
  let end = last;
  while (alike(words[end])) end--;
  const top = Math.floor(first / width);
  const bottom = Math.floor(end / width) + 1;

  let left = width;
  let right = 0;
  for (let row = top * width; row < bottom * width; row += width) {
    // Only where the row might add something.
    let x = 0;
    while (x < left && alike(words[row + x])) x++;
    left = x;
    x = width;
    while (x > right && alike(words[row + x - 1])) x--;
    right = x;
  }
  return cut(picture, left, top, right - left, bottom - top);
}

/** Whether a pixel is like the border's. */
function likeness(border, tolerance) {
  const near = (one, other) => Math.abs(one - other) <= tolerance;
  const alpha = border >>> 24;
  return (word) =>
    word === border ||
    (alpha === 0 && word >>> 24 === 0) ||
    (near(word & 255, border & 255) &&
      near((word >>> 8) & 255, (border >>> 8) & 255) &&
      near((word >>> 16) & 255, (border >>> 16) & 255) &&
      near(word >>> 24, alpha));
}
