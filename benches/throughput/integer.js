// Unsigned integers of 32 bits as bytes.

/** The integers' bytes one after the other, the most significant first. */
export function bigEndian(...integers) {
  const bytes = Buffer.alloc(4 * integers.length);
  integers.forEach((integer, at) => bytes.writeUInt32BE(integer, 4 * at));
  return bytes;
}
