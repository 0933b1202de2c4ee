// The contenders in plain JavaScript. They have a worker of their own: where the memory of a wasm
// module has grown, V8 reads and writes typed arrays at up to twice the cost.

import { boxBlur } from "../../javascript/blur.js";
import { grayscale } from "../../javascript/grayscale.js";
import { BODIES, FRAME, HASHED_BYTES, JSON_BYTES, NUMBERS, RADIUS, SAMPLES, STEP } from "../cases.js";
import * as inputs from "../inputs.js";
import { Bodies } from "../javascript/bodies.js";
import { summarize } from "../javascript/catalogue.js";
import { fnv1a64 } from "../javascript/fnv1a64.js";
import { decodeJpeg } from "../javascript/jpeg/decode.js";
import { sha256 } from "../javascript/sha256.js";
import { Spectrum } from "../javascript/spectrum.js";
import { inPlace, returning, serve } from "./lane.js";

function digest(hash) {
  const bytes = inputs.bytes(HASHED_BYTES);
  return returning(() => hash(bytes));
}

const javascript = {
  grayscale: () => inPlace(inputs.picture(...FRAME), grayscale),
  blur: () => inPlace(inputs.picture(...FRAME), (data) => boxBlur(data, ...FRAME, RADIUS)),
  sha256: () => digest(sha256),
  fnv1a64: () => digest(fnv1a64),
  jpeg: (file) => returning(() => decodeJpeg(file).data),
  fft() {
    const samples = inputs.numbers(2 * SAMPLES, 8);
    const spectrum = new Spectrum(SAMPLES);
    return { before: () => spectrum.set(samples), run: () => spectrum.transform(), answer: () => spectrum.get() };
  },
  bodies() {
    let bodies;
    return {
      before() {
        bodies = new Bodies(...inputs.bodies(BODIES));
      },
      run: () => bodies.step(STEP),
      answer: () => bodies.places(),
    };
  },
  json() {
    const json = inputs.catalogue(JSON_BYTES);
    return returning(() => summarize(json));
  },
  sort: () => inPlace(inputs.numbers(NUMBERS, 9), (numbers) => numbers.sort()),
};

serve({ javascript });
