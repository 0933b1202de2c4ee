// Operations in order, each on the result of the one before: `resize:800x600/grayscale/blur:3`, as in the path of /image.

import { checkRadius } from "./blur.js";
import { readBackground } from "./colour.js";
import { operation } from "./syntax.js";

/** The most operations. */
const MOST = 16;

/**
 * What stands in for arguments that are left out.
 * @typedef {object} Options
 * @property {number} [radius]  of `blur`, 0 to 127; 5 unless given
 * @property {string} [background]  RRGGBB or RRGGBBAA: what lies around a picture or beneath it
 */

/**
 * Reads a pipeline.
 * @param {string} text
 * @param {Options} [options]
 * @returns {import("./syntax.js").Operation[]}
 */
export function parse(text, { radius = 5, background } = {}) {
  checkRadius(radius);
  const defaults = { radius, background: background === undefined ? undefined : readBackground(background) };
  const operations = text.split("/").map((segment, at) => inSegment(at, () => operation(segment, defaults)));
  if (operations.length > MOST) {
    throw new SyntaxError(`The pipeline has ${operations.length} operations; at most ${MOST} are allowed.`);
  }
  return operations;
}

/**
 * Applies a pipeline.
 * @param {import("./picture.js").Picture} picture  may be changed
 * @param {string} pipeline
 * @param {Options} [options]
 * @returns {import("./picture.js").Picture}
 */
export function apply(picture, pipeline, options) {
  return run(picture, parse(pipeline, options));
}

/** Applies operations that have been read. */
export function run(picture, operations) {
  return operations.reduce((result, operation, at) => inSegment(at, () => operation(result)), picture);
}

/** What `task` gives; an error of it is told the zero-based position of its segment. */
function inSegment(segment, task) {
  try {
    return task();
  } catch (error) {
    throw Object.assign(error, { segment });
  }
}
