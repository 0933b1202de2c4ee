// What is measured.

/** The sides of a 4K frame, in pixels. */
export const FRAME = [3840, 2160];
/** The sides of the photograph, in pixels: those of a camera with 8 megapixels. */
export const PHOTOGRAPH = [3264, 2448];
export const RADIUS = 5;
export const HASHED_BYTES = 100e6;
export const SAMPLES = 2 ** 20;
export const BODIES = 10_000;
/** How much time passes in a step. */
export const STEP = 1e-4;
export const JSON_BYTES = 10e6;
export const NUMBERS = 1e6;

/**
 * @typedef {object} Case
 * @property {string} id
 * @property {string} title
 * @property {number} amount  how much there is to do, in the unit
 * @property {string} unit
 * @property {number} [tolerance]  how far the numbers of two answers may be apart; else they are equal
 * @property {boolean} [copied]  wasm is measured once more with its input copied in and its answer out
 * @property {string} [made]  what the wasm lane makes for the others to work on
 * @property {string} javascript  what does it in JavaScript
 * @property {string} wasm  what does it in wasm
 */

/** @type {Case[]} */
export const CASES = [
  {
    id: "grayscale",
    title: "4K grayscale",
    amount: (FRAME[0] * FRAME[1]) / 1e6,
    unit: "megapixels",
    copied: true,
    javascript: "a loop over words of 32 bits",
    wasm: "`Pixels.grayscale_simd`, in place",
  },
  {
    id: "blur",
    title: `4K box blur, r = ${RADIUS}`,
    amount: (FRAME[0] * FRAME[1]) / 1e6,
    unit: "megapixels",
    copied: true,
    javascript: "sliding sums, red and blue in one word",
    wasm: "`Pixels.box_blur`, in place",
  },
  {
    id: "sha256",
    title: "SHA-256 of 100 MB",
    amount: HASHED_BYTES / 1e6,
    unit: "MB",
    javascript: "a loop over integers of 32 bits (the engine's own `crypto.subtle` is native code)",
    wasm: "`Hasher`, fed with 64 KiB at a time",
  },
  {
    id: "fnv1a64",
    title: "FNV-1a of 100 MB",
    amount: HASHED_BYTES / 1e6,
    unit: "MB",
    javascript: "64 bits in two halves of 32",
    wasm: "`Hasher`, fed with 64 KiB at a time",
  },
  {
    id: "jpeg",
    title: "JPEG decode, 8 MP",
    amount: (PHOTOGRAPH[0] * PHOTOGRAPH[1]) / 1e6,
    unit: "megapixels",
    tolerance: 4,
    made: "photograph",
    javascript: "a baseline decoder in typed arrays",
    wasm: "`Image.decode`, and `rgba()` back to JavaScript",
  },
  {
    id: "fft",
    title: "FFT of 1 M samples",
    amount: SAMPLES / 1e6,
    unit: "million samples",
    copied: true,
    tolerance: 1e-8,
    javascript: "Stockham's, by steps of radix 4",
    wasm: "`rustfft`",
  },
  {
    id: "bodies",
    title: "Physics step, 10,000 bodies",
    amount: (BODIES * (BODIES - 1)) / 2e6,
    unit: "million pairs",
    tolerance: 1e-12,
    javascript: "every pair once, in 64-bit floating point",
    wasm: "the same, two pairs at a time",
  },
  {
    id: "json",
    title: "JSON parse, 10 MB",
    amount: JSON_BYTES / 1e6,
    unit: "MB",
    javascript: "`TextDecoder` and `JSON.parse`, which are native code",
    wasm: "`serde_json` into structures",
  },
  {
    id: "sort",
    title: "Sort of 1 M numbers",
    amount: NUMBERS / 1e6,
    unit: "million numbers",
    copied: true,
    javascript: "`Float64Array.prototype.sort`, which is native code",
    wasm: "`sort_unstable_by`",
  },
];
