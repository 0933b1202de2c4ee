/**
 * The operations in plain JavaScript do what the core does, and their kernels give the golden digests.
 *
 * usage: node javascript.mjs ROOT
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { checkGolden } from "./golden.mjs";

const root = process.argv[2];
const from = (path) => import(pathToFileURL(join(root, path)));
const core = await (await from("target/browser/full.js")).load();
const { Picture } = await from("site/javascript/picture.js");
const { apply } = await from("site/javascript/pipeline.js");
const { boxBlur } = await from("site/javascript/blur.js");
const { grayscale } = await from("site/javascript/grayscale.js");
const { readEncoding } = await from("site/javascript/encoding.js");
const { encodeQoi } = await from("site/javascript/qoi.js");

/** Pixels with their place in them, on a row of one colour above and below. */
const SIZES = [[1, 1], [1, 7], [7, 1], [2, 2], [33, 1], [19, 13], [64, 65]];
const ALPHAS = {
  opaque: () => 255,
  transparent: () => 0,
  faint: () => 1,
  mixed: (x, y) => ((37 * x + 91 * y) % 5 ? (53 * x + 29 * y) % 256 : 0),
  edged: (x, y) => (x && y ? 255 : 128),
};

/** What is computed in integers, or rounds alike: equal to the last bit. */
const EXACT = [
  "resize:9x", "resize:x5", "resize:1x1", "resize:18x", "resize:8x6!", "resize:30x!", "resize:40x50,outside!",
  "resize:8x6,outside", "resize:8x6,cover", "resize:8x6,cover!", "resize:31x37,cover!", "resize:1x9,cover",
  "resize:3x2,fill", "resize:7x70,fill!", "resize:31x5,fill!", "resize:8x6,contain", "resize:8x6,contain,336699",
  "resize:80x6,contain,33669980", "resize:0800x600,inside",
  "crop:1x1", "crop:1x1,northeast", "crop:1x1,southwest", "crop:1x1,east", "crop:1x1,west", "crop:1x1,north",
  "crop:1x1,south", "crop:1x1,northwest", "crop:1x1,southeast", "crop:1x1+0+0",
  "pad:3x3", "pad:30x20", "pad:30x20,ff8800", "pad:20x30,FF880040", "pad:1x1,000000",
  "rotate:90", "rotate:180", "rotate:270", "flip", "flop", "trim", "trim:0", "trim:90", "trim:255",
  "grayscale", "grayscale:", "invert", "sepia", "threshold", "threshold:0", "threshold:100", "threshold:255",
  "brightness:40", "brightness:-33", "brightness:100", "brightness:-100", "brightness:-0",
  "contrast:33", "contrast:-50", "contrast:100", "contrast:-100",
  "saturation:40", "saturation:-40", "saturation:100", "saturation:-100", "saturation:0",
  "hue:0", "hue:30", "hue:90", "hue:180", "hue:-77", "hue:360", "gamma:0.1", "gamma:0.45", "gamma:1", "gamma:2.20", "gamma:10",
  "tint:ff8800", "tint:ff880080", "tint:80808040", "flatten", "flatten:336699", "flatten:000000ff",
  "blur", "blur:0", "blur:1", "blur:2", "blur:12", "blur:18", "blur:63", "blur:127",
  "pixelate:2", "pixelate:5", "pixelate:64", "pixelate:1024",
  "rotate:90/crop:1x1/flip", "invert/blur:2/sepia/grayscale/flop/brightness:20", "flatten:112233/resize:5x5/pad:9x9/trim:0",
];

/** What is computed in floating point: equal but for one level. */
const CLOSE = [
  "gaussian:0.1", "gaussian:0.50", "gaussian:1", "gaussian:2.75", "gaussian:12", "gaussian:50",
  "sharpen", "sharpen:0.1", "sharpen:3.5", "sharpen:10",
];

/** What is no pipeline, or can't be done to a picture of 19 x 13 pixels. */
const WRONG = [
  "", "Blur", "blurs:3", "info", ":3", "flip/", "flip//flop", "constructor", "flip/flap/flup", "é".repeat(201),
  Array(17).fill("flip").join("/"), "resize", "resize:", "resize:x", "resize:800", "resize:0x600", "resize:32768x1",
  "resize:8x6,round", "resize:8x,cover", "resize:x6,contain", "resize:8x6,inside,ffffff", "resize:8x6,contain,fff",
  "resize:8x6,contain,", "resize:8x6,", "resize:8x6!!", "resize:!8x6", "resize:-8x6", "resize:8x6x4", "resize:8x6,fill,",
  "crop", "crop:40x", "crop:40x30+1", "crop:40x30+1+2+3", "crop:40x30-1+2", "crop:40x30,up", "crop:0x1", "crop:1x1,",
  "crop:1x1,constructor", "pad:8x", "pad:8x6,", "pad:8x6,red", "rotate", "rotate:0", "rotate:45", "rotate:090", "rotate:constructor",
  "flip:1", "flop:x", "trim:256", "grayscale:1", "brightness", "brightness:101", "contrast:-101", "saturation:1.5", "hue:361",
  "gamma:0", "gamma:10.01", "gamma:1.234", "gamma:.5", "gamma:1.", "invert:1", "sepia:50", "threshold:-1", "tint", "tint:fff",
  "flatten:ffffff80", "blur:128", "blur:-1", "blur:+1", "blur: 1", "blur:1e1", "blur:1:2", "gaussian", "gaussian:0.09", "gaussian:51",
  "sharpen:0", "pixelate:1", "pixelate:1025",
  "crop:20x13", "crop:19x14", "crop:019x13+1+0", "crop:19x13+0+1", "crop:1x1+19+0", "crop:1x1+0+13", "flip/rotate:90/crop:19x13",
];

function picture([width, height], alpha) {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let at = 0, y = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const isEdge = y === 0 || y === height - 1;
      const colour = isEdge ? [9, 8, 7] : [13 * x + 101 * y, 71 * x + 7 * y + 3, (11 * x * y) ^ (x + 3 * y)];
      data.set([...colour.map((level) => level & 255), alpha(x, y)], at);
    }
  }
  return new Picture(width, height, data);
}

/** What the core makes of a picture. */
function expected({ width, height, data }, pipeline) {
  const image = core.Image.from_rgba(bytes(data), width, height);
  try {
    image.apply(pipeline);
    return { width: image.width, height: image.height, data: image.rgba() };
  } finally {
    image.free();
  }
}

/** The pixels of a file. */
function decoded(file) {
  const image = core.Image.decode(file);
  try {
    return image.rgba();
  } finally {
    image.free();
  }
}

function bytes({ buffer, byteOffset, byteLength }) {
  return new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

function check(pipeline, levels) {
  for (const size of SIZES) {
    for (const [name, alpha] of Object.entries(ALPHAS)) {
      const actual = apply(picture(size, alpha), pipeline);
      const { width, height, data } = expected(picture(size, alpha), pipeline);
      const about = `${pipeline} of ${size.join(" x ")} pixels, ${name}`;
      assert.deepEqual([actual.width, actual.height], [width, height], about);
      assert.equal(actual.data.length, data.length, about);
      const apart = data.findIndex((level, at) => Math.abs(level - actual.data[at]) > levels);
      assert.equal(apart, -1, `${about}: byte ${apart} is ${actual.data[apart]}, not ${data[apart]}`);
    }
  }
}

/** The message of the error that a task ends in. */
function complaint(task) {
  try {
    task();
  } catch (error) {
    return error.message;
  }
  throw new assert.AssertionError({ message: `no error: ${task}` });
}

EXACT.forEach((pipeline) => check(pipeline, 0));
CLOSE.forEach((pipeline) => check(pipeline, 1));

for (const pipeline of WRONG) {
  const [one, other] = [picture([19, 13], ALPHAS.opaque), picture([19, 13], ALPHAS.opaque)];
  assert.equal(complaint(() => apply(one, pipeline)), complaint(() => expected(other, pipeline)));
}

/** Options, and pipelines that they count in. */
for (const background of ["336699", "0000FF80", "12345600"]) {
  for (const pipeline of ["flatten", "pad:30x20", "resize:30x20,contain", "pad:30x20,ff0000/flatten:00ff00"]) {
    const file = encodeQoi(picture([19, 13], ALPHAS.mixed));
    const actual = apply(picture([19, 13], ALPHAS.mixed), pipeline, { background });
    const expected = decoded(core.transform(file, pipeline, { background, format: "png" }));
    assert.deepEqual(bytes(actual.data), expected, `${pipeline} on ${background}`);
  }
}
assert.deepEqual(
  apply(picture([19, 13], ALPHAS.mixed), "blur/blur:", { radius: 2 }).data,
  apply(picture([19, 13], ALPHAS.mixed), "blur:2/blur:2").data,
);

/** Encodings that can't be. */
for (const options of [{ format: "jpg" }, { format: "png", quality: 80 }, { quality: 0 }, { quality: 101 }, { background: "red" }]) {
  const jpeg = core.Image.from_rgba(new Uint8Array(4), 1, 1).encode("jpeg");
  const actual = complaint(() => readEncoding("image/jpeg", options));
  assert.equal(actual, complaint(() => core.transform(jpeg, "flip", options)));
}

/** The kernels that the benchmark runs, and the file. */
for (const size of SIZES) {
  for (const alpha of Object.values(ALPHAS)) {
    const own = picture(size, alpha);
    const theirs = bytes(own.data);
    assert.deepEqual(decoded(encodeQoi(own)), theirs);
    for (const radius of [0, 1, 6, 127]) {
      boxBlur(own.data, ...size, radius);
      core.box_blur(theirs, ...size, radius);
      assert.deepEqual(bytes(own.data), theirs);
    }
    grayscale(own.data);
    core.grayscale(theirs);
    assert.deepEqual(bytes(own.data), theirs);
  }
}
for (const length of [0, 1, 5]) {
  const data = new Uint8Array(length);
  assert.equal(complaint(() => grayscale(data)), complaint(() => core.grayscale(data)));
}
for (const [length, ...rest] of [[0, 0, 5, 1], [0, 2, 2, 1], [15, 2, 2, 1], [17, 2, 2, 1], [16, 2, 2, 128]]) {
  const data = new Uint8Array(length);
  assert.equal(complaint(() => boxBlur(data, ...rest)), complaint(() => core.box_blur(data, ...rest)));
}

const done = await checkGolden(root, {
  pixels(operation, width, height, rgba) {
    const [name, radius] = operation.split(":");
    if (name === "blur") boxBlur(rgba, width, height, Number(radius));
    else grayscale(rgba);
    return rgba;
  },
});
console.log(JSON.stringify({ ...done, exact: EXACT.length, close: CLOSE.length, wrong: WRONG.length }));
