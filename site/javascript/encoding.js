// How a picture is to be written.

import { excerpt } from "./arguments.js";
import { onWhite, readBackground } from "./colour.js";

/** The formats that can be written: GIF by the core, of which browsers write none. */
const FORMATS = ["png", "jpeg", "webp", "gif", "qoi"];

const QUALITY = 80;
const WHITE = "ffffff";

/**
 * A format, and what it asks to be told.
 * @typedef {object} Encoding
 * @property {string} format
 * @property {number} quality  of a JPEG, 1 to 100
 * @property {number[]} ground  the opaque colour that transparency lies on in a JPEG
 */

/**
 * Reads an encoding.
 * @param {string} type  the media type of the picture, whose format is kept where it can be
 * @param {{format?: string, quality?: number, background?: string}} asked
 * @returns {Encoding}
 */
export function readEncoding(type, { format, quality, background = WHITE }) {
  if (format !== undefined && !FORMATS.includes(format)) {
    throw new RangeError(`The format is '${excerpt(format)}'; it must be one of ${FORMATS.join(", ")}.`);
  }
  if (format !== undefined && format !== "jpeg" && quality !== undefined) {
    throw new RangeError(`The format ${format} has no quality; it must be left out.`);
  }
  if (quality !== undefined && !(Number.isInteger(quality) && quality >= 1 && quality <= 100)) {
    throw new RangeError(`The quality is ${quality}; it must be a whole number from 1 to 100.`);
  }
  return { format: format ?? kept(type), quality: quality ?? QUALITY, ground: onWhite(readBackground(background)) };
}

/** A picture's own format where that is written and widely read, else PNG. */
function kept(type) {
  const own = type.replace(/^image\//, "");
  return ["jpeg", "webp"].includes(own) ? own : "png";
}
