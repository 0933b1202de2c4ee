// The core in this browser: what the edge function does with a picture, in a worker.

import { load } from "./wasm/full.js";

const loading = load();

addEventListener("message", async ({ data: { id, file, pipeline, options } }) => {
  try {
    const core = await loaded();
    const input = new Uint8Array(await file.arrayBuffer());
    const start = performance.now();
    const bytes = core.transform(input, pipeline, options);
    postMessage({ id, bytes, milliseconds: performance.now() - start }, [bytes.buffer]);
  } catch (error) {
    postMessage({ id, error: error.message });
  }
});

async function loaded() {
  try {
    return await loading;
  } catch (error) {
    throw new Error(`WebAssembly could not be loaded in this browser: ${error.message}`);
  }
}
