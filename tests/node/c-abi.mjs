/**
 * The host of `examples/node`: it gives the golden digests, and frees what it takes.
 *
 * usage: node c-abi.mjs ROOT
 */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { checkGolden } from "./golden.mjs";

const ROUNDS = 10_000;

const root = process.argv[2];
const { Edge, EdgeError } = await import(pathToFileURL(join(root, "examples/node/edge.mjs")));
const file = join(root, "target/wasm32-unknown-unknown/release/edge_c_abi.wasm");
const edge = await Edge.load(file);

const PREFIX = "Processed: ";
const encoder = new TextEncoder();

/** What the module offers of the golden lines. */
const host = {
  hash(algorithm, bytes) {
    if (algorithm !== "fnv1a-64") return undefined;
    return edge.fnv1aHash(bytes).toString(16).padStart(16, "0");
  },
  text(mapping, locale, text) {
    if (mapping !== "upper" || locale !== "und") return undefined;
    const processed = edge.processString(text);
    assert(processed.startsWith(PREFIX));
    return processed.slice(PREFIX.length);
  },
  pixels(operation, width, height, rgba) {
    const [name, radius] = operation.split(":");
    if (name === "grayscale") edge.grayscale(rgba);
    else edge.boxBlur(rgba, width, height, Number(radius));
    return rgba;
  },
};

/** One of each call, and one of each refusal. */
function callAll() {
  edge.processString("straße, 0123456789");
  edge.processString("");
  edge.fnv1aHash(new Uint8Array(100));
  edge.grayscale(new Uint8Array(64));
  edge.boxBlur(new Uint8ClampedArray(64), 4, 4, 1);
  assert.throws(() => edge.grayscale(new Uint8Array(0)), EdgeError);
  assert.throws(() => edge.processString(5), { name: "TypeError", message: "the text is not a string" });
  for (const bytes of ["abc", undefined, new ArrayBuffer(3), new Uint16Array(2), [1, 2, 3, 4]]) {
    const refused = { name: "TypeError", message: "the bytes are not in a Uint8Array" };
    assert.throws(() => edge.fnv1aHash(bytes), refused);
    assert.throws(() => edge.grayscale(bytes), refused);
  }
  assert.throws(() => edge.grayscale(new Uint8Array(65)), EdgeError);
  assert.throws(() => edge.boxBlur(new Uint8Array(64), 4, 5, 1), EdgeError);
}

/** @returns {number} by how many bytes the memory grows in 80,000 calls */
function growth() {
  callAll();
  const before = edge.memoryBytes;
  for (let round = 0; round < ROUNDS; round += 1) callAll();
  return edge.memoryBytes - before;
}

/** Calls during which the memory grows, so that earlier views of it are detached. */
function outgrow() {
  const text = "ß".repeat(5_000_000);
  assert.equal(edge.processString(text), PREFIX + "S".repeat(10_000_000));
  const rgba = new Uint8Array(40_000_000).fill(7);
  edge.grayscale(rgba);
  assert(rgba.every((sample) => sample === 7));
}

/** Calls past the first 2 GiB of memory, where the highest bit of an address is set. */
async function reachHigh() {
  const { instance } = await WebAssembly.instantiate(await readFile(file), {});
  const { allocate } = instance.exports;
  // Nothing is written there, so that nothing is spent but addresses.
  for (let gibibytes = 0; gibibytes < 2; gibibytes += 1) assert.notEqual(allocate(2 ** 30), 0);
  assert(allocate(1) < 0);
  const high = new Edge(instance);
  assert.equal(high.processString("straße"), "Processed: STRASSE");
  assert.equal(high.fnv1aHash(encoder.encode("hello")), 0xa430d84680aabd0bn);
  const rgba = Uint8Array.of(10, 20, 30, 40);
  high.grayscale(rgba);
  assert.deepEqual(rgba, Uint8Array.of(18, 18, 18, 40));
}

function refusals() {
  const pixels = new Uint8Array(64).map((_, at) => at);
  const before = pixels.slice();
  const refusal = (call) => {
    try {
      call();
    } catch (error) {
      return `${error.name}: ${error.message}`;
    }
    return undefined;
  };
  assert.equal(
    refusal(() => edge.boxBlur(pixels, 5, 4, 1)),
    "EdgeError: the picture has no pixels, or not as many as its width and height ask for",
  );
  assert.equal(
    refusal(() => edge.boxBlur(pixels, 4, 4, 128)),
    "EdgeError: the radius is not a whole number from 0 to 127",
  );
  for (const radius of [-1, 1.5, 2 ** 32, NaN]) {
    assert.equal(
      refusal(() => edge.boxBlur(pixels, 4, 4, radius)),
      `RangeError: the radius is ${radius}; it must be a whole number from 0 to 2^32 - 1`,
    );
  }
  assert.deepEqual(pixels, before);
}

// Before anything large, in whose place a leak could hide.
assert.equal(growth(), 0);
assert.equal(edge.processString("straße"), "Processed: STRASSE");
assert.equal(edge.processString("\u{feff}i"), "Processed: \u{feff}I");
assert.equal(edge.fnv1aHash(new Uint8Array(0)), 0xcbf29ce484222325n);
refusals();
outgrow();
await reachHigh();
console.log(JSON.stringify(await checkGolden(root, host)));
