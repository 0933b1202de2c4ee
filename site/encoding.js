// Digests as text. The server is asked for hex alone: another encoding of the same digest costs no second upload.

/**
 * An algorithm as the server lists it.
 * @typedef {object} Algorithm
 * @property {string} name
 * @property {string[]} aliases
 * @property {number} bits
 * @property {boolean} legacy
 * @property {"none"|"optional"|"required"} keyed
 */

/** The longest digest that is written as a number, in hex digits. */
const DECIMAL_DIGITS = 32;

/**
 * How each encoding writes a digest: nothing where it has no way to.
 * @type {Record<string, (hex: string, algorithm: Algorithm) => string|undefined>}
 */
export const ENCODINGS = {
  hex: (hex) => hex,
  base64,
  base64url: (hex) => base64(hex).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, ""),
  sri(hex, algorithm) {
    const name = integrityName(algorithm);
    return name && `${name}-${base64(hex)}`;
  },
  decimal: (hex) => (hex.length > DECIMAL_DIGITS ? undefined : BigInt(`0x${hex}`).toString()),
};

/** Whether `encoding` has a way to write the digests of `algorithm`. */
export function suits(encoding, algorithm) {
  return ENCODINGS[encoding]("00".repeat(algorithm.bits / 8), algorithm) !== undefined;
}

/** The digests, in hex, that `token` may be the text of; what is hex may also be Base64 or a number. */
export function readings(token) {
  const found = [];
  if (/^(0x)?([0-9a-f]{2})+$/i.test(token)) found.push(token.replace(/^0x/i, "").toLowerCase());
  if (/^[\w+/-]+={0,2}$/.test(token)) found.push(fromBase64(token));
  if (/^\d{1,39}$/.test(token)) found.push(...numbers(BigInt(token).toString(16)));
  return found.filter(Boolean);
}

/** A number as digests of every length that may be written as one. */
function numbers(hex) {
  return [8, 16, DECIMAL_DIGITS].filter((digits) => digits >= hex.length).map((digits) => hex.padStart(digits, "0"));
}

function base64(hex) {
  return btoa(hex.replace(/../g, (digits) => String.fromCharCode(parseInt(digits, 16))));
}

function fromBase64(token) {
  try {
    const bytes = atob(token.replaceAll("-", "+").replaceAll("_", "/"));
    return Array.from(bytes, (byte) => byte.charCodeAt().toString(16).padStart(2, "0")).join("");
  } catch {
    return undefined;
  }
}

/** The algorithm's name in integrity metadata (W3C Subresource Integrity), which knows three. */
function integrityName({ aliases }) {
  return aliases.find((alias) => /^sha(256|384|512)$/.test(alias));
}
