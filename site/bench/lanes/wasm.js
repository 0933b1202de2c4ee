// The contenders in wasm, on inputs that lie in wasm's memory; and, where what is measured is not
// given bytes from JavaScript anyway, those that copy their input into it and their answer out.

import { load as loadBench } from "../../wasm/bench.js";
import { load as loadFull } from "../../wasm/full.js";
import { BODIES, FRAME, HASHED_BYTES, JSON_BYTES, NUMBERS, PHOTOGRAPH, RADIUS, SAMPLES, STEP } from "../cases.js";
import * as inputs from "../inputs.js";
import { inPlace, returning, serve } from "./lane.js";

/** As much as fits a processor's nearer caches. */
const PIECE_BYTES = 64 * 1024;
const QUALITY = 80;

const [full, bench] = await Promise.all([loadFull(), loadBench()]);

/** A digest of bytes that JavaScript has, which go into wasm's memory a piece at a time. */
function digest(algorithm) {
  const bytes = inputs.bytes(HASHED_BYTES);
  return returning(() => {
    const hasher = new full.Hasher(algorithm);
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) hasher.update(bytes.subarray(at, at + PIECE_BYTES));
    const hex = hasher.hex();
    hasher.free();
    return hex;
  });
}

/** A photograph as a JPEG. */
function photograph() {
  const image = full.Image.from_rgba(inputs.picture(...PHOTOGRAPH), ...PHOTOGRAPH);
  const file = image.encode("jpeg", QUALITY);
  image.free();
  return file;
}

/** What a JPEG shows, in RGBA. */
function decode(file) {
  const image = full.Image.decode(file);
  const data = image.rgba();
  image.free();
  return data;
}

/** Work on a frame that lies in wasm's memory. */
function onPixels(work) {
  const frame = inputs.picture(...FRAME);
  const pixels = new full.Pixels(...FRAME);
  return { before: () => pixels.view().set(frame), run: () => work(pixels), answer: () => pixels.view().slice() };
}

/** Work on numbers that lie in wasm's memory. */
function onNumbers(numbers, memory, work) {
  return {
    before: () => memory.view().set(numbers),
    run: () => work(memory),
    answer: () => memory.view().slice(),
  };
}

/** The same on numbers that JavaScript has, copied in and out. */
function copied(numbers, memory, work) {
  return inPlace(numbers, (data) => {
    memory.view().set(data);
    work(memory);
    data.set(memory.view());
  });
}

const sort = (kind) => kind(inputs.numbers(NUMBERS, 9), new bench.Numbers(NUMBERS), (numbers) => numbers.sort());

const transform = (kind) =>
  kind(inputs.numbers(2 * SAMPLES, 8), new bench.Spectrum(SAMPLES), (spectrum) => spectrum.transform());

serve(
  {
    wasm: {
      grayscale: () => onPixels((pixels) => pixels.grayscale_simd()),
      blur: () => onPixels((pixels) => pixels.box_blur(RADIUS)),
      sha256: () => digest("sha-256"),
      fnv1a64: () => digest("fnv1a-64"),
      jpeg: (file) => returning(() => decode(file)),
      fft: () => transform(onNumbers),
      bodies() {
        let bodies;
        return {
          before() {
            bodies?.free();
            bodies = new bench.Bodies(...inputs.bodies(BODIES));
          },
          run: () => bodies.step(STEP),
          answer: () => bodies.places(),
        };
      },
      json() {
        const json = inputs.catalogue(JSON_BYTES);
        return returning(() => bench.summarize(json));
      },
      sort: () => sort(onNumbers),
    },
    copied: {
      grayscale: () => inPlace(inputs.picture(...FRAME), full.grayscale_simd),
      blur: () => inPlace(inputs.picture(...FRAME), (data) => full.box_blur(data, ...FRAME, RADIUS)),
      fft: () => transform(copied),
      sort: () => sort(copied),
    },
  },
  { photograph },
);
