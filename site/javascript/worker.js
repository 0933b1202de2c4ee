// The operations off the page's own thread: `{id, file, pipeline, options}` comes in, `{id, blob, width, height,
// milliseconds}` or `{id, error}` goes out.

import { transform } from "./transform.js";

addEventListener("message", async ({ data: { id, file, pipeline, options } }) => {
  try {
    postMessage({ id, ...(await transform(file, pipeline, options)) });
  } catch (error) {
    postMessage({ id, error: error.message });
  }
});
