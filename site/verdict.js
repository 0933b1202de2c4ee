// What the three results say together.

/**
 * Compares what the core made here with what it made at the edge.
 * @param {{result?: Result, problem?: Error}} here
 * @param {{result?: Result, problem?: Error}} edge
 * @returns {Promise<{state: "same"|"other"|"none", words: string}>}
 */
export async function verdict(here, edge) {
  if (here.problem && edge.problem) return { state: "none", words: "Neither makes a picture of it: each says why." };
  if (here.problem) return { state: "none", words: "WebAssembly made nothing in this browser that the edge could be compared with." };
  if (edge.problem) return { state: "none", words: "The edge sent nothing that WebAssembly could be compared with." };
  const [one, other] = await Promise.all([here, edge].map(({ result }) => result.file.arrayBuffer()));
  const bytes = one.byteLength.toLocaleString("en");
  return equal(one, other)
    ? { state: "same", words: `Bit-identical: the same ${bytes} bytes from WebAssembly in this browser and from the edge.` }
    : { state: "other", words: "WebAssembly in this browser and the edge made different bytes. They should not." };
}

/** Whether two buffers hold the same bytes. */
function equal(one, other) {
  if (one.byteLength !== other.byteLength) return false;
  const [left, right] = [new Uint8Array(one), new Uint8Array(other)];
  return left.every((byte, index) => byte === right[index]);
}

/**
 * How a time compares with JavaScript's.
 * @param {number} time        in milliseconds
 * @param {number} javascript  in milliseconds
 */
export function ratio(time, javascript) {
  return time <= javascript
    ? `${round2(javascript / time)} times as fast as JavaScript`
    : `${round2(time / javascript)} times as long as JavaScript`;
}

/** A ratio to two significant digits, beyond which it is noise. */
function round2(number) {
  return Number(number.toPrecision(2));
}
