// The page's modules are built for SIMD alone, so that building the page takes half the time; the npm package has both.

import { loader, supportsSimd } from "./loader.js";

/** As `loader`, with a word where the engine has no SIMD. */
export function simdOnly(importBindings, wasm) {
  const load = loader(importBindings, wasm);
  return async () => {
    if (!supportsSimd()) throw new Error("The core on this page needs 128-bit SIMD, which browsers have had since 2023.");
    return load();
  };
}
