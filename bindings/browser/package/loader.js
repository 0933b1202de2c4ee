/**
 * Finding and instantiating the module that suits the engine.
 * @module
 */

/**
 * The smallest module that needs 128-bit SIMD: `(func (result v128) i32.const 0  i8x16.splat
 * i8x16.popcnt)`.
 */
const SIMD_MODULE = Uint8Array.of(
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // "\0asm", version 1
  0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b, // one type: () -> v128
  0x03, 0x02, 0x01, 0x00, // one function of it
  0x0a, 0x0a, 0x01, 0x08, 0x00, // one body of 8 bytes, without locals:
  0x41, 0x00, 0xfd, 0x0f, 0xfd, 0x62, 0x0b, // i32.const 0, i8x16.splat, i8x16.popcnt, end
);

/**
 * Whether this engine runs 128-bit SIMD.
 * @returns {boolean}
 */
export const supportsSimd = () => WebAssembly.validate(SIMD_MODULE);

/**
 * Makes the function that loads one build of a module, once: whoever asks again gets the same
 * instance. A load that failed, say because the network did, is tried anew.
 * @template Exports
 * @param {() => Promise<Exports & { default: Function }>} importBindings
 * @param {URL} wasm where the module is
 * @returns {() => Promise<Exports>}
 */
export function loader(importBindings, wasm) {
  let loading;
  return () => {
    loading ??= instantiate(importBindings(), source(wasm)).catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

/** Instantiates while the module is still arriving. */
async function instantiate(importing, source) {
  const [bindings, module] = await Promise.all([importing, source]);
  await bindings.default({ module_or_path: module });
  return bindings;
}

/**
 * What to compile the module from: what `fetch` is answered or, from a file under Node, which
 * fetches no files, its bytes.
 */
async function source(wasm) {
  const files = wasm.protocol === "file:" && globalThis.process?.getBuiltinModule?.("node:fs/promises");
  return files ? files.readFile(wasm) : fetch(wasm);
}
