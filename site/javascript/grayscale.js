// Luma.

import { words } from "./picture.js";

/**
 * Replaces red, green and blue by their luma after ITU-R BT.601, `(19595 R + 38470 G + 7471 B + 32768) >> 16`.
 * @param {Uint8ClampedArray|Uint8Array} data  straight RGBA, beginning at a multiple of 4 in its buffer; changed in place
 */
export function grayscale(data) {
  if (data.length === 0) throw new RangeError("The picture has no pixels.");
  if (data.length % 4) throw new RangeError(`The picture has ${data.length} bytes; a pixel of RGBA has 4.`);
  const pixels = words(data);
  for (let at = 0; at < pixels.length; at++) {
    const pixel = pixels[at];
    pixels[at] = (pixel & 0xff000000) | (luma(pixel & 255, (pixel >>> 8) & 255, (pixel >>> 16) & 255) * 0x010101);
  }
}

/** The luma of one pixel. */
export function luma(red, green, blue) {
  return (19595 * red + 38470 * green + 7471 * blue + 32768) >>> 16;
}
