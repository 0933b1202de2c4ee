// Pictures from files and into them, by what the browser brings.
//
// A canvas keeps colour weighted by alpha, in 8 bits: under a low alpha it has fewer levels than the file. The operations
// lose none.

import { Picture, checkSides } from "./picture.js";
import { encodeQoi } from "./qoi.js";
import { flatten } from "./tone.js";

/**
 * The picture of a file, turned upright, its colours in sRGB.
 * @param {Blob} file
 * @returns {Promise<Picture>}
 */
export async function decode(file) {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Error("This browser can't read the picture: it does not know the format, or the file is broken.");
  });
  try {
    const { width, height } = bitmap;
    checkSides(width, height);
    const context = canvas(width, height);
    context.drawImage(bitmap, 0, 0);
    return new Picture(width, height, context.getImageData(0, 0, width, height).data);
  } finally {
    bitmap.close();
  }
}

/**
 * The file of a picture. WebP is lossless where the browser can.
 * @param {Picture} picture  may be changed
 * @param {import("./encoding.js").Encoding} encoding
 * @returns {Promise<Blob>}
 */
export async function encode(picture, { format, quality, ground }) {
  const type = `image/${format}`;
  if (format === "qoi") return new Blob([encodeQoi(picture)], { type });
  const { width, height, data } = format === "jpeg" ? flatten(picture, ground) : picture;
  const context = canvas(width, height);
  context.putImageData(new ImageData(data, width, height), 0, 0);
  const file = await context.canvas.convertToBlob({ type, quality: format === "jpeg" ? quality / 100 : 1 });
  if (file.type !== type) throw new Error(`This browser can't write ${format}.`);
  return file;
}

/** A canvas in the computer's memory, not the graphics card's: its pixels go in and out, and are never shown. */
function canvas(width, height) {
  return new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
}
