/**
 * Ten thousand calls of everything leave the module's memory where it was.
 */

import assert from "node:assert/strict";

const ROUNDS = 10_000;
const WARM_UP = 100;

/** Calls all that an entry exports, and fails in those that can. `file` is a picture. */
export function checkLeaks(edge, memory, file) {
  const round = () => {
    if (edge.Pixels) callKernels(edge);
    if (edge.uppercase) callText(edge);
    if (edge.Hasher) callHasher(edge);
    if (edge.Image) callImage(edge, file);
  };
  for (let at = 0; at < WARM_UP; at++) round();
  const before = memory.buffer.byteLength;
  for (let at = 0; at < ROUNDS; at++) round();
  assert.equal(memory.buffer.byteLength, before);
}

function callKernels(edge) {
  const data = new Uint8Array(1024);
  edge.fnv1a_hash(data);
  edge.grayscale(data);
  edge.grayscale_simd(data);
  edge.box_blur(data, 16, 16, 5);
  fails(() => edge.fnv1a_hash());
  fails(() => edge.grayscale(data.subarray(1)));
  fails(() => edge.grayscale_simd(data.subarray(1)));
  fails(() => edge.box_blur(data, 16, 16, 128));
  const pixels = new edge.Pixels(16, 16);
  pixels.view().fill(1);
  pixels.grayscale();
  pixels.grayscale_simd();
  pixels.box_blur(1);
  fails(() => pixels.box_blur(128));
  pixels.free();
  fails(() => new edge.Pixels(0, 0));
}

function callText(edge) {
  for (const convert of [edge.uppercase, edge.lowercase, edge.titlecase, edge.casefold]) {
    convert("straße i", "tr");
    fails(() => convert("straße i", "-"));
    fails(() => convert(5));
  }
}

function callHasher(edge) {
  edge.algorithms();
  const hasher = new edge.Hasher("blake3", new Uint8Array(32));
  hasher.update(new Uint8Array(1000));
  fails(() => hasher.update());
  hasher.digest();
  hasher.hex();
  hasher.free();
  fails(() => new edge.Hasher("blake3", new Uint8Array(31)));
  fails(() => new edge.Hasher("none"));
}

function callImage(edge, file) {
  edge.transform(file, "resize:5x", { format: "qoi", background: "ff0000" });
  fails(() => edge.transform(file, "spin"));
  fails(() => edge.transform(file.subarray(0, 60), "flip"));
  const image = edge.Image.decode(file);
  image.apply("grayscale/blur:1");
  fails(() => image.apply("crop:999x999"));
  const rgba = image.rgba();
  image.encode("qoi");
  fails(() => image.encode("tiff"));
  edge.Image.from_rgba(rgba, image.width, image.height).free();
  fails(() => edge.Image.from_rgba(rgba, image.width, 1));
  image.free();
  fails(() => edge.Image.decode(file.subarray(0, 60)));
}

function fails(call) {
  assert.throws(call, { name: "Error" });
}
