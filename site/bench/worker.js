// The benchmark off the page's thread: it begins at once, and tells how far it is.

import { CASES } from "./cases.js";
import { lane, measure } from "./referee.js";

try {
  const [javascript, wasm] = await Promise.all([
    lane(new Worker(new URL("lanes/javascript.js", import.meta.url), { type: "module" })),
    lane(new Worker(new URL("lanes/wasm.js", import.meta.url), { type: "module" })),
  ]);
  for (const test of CASES) await run(test, { javascript, wasm });
  postMessage({ finished: true });
} catch (error) {
  postMessage({ stopped: error.message });
}

/** A case that fails is told about, and does not keep the others from being measured. */
async function run(test, lanes) {
  const { id } = test;
  postMessage({ id, done: 0 });
  try {
    postMessage({ id, result: await measure(test, lanes, (done) => postMessage({ id, done })) });
  } catch (error) {
    postMessage({ id, error: error.message });
  }
}
