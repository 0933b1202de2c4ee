/**
 * The bench's contenders in plain JavaScript make what others make, and its referee sees who does not.
 *
 * usage: node bench.mjs ROOT
 */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = process.argv[2];
const from = (path) => import(pathToFileURL(join(root, path)));
const core = await (await from("target/browser/full.js")).load();
const { Bodies } = await from("site/bench/javascript/bodies.js");
const { summarize } = await from("site/bench/javascript/catalogue.js");
const { fnv1a64 } = await from("site/bench/javascript/fnv1a64.js");
const { decodeJpeg } = await from("site/bench/javascript/jpeg/decode.js");
const { sha256 } = await from("site/bench/javascript/sha256.js");
const { Spectrum } = await from("site/bench/javascript/spectrum.js");
const { bytes, numbers, picture } = await from("site/bench/inputs.js");
const { measure } = await from("site/bench/referee.js");
const { digits, markdown, rate } = await from("site/bench/report.js");

/** About the ends of SHA-256's blocks and of their padding, in bytes. */
const LENGTHS = [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 1000];
/** About the ends of blocks and of pairs of them, in pixels. */
const SIDES = [1, 2, 7, 8, 9, 15, 16, 17, 33];
/** Levels that roundings of colours and of their halves may differ by. */
const LEVELS = 4;

function digests() {
  for (const length of LENGTHS) {
    const input = bytes(length);
    assert.equal(sha256(input), createHash("sha256").update(input).digest("hex"), `${length} bytes`);
    assert.equal(fnv1a64(input), core.fnv1a_hash(input).toString(16).padStart(16, "0"), `${length} bytes`);
  }
}

function pictures() {
  for (const width of SIDES) {
    for (const height of SIDES) {
      const image = core.Image.from_rgba(picture(width, height), width, height);
      decodes(image.encode("jpeg", 90), `${width}x${height}`);
      image.free();
    }
  }
  decodes(readFileSync(join(root, "assets/samples/landscape.jpg")), "landscape.jpg");
  assert.throws(() => decodeJpeg(bytes(100)), { message: "This is no JPEG." });
}

function decodes(file, name) {
  const image = core.Image.decode(file);
  const expected = image.rgba();
  const { width, height, data } = decodeJpeg(file);
  assert.deepEqual([width, height], [image.width, image.height], name);
  const furthest = data.reduce((most, level, at) => Math.max(most, Math.abs(level - expected[at])), 0);
  assert(furthest <= LEVELS, `${name} is ${furthest} levels off`);
  image.free();
}

function spectra() {
  for (const size of [1, 4, 16, 64]) {
    const samples = numbers(2 * size, size);
    const spectrum = new Spectrum(size);
    spectrum.set(samples);
    spectrum.transform();
    for (let k = 0; k < size; k++) {
      const sum = [0, 0];
      for (let n = 0; n < size; n++) {
        const [re, im] = samples.subarray(2 * n);
        const [cos, sin] = [Math.cos((2 * Math.PI * k * n) / size), Math.sin((2 * Math.PI * k * n) / size)];
        sum[0] += re * cos + im * sin;
        sum[1] += im * cos - re * sin;
      }
      near(spectrum.get()[2 * k], sum[0], `${k} of ${size}`);
      near(spectrum.get()[2 * k + 1], sum[1], `${k} of ${size}`);
    }
  }
}

/** Two bodies fall towards each other, the lighter one further; one alone stays where it is. */
function bodies() {
  const pair = new Bodies(Float64Array.of(1, 3), Float64Array.of(0, 2), new Float64Array(2), Float64Array.of(5, 5));
  pair.step(0.5);
  const field = 2 / (4 + 1e-4) ** 1.5;
  for (const [at, place] of [3 * field * 0.25, 2 - field * 0.25, 0, 0, 5, 5].entries()) {
    near(pair.places()[at], place, `place ${at}`);
  }
  const alone = new Bodies(Float64Array.of(1), Float64Array.of(2), Float64Array.of(3), Float64Array.of(4));
  alone.step(1);
  assert.deepEqual(alone.places(), Float64Array.of(2, 3, 4));
}

function catalogues() {
  const entry = { id: 4, name: "lamp \"é\"", price: 2.5, available: true, tags: ["a", "bc"], size: { width: 2, height: 3 } };
  const entries = [entry, { ...entry, id: 6, available: false, tags: [] }];
  assert.deepEqual(summarize(new TextEncoder().encode(JSON.stringify(entries))), Float64Array.of(2.5, 12, 10, 19));
}

/** Contenders that take 1 ms more in every run, and make `answers`. */
function lanes(answers) {
  const lane = ([kind, answer]) => {
    let time = 0;
    const methods = { prepare: () => [kind], run: () => ++time, answer: () => answer, release() {} };
    return [kind, { call: async (method) => methods[method]() }];
  };
  return Object.fromEntries(Object.entries(answers).map(lane));
}

async function verdicts() {
  const test = { id: "sort", title: "Sort", tolerance: 0.5 };
  const judge = (javascript, wasm, more) => measure({ ...test, ...more }, lanes({ javascript, wasm }), () => {});
  const right = await judge(Float64Array.of(1, 2), Float64Array.of(1, 2.5));
  // The middle one of 4 to 12 ms: the first three runs do not count.
  assert.deepEqual(right, { id: "sort", medians: { javascript: 8, wasm: 8 } });
  const wrong = [
    [Float64Array.of(1, 2), Float64Array.of(1, 2.75), "0.75"],
    [Float64Array.of(1, 2), Float64Array.of(1, NaN), "NaN"],
    [Float64Array.of(1, 2), Float64Array.of(NaN, 2), "NaN"],
    [Float64Array.of(1, 2), Float64Array.of(1), "Infinity"],
    ["a0", "a1", "Infinity"],
  ];
  for (const [javascript, wasm, apart] of wrong) {
    const message = `Sort: wasm makes something else of it (by ${apart}).`;
    await assert.rejects(judge(javascript, wasm), { message });
  }
  const exact = { tolerance: undefined };
  await judge("a0", "a0", exact);
  await assert.rejects(judge(Uint8Array.of(7), Uint8Array.of(8), exact), {
    message: "Sort: wasm makes something else of it (by 1).",
  });
}

function words() {
  assert.deepEqual([1.234, 12.34, 1234.5].map(digits), ["1.23", "12.3", "1235"]);
  assert.equal(rate({ amount: 100, unit: "MB" }, 50), "2,000 MB/s");
  const results = [
    { id: "fft", medians: { javascript: 40, wasm: 10, copied: 12.5 } },
    { id: "json", medians: { javascript: 100, wasm: 100 } },
  ];
  const lines = markdown(results).split("\n");
  assert.equal(lines[2], "| FFT of 1 M samples | 40.0 | 10.0 | **4.00** | 12.5 | 105 million samples/s |");
  assert.equal(lines[3], "| JSON parse, 10 MB | 100 | 100 | **1.00** |  | 100 MB/s |");
  assert.equal(lines[5], "Medians of 9 runs, taken in turn. Wasm is 2.00 times as fast in the geometric mean.");
}

function near(actual, expected, name) {
  assert(Math.abs(actual - expected) <= 1e-9, `${name}: ${actual} for ${expected}`);
}

const checks = { digests, pictures, spectra, bodies, catalogues, verdicts, words };
for (const check of Object.values(checks)) await check();
console.log(JSON.stringify(Object.keys(checks)));
