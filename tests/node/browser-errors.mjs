/**
 * What the npm package refuses, and how.
 */

import assert from "node:assert/strict";

const NO_BYTES = "The bytes are not in a Uint8Array.";
const NO_PICTURE =
  "The bytes are no picture; PNG, JPEG, WebP, GIF, BMP, TIFF, ICO, QOI, PNM are read.";
const WHOLE = "must be a whole number from 0 to 4294967295.";

/** What is none of the arguments that any export takes. */
const STRANGERS = [undefined, null, 5, NaN, true, {}, [1, 2, 3, 4], () => 1, new Uint16Array(4), new DataView(new ArrayBuffer(4))];

/** Numbers that count nothing. */
const NO_COUNTS = [-1, 0.5, NaN, Infinity, 2 ** 32, undefined, "a"];

/**
 * Checks that each of the calls throws an `Error` that says just this, and changes nothing of a
 * picture.
 */
export function checkErrors(edge) {
  const pixels = () => Uint8Array.from({ length: 16 }, (_, at) => at);
  const refuses = (message, call) => {
    const data = pixels();
    assert.throws(() => call(data), { name: "Error", message });
    assert.deepEqual(data, pixels());
  };

  for (const gray of [edge.grayscale, edge.grayscale_simd]) {
    refuses("The picture has no pixels.", () => gray(new Uint8Array(0)));
    for (const length of [1, 3, 5, 15]) {
      refuses(`The picture has ${length} bytes; a pixel of RGBA has 4.`, (data) => gray(data.subarray(0, length)));
    }
  }
  const { box_blur: blur } = edge;
  for (const [width, height] of [[0, 4], [4, 0], [0, 0]]) {
    refuses("The picture has no pixels.", (data) => blur(data, width, height, 1));
  }
  for (const length of [0, 15]) {
    refuses(`The picture has ${length} bytes; 2 x 2 pixels of RGBA have 4 each.`, (data) => blur(data.subarray(0, length), 2, 2, 1));
  }
  refuses("The picture has 17 bytes; 2 x 2 pixels of RGBA have 4 each.", () => blur(new Uint8Array(17), 2, 2, 1));
  for (const radius of [128, 2 ** 32 - 1]) {
    refuses(`The radius is ${radius}; it must be a whole number from 0 to 127.`, (data) => blur(data, 2, 2, radius));
  }
  for (const number of NO_COUNTS) {
    refuses(`The width ${WHOLE}`, (data) => blur(data, number, 2, 1));
    refuses(`The height ${WHOLE}`, (data) => blur(data, 2, number, 1));
    refuses(`The radius ${WHOLE}`, (data) => blur(data, 2, 2, number));
    refuses(`The width ${WHOLE}`, () => new edge.Pixels(number, 2));
    refuses(`The height ${WHOLE}`, (data) => edge.Image.from_rgba(data, 2, number));
  }
  refuses("The picture has no pixels.", () => new edge.Pixels(0, 2));
  refuses("The picture needs more memory than is free.", () => new edge.Pixels(2 ** 32 - 1, 2 ** 32 - 1));
  refuses("The picture needs more memory than is free.", () => new edge.Pixels(2 ** 15, 2 ** 15 - 1));
  refuses("The picture has 16 bytes; 2 x 3 pixels of RGBA have 4 each.", (data) => edge.Image.from_rgba(data, 2, 3));

  for (const stranger of STRANGERS) {
    refuses(NO_BYTES, () => edge.grayscale(stranger));
    refuses(NO_BYTES, () => edge.box_blur(stranger, 1, 1, 1));
    refuses(NO_BYTES, () => edge.fnv1a_hash(stranger));
    refuses(NO_BYTES, () => edge.Image.decode(stranger));
    refuses(NO_BYTES, () => edge.Image.from_rgba(stranger, 1, 1));
    refuses(NO_BYTES, () => edge.transform(stranger, "flip"));
    refuses("The algorithm is not a string.", () => new edge.Hasher(stranger));
    for (const convert of [edge.uppercase, edge.lowercase, edge.titlecase, edge.casefold]) {
      refuses("The text is not a string.", () => convert(stranger));
    }
  }
  checkHashErrors(edge, refuses);
  checkImageErrors(edge, refuses);

  refuses("The locale is '-'; it must be a language tag (BCP 47).", () => edge.uppercase("a", "-"));
  refuses("The locale is not a string.", () => edge.uppercase("a", 5));
  const long = "a".repeat(64 * 1024 * 1024 + 1);
  refuses("The text is longer than 67108864 UTF-16 code units.", () => edge.uppercase(long));
}

function checkHashErrors(edge, refuses) {
  const known = edge.algorithms().join(", ");
  refuses(`There is no algorithm ''; there are ${known}.`, () => new edge.Hasher(""));
  refuses(`There is no algorithm 'md4'; there are ${known}.`, () => new edge.Hasher("md4"));
  refuses("The algorithm 'sha-256': no key is taken.", (data) => new edge.Hasher("sha-256", data));
  refuses("The algorithm 'hmac-sha-256': a key is required.", () => new edge.Hasher("hmac-sha-256"));
  refuses("The algorithm 'blake3': the key has 16 bytes; it must have 32.", (data) => new edge.Hasher("blake3", data));
  refuses(NO_BYTES, () => new edge.Hasher("blake3", "key"));
  const hasher = new edge.Hasher("crc32");
  for (const stranger of STRANGERS) refuses(NO_BYTES, () => hasher.update(stranger));
  assert.equal(hasher.hex(), "00000000");
  hasher.free();
  refuses("null pointer passed to rust", () => hasher.hex());
}

function checkImageErrors(edge, refuses) {
  refuses("The picture has no bytes.", () => edge.Image.decode(new Uint8Array(0)));
  refuses(NO_PICTURE, (data) => edge.Image.decode(data));
  refuses(NO_PICTURE, (data) => edge.transform(data, "flip"));
  const image = edge.Image.from_rgba(new Uint8Array(16), 2, 2);
  const file = image.encode("png");
  const none = /^There is no operation 'spin'; there are resize, crop, /;
  refuses(none, () => image.apply("spin"));
  refuses(none, () => edge.transform(file, "flip/spin"));
  refuses(/^There is no operation ''; there are /, () => image.apply(""));
  refuses("The pipeline is not a string.", () => image.apply());
  refuses("The pipeline is not a string.", () => edge.transform(file, 5));
  refuses("The format is not a string.", () => image.encode(5));
  refuses("The format is 'tiff'; it must be one of png, jpeg, webp, gif, qoi.", () => image.encode("tiff"));
  refuses("The format is 'tiff'; it must be one of png, jpeg, webp, gif, qoi.", () => edge.transform(file, "flip", { format: "tiff" }));
  for (const quality of [0, 101]) {
    refuses(`The quality is ${quality}; it must be a whole number from 1 to 100.`, () => image.encode("jpeg", quality));
  }
  refuses(`The quality ${WHOLE}`, () => image.encode("jpeg", 80.5));
  refuses("The format png has no quality; it must be left out.", () => edge.transform(file, "flip", { format: "png", quality: 80 }));
  assert.deepEqual(edge.transform(file, "flip", { quality: 80 }), edge.transform(file, "flip"));
  refuses("The background is 'red'; it must be a colour RRGGBB or RRGGBBAA.", () => image.encode("jpeg", 80, "red"));
  refuses("The background is not a string.", () => edge.transform(file, "flip", { background: 5 }));
  refuses("There is no frame 1; the picture has only frame 0.", () => edge.transform(file, "flip", { frame: 1 }));
  refuses(`The frame ${WHOLE}`, () => edge.transform(file, "flip", { frame: 0.5 }));
  assert.deepEqual(edge.transform(file, "flip", { frame: 0 }), edge.transform(file, "flip"));
  assert.deepEqual([image.width, image.height], [2, 2]);
  image.free();
  refuses("null pointer passed to rust", () => image.rgba());
}
