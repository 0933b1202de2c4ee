// Colour weighted by alpha (Porter and Duff, Compositing Digital Images, 1984), so that sums over neighbouring pixels take
// as much of a colour as is seen of it.

import { over } from "./colour.js";

/** Replaces colour c by the nearest level to c a / 255, in place. */
export function premultiply(data) {
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3];
    data[at] = over(data[at], 0, alpha);
    data[at + 1] = over(data[at + 1], 0, alpha);
    data[at + 2] = over(data[at + 2], 0, alpha);
  }
}

/** Replaces weighted colour c by the nearest level to 255 c / a, half up, in place; by 0 where alpha is 0. */
export function unpremultiply(data) {
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3];
    const half = alpha >> 1;
    // What is past the range is held within it as it is stored.
    data[at] = alpha && Math.floor((255 * data[at] + half) / alpha);
    data[at + 1] = alpha && Math.floor((255 * data[at + 1] + half) / alpha);
    data[at + 2] = alpha && Math.floor((255 * data[at + 2] + half) / alpha);
  }
}
