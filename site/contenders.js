// The three that run a pipeline: plain JavaScript, the core as WebAssembly in this browser, the core at the edge.

import { Background } from "./background.js";
import { send } from "./request.js";
import { timings } from "./timing.js";

/**
 * What each is given.
 * @typedef {object} Job
 * @property {Blob} file       the picture
 * @property {string} pipeline  operations, as in a path
 * @property {{format?: string, quality?: number, background?: string}} options
 * @property {Call} call        asks the edge for the same
 */

/**
 * What each makes of it.
 * @typedef {object} Result
 * @property {Blob} file          the picture that came out
 * @property {number} milliseconds  from the file in memory to the file in memory
 * @property {{stage: string, time: number}[]} stages  where the time went, in milliseconds, as far as it is known
 * @property {string} [pipeline]  as the function names it in its canonical form
 */

const script = new Background(
  () => new Worker(new URL("./javascript/worker.js", import.meta.url), { type: "module" }),
);
const core = new Background(() => new Worker(new URL("./core-worker.js", import.meta.url), { type: "module" }));

/** @type {Record<string, {name: string, where: string, measured: string, run: (job: Job, signal: AbortSignal) => Promise<Result>}>} */
export const CONTENDERS = {
  javascript: {
    name: "JavaScript",
    where: "here, no library",
    measured: "decoding and encoding are the browser's own",
    async run({ file, pipeline, options }, signal) {
      const { blob, milliseconds } = await script.do({ file, pipeline, options }, signal);
      const stages = Object.entries(milliseconds).map(([stage, time]) => ({ stage, time }));
      return { file: blob, milliseconds: stages.reduce((sum, { time }) => sum + time, 0), stages };
    },
  },
  wasm: {
    name: "WebAssembly",
    where: "here, the core",
    measured: "one call from file to file",
    async run({ file, pipeline, options }, signal) {
      const { bytes, milliseconds } = await core.do({ file, pipeline, options }, signal);
      return { file: new Blob([bytes]), milliseconds, stages: [] };
    },
  },
  edge: {
    name: "Edge function",
    where: "there and back",
    measured: "in the function",
    async run({ call }, signal) {
      const start = performance.now();
      const response = await send(call, signal);
      const file = await response.blob();
      const milliseconds = performance.now() - start;
      const pipeline = response.headers.get("Image-Pipeline") ?? "";
      return { file, milliseconds, stages: timings(response), pipeline };
    },
  },
};
