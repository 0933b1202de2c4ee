/**
 * The npm package: each of its entries loads, gives the golden digests with SIMD and without, says
 * what is wrong, and leaks nothing.
 *
 * usage: node browser.mjs ROOT
 */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

import { checkErrors } from "./browser-errors.mjs";
import { checkLeaks } from "./browser-leaks.mjs";
import { checkLengths, checkViews } from "./browser-memory.mjs";
import { checkGolden } from "./golden.mjs";

const root = process.argv[2];

/** What each entry exports; `/full` is another name of the first. */
const KERNELS = ["Pixels", "box_blur", "fnv1a_hash", "grayscale", "grayscale_simd"];
const TEXT = ["casefold", "lowercase", "titlecase", "uppercase"];
const HASH = ["Hasher", "algorithms", "fnv1a_hash"];
const FULL = [...new Set([...KERNELS, ...TEXT, ...HASH, "Image", "transform"])];
const ENTRIES = { "": FULL, "/kernels": KERNELS, "/text": TEXT, "/hash": HASH };

/** Finds entries as a bundler or Node does, from the package's `exports`. */
const { resolve } = createRequire(join(root, "target/browser/package.json"));
const entry = (name) => pathToFileURL(resolve(`edge-functions${name}`)).href;

/** What a build offers of the golden lines: all that its entry exports. */
const hostOf = (edge) => ({
  hash: edge.Hasher && ((algorithm, bytes) => {
    const hasher = new edge.Hasher(algorithm);
    hasher.update(bytes.subarray(0, 99));
    hasher.update(bytes.subarray(99));
    const hex = hasher.hex();
    hasher.free();
    return hex;
  }),
  text: edge.uppercase && ((mapping, locale, text) => {
    const convert = { upper: edge.uppercase, lower: edge.lowercase, title: edge.titlecase, fold: edge.casefold };
    return convert[mapping](text, locale === "und" ? undefined : locale);
  }),
  pixels: edge.grayscale && ((operation, width, height, rgba) => {
    const [name, radius] = operation.split(":");
    if (name === "blur") {
      edge.box_blur(rgba, width, height, Number(radius));
      return rgba;
    }
    const simd = rgba.slice();
    edge.grayscale(rgba);
    edge.grayscale_simd(simd);
    assert.deepEqual(simd, rgba);
    return rgba;
  }),
  image: edge.transform && ((pipeline, format, file) => {
    const first = edge.transform(file, pipeline, { format, frame: 0 });
    assert.deepEqual(stepByStep(edge, pipeline, format, file), first);
    return edge.transform(file, pipeline, { format });
  }),
});

/** What `transform` does to the first frame, by the methods of `Image`. */
function stepByStep(edge, pipeline, format, file) {
  const image = edge.Image.decode(file);
  image.apply(pipeline);
  const answer = image.encode(format);
  image.free();
  return answer;
}

/** What a worker makes of a text. */
function inWorker(text) {
  const program = `
    const { parentPort, workerData } = require("node:worker_threads");
    import(workerData.entry)
      .then(({ load }) => load())
      .then((edge) => parentPort.postMessage(edge.uppercase(workerData.text)));`;
  const worker = new Worker(program, { eval: true, workerData: { entry: entry("/text"), text } });
  return new Promise((done, failed) => worker.once("message", done).once("error", failed));
}

assert.equal(entry("/full"), entry(""));
const file = new Uint8Array(await readFile(join(root, "tests/data/golden/rgba.png")));
const done = {};
for (const [name, exported] of Object.entries(ENTRIES)) {
  const { load } = await import(entry(name));
  assert.equal(load(), load({ simd: true }));
  assert.notEqual(await load({ simd: false }), await load());
  for (const simd of [true, false]) {
    const edge = await load({ simd });
    const names = Object.keys(edge).filter((name) => name !== "default" && name !== "initSync");
    assert.deepEqual(names.sort(), exported.toSorted());
    done[`edge-functions${name} ${simd ? "simd" : "portable"}`] = await checkGolden(root, hostOf(edge));
    const { memory } = await edge.default();
    if (edge.Image) {
      checkErrors(edge);
      checkLengths(edge);
    }
    if (edge.Pixels) checkViews(edge, memory);
    checkLeaks(edge, memory, file);
  }
}
assert.equal(await inWorker("straße"), "STRASSE");
console.log(JSON.stringify(done));
