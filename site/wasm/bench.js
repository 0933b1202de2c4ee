// What the bench alone measures as WebAssembly.

import { simdOnly } from "./simd-only.js";

/** Loads the bench's own module, once. */
export const load = simdOnly(() => import("./simd/bench.js"), new URL("./simd/bench_bg.wasm", import.meta.url));
