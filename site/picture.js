// A file as a picture that this browser can draw.

import { send } from "./request.js";

/** Asks for a picture as it is, in a format that every browser draws. */
const AS_PNG = "image/blur:0?format=png";

/**
 * A picture that can be shown any number of times, until it is closed.
 * @typedef {object} Picture
 * @property {string} url
 * @property {number} width   in pixels
 * @property {number} height
 */

/**
 * Opens a file; what this browser cannot draw is fetched as PNG.
 * @param {Blob} file
 * @param {AbortSignal} signal
 * @returns {Promise<Picture>}
 */
export async function open(file, signal) {
  const picture = (await decoded(file)) ?? (await decoded(await (await send({ path: AS_PNG, body: file }, signal)).blob()));
  if (signal.aborted) close(picture);
  signal.throwIfAborted();
  return picture;
}

/** Lets a picture go that is shown no more. */
export function close(picture) {
  if (picture) URL.revokeObjectURL(picture.url);
}

/** The picture of a file, or nothing where this browser cannot draw it. */
async function decoded(file) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
    return { url: image.src, width: image.naturalWidth, height: image.naturalHeight };
  } catch {
    URL.revokeObjectURL(image.src);
    return undefined;
  }
}

/** The name of a file's format, by its first bytes: of those that pictures go out in. */
export async function format(file) {
  const head = String.fromCharCode(...new Uint8Array(await file.slice(0, 12).arrayBuffer()));
  const known = { JPEG: /^\xff\xd8/, PNG: /^\x89PNG/, WebP: /^RIFF....WEBP/s, GIF: /^GIF8/, QOI: /^qoif/ };
  return Object.keys(known).find((name) => known[name].test(head)) ?? "";
}
