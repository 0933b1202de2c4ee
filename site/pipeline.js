// A pipeline as text. The address of a picture and the page's own fragment are the same: image/SEGMENT/…?OPTIONS

import { readSegment, writeSegment } from "./operations.js";

/** The most operations that one request may ask for. */
export const MOST = 16;

/** The query's parameters that the page has inputs for. */
const OPTIONS = ["file", "format", "quality", "background"];

/**
 * @typedef {object} Pipeline
 * @property {{operation: import("./operations.js").Operation, values: object}[]} steps
 * @property {Record<string, string>} options  of the query; an empty one is left out
 */

/** The operations of `steps` as a path has them, unescaped. */
export function segments(steps) {
  return steps.map(writeSegment).join("/");
}

/** The path, relative to this page, that `pipeline` is asked for with. */
export function write({ steps, options }) {
  const path = ["image", ...steps.map((step) => escape(writeSegment(step)))].join("/");
  const query = new URLSearchParams(Object.entries(options).filter(([, value]) => value));
  return query.size ? `${path}?${query}` : path;
}

/** The pipeline that `text` is the path of, or nothing where it is none. */
export function read(text) {
  const match = text.match(/^image(?=[/?])([^?]*)(?:\?(.*))?$/);
  if (!match) return undefined;
  const [, path, query] = match;
  const given = new URLSearchParams(query);
  return {
    steps: path.split("/").filter(Boolean).map(unescape).map(readSegment),
    options: Object.fromEntries(OPTIONS.map((name) => [name, given.get(name) ?? ""])),
  };
}

/** Escapes what would end a segment, and leaves the signs of the grammar as they are. */
function escape(segment) {
  return encodeURIComponent(segment).replace(/%(3A|2C|2B)/g, decodeURIComponent);
}

/** What was escaped; a `%` that escapes nothing stands for itself. */
function unescape(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
