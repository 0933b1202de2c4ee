import type { LoadOptions } from "./loader.js";
import type * as Bindings from "./simd/NAME.js";

export type { LoadOptions };
export type * from "./simd/NAME.js";

/** What the module exports. */
export type Exports = Omit<typeof Bindings, "default" | "initSync">;

/**
 * Loads the module. It is fetched and instantiated once for each build, however often this is
 * called.
 */
export function load(options?: LoadOptions): Promise<Exports>;
