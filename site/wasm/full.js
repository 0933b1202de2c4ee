// The core as WebAssembly.

import { simdOnly } from "./simd-only.js";

/** Loads the whole core, once: what the npm package's README says of `edge-functions/full`. */
export const load = simdOnly(() => import("./simd/full.js"), new URL("./simd/full_bg.wasm", import.meta.url));
