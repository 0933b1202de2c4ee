import { loader, supportsSimd } from "./loader.js";

const simdBuild = loader(
  () => import("./simd/NAME.js"),
  new URL("./simd/NAME_bg.wasm", import.meta.url),
);
const portableBuild = loader(
  () => import("./portable/NAME.js"),
  new URL("./portable/NAME_bg.wasm", import.meta.url),
);

/**
 * Loads the module, once. Its types say what it exports.
 * @param {import("./loader.js").LoadOptions} [options]
 * @returns {Promise<import("./NAME.js").Exports>}
 */
export const load = ({ simd = supportsSimd() } = {}) => (simd ? simdBuild() : portableBuild());
