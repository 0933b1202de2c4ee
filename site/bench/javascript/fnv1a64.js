// FNV-1a with 64 bits.

/** The prime is 2^40 + 435. */
const PRIME_LOW = 435;

/**
 * The digest, as 64 bits in two halves: products of 16 bits by the prime's 9 stay integers of 32
 * bits, which `bigint` and floating point would both be slower than.
 *
 * @param {Uint8Array} bytes
 * @returns {string} 16 hexadecimal digits
 */
export function fnv1a64(bytes) {
  let high = 0xcbf29ce4 | 0;
  let low = 0x84222325 | 0;
  for (let at = 0; at < bytes.length; at++) {
    low ^= bytes[at];
    const first = (low & 0xffff) * PRIME_LOW;
    const second = (low >>> 16) * PRIME_LOW + (first >>> 16);
    high = (Math.imul(high, PRIME_LOW) + (low << 8) + (second >>> 16)) | 0;
    low = (second << 16) | (first & 0xffff);
  }
  return hex(high) + hex(low);
}

/** A word as 8 hexadecimal digits. */
export function hex(word) {
  return (word >>> 0).toString(16).padStart(8, "0");
}
