/**
 * Bytes on both sides of the boundary: of every length, and as views of the module's own memory.
 */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";

/** Bytes that are copied at a time. */
const PIECE = 64 * 1024;

const GONE = "The bytes are gone: their array has lost its memory.";

/** Bytes that tell where they are. */
const pattern = (length) => Uint8Array.from({ length }, (_, at) => 31 * at + (at >> 8));

/** Luma of BT.601, from the formula. */
function luma(rgba) {
  const gray = rgba.slice();
  for (let at = 0; at < gray.length; at += 4) {
    const [red, green, blue] = rgba.subarray(at, at + 3);
    gray.fill((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16, at, at + 3);
  }
  return gray;
}

/** Digests and luma about the lengths where pieces end, and of clamped bytes. */
export function checkLengths(edge) {
  for (const length of [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 1]) {
    const bytes = pattern(length);
    const hasher = new edge.Hasher("sha-256");
    hasher.update(bytes);
    assert.equal(Buffer.from(hasher.digest()).toString("hex"), hasher.hex());
    assert.equal(hasher.hex(), createHash("sha256").update(bytes).digest("hex"));
    hasher.free();
    const fnv = new edge.Hasher("fnv1a-64");
    fnv.update(bytes);
    assert.equal(edge.fnv1a_hash(bytes), BigInt(`0x${fnv.hex()}`));
    fnv.free();
  }
  assert.equal(edge.fnv1a_hash(new TextEncoder().encode("foobar")), 0x85944171f73967e8n);
  for (const pixels of [1, 2, 15, 16, 17, PIECE / 4 - 1, PIECE / 4, PIECE / 4 + 1]) {
    const rgba = pattern(4 * pixels);
    for (const gray of [edge.grayscale, edge.grayscale_simd]) {
      const clamped = new Uint8ClampedArray(rgba);
      gray(clamped);
      assert.deepEqual(new Uint8Array(clamped), luma(rgba));
    }
  }
}

/** Pixels that are written where the module has them. */
export function checkViews(edge, memory) {
  const [width, height] = [9, 7];
  const rgba = pattern(4 * width * height);
  const pixels = new edge.Pixels(width, height);
  assert.deepEqual([pixels.width, pixels.height], [width, height]);
  assert.deepEqual(pixels.view(), new Uint8Array(rgba.length));
  for (const [inPlace, copied] of [
    [() => pixels.grayscale(), edge.grayscale],
    [() => pixels.grayscale_simd(), edge.grayscale_simd],
    [() => pixels.box_blur(2), (data) => edge.box_blur(data, width, height, 2)],
  ]) {
    const expected = rgba.slice();
    copied(expected);
    pixels.view().set(rgba);
    inPlace();
    assert.deepEqual(pixels.view(), expected);
  }
  assert.throws(() => pixels.box_blur(128), {
    message: "The radius is 128; it must be a whole number from 0 to 127.",
  });

  // The functions take a view like any array.
  pixels.view().set(rgba);
  edge.grayscale(pixels.view());
  assert.deepEqual(pixels.view(), luma(rgba));

  checkGrowth(edge, memory, pixels);
  pixels.free();
  assert.throws(() => pixels.view(), { message: "null pointer passed to rust" });
}

/** A view loses its bytes as memory grows, and a new one has them. */
function checkGrowth(edge, memory, pixels) {
  const before = pixels.view().slice();
  const stale = pixels.view();
  // As much as there is free, and more.
  const side = Math.ceil(Math.sqrt(memory.buffer.byteLength / 4));
  const large = new edge.Pixels(side, side);
  assert.equal(stale.length, 0);
  assert.deepEqual(pixels.view(), before);
  assert.throws(() => edge.grayscale(stale), { message: GONE });
  // Its copy makes memory grow, which takes away what is to be copied.
  assert.throws(() => edge.box_blur(large.view(), side, side, 1), {
    message: GONE,
  });
  large.free();
}
