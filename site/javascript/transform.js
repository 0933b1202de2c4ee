// From file to file: what the edge function does, by what the browser brings and the operations in plain JavaScript.

import { decode, encode } from "./codec.js";
import { readEncoding } from "./encoding.js";
import { parse, run } from "./pipeline.js";

/**
 * How the operations are meant and their result is written, as in the query of /image.
 * @typedef {object} Options
 * @property {"png"|"jpeg"|"webp"|"qoi"} [format]  else the picture's own, where that is PNG, JPEG or WebP, else PNG
 * @property {number} [quality]     of a JPEG, 1 to 100; 80 unless given
 * @property {string} [background]  RRGGBB or RRGGBBAA: what lies around a picture or beneath it
 * @property {number} [radius]      of a `blur` that names none, 0 to 127; 5 unless given
 */

/**
 * What comes of it.
 * @typedef {object} Result
 * @property {Blob} blob
 * @property {number} width   in pixels
 * @property {number} height
 * @property {{decode: number, operations: number, encode: number}} milliseconds
 */

/**
 * A picture's file after a pipeline; all that is asked for is checked before the file is read.
 * @param {Blob} file  its type says which format it is in
 * @param {string} pipeline  `resize:800x600/grayscale/blur:3`
 * @param {Options} [options]
 * @returns {Promise<Result>}
 */
export async function transform(file, pipeline, options = {}) {
  const operations = parse(pipeline, options);
  const encoding = readEncoding(file.type, options);
  const milliseconds = {};
  const timed = async (stage, task) => {
    const start = performance.now();
    const result = await task();
    milliseconds[stage] = performance.now() - start;
    return result;
  };
  const before = await timed("decode", () => decode(file));
  const after = await timed("operations", () => run(before, operations));
  const blob = await timed("encode", () => encode(after, encoding));
  return { blob, width: after.width, height: after.height, milliseconds };
}
