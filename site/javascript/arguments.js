// The arguments of operations, as callers write them. What cannot be read is undefined.

/** A colour without any. */
export const TRANSPARENT = [0, 0, 0, 0];

/** The longest side that can be asked for, in pixels. */
const LONGEST_SIDE = 32_767;

/** A whole number within a range. */
export function whole(text, least, most) {
  return within(/^-?\d+$/, text, least, most);
}

/** A number with at most two digits after a point, within a range. */
export function decimal(text, least, most) {
  return within(/^\d+(\.\d{1,2})?$/, text, least, most);
}

function within(pattern, text, least, most) {
  const number = pattern.test(text) ? Number(text) : NaN;
  return number >= least && number <= most ? number : undefined;
}

/** A side in pixels. */
export function side(text) {
  return whole(text, 1, LONGEST_SIDE);
}

/** An offset in pixels. */
export function offset(text) {
  return whole(text, 0, LONGEST_SIDE);
}

/** `RRGGBB` or `RRGGBBAA` as red, green, blue and alpha. */
export function colour(text) {
  if (!/^([\da-f]{6}|[\da-f]{8})$/i.test(text)) return undefined;
  return text.padEnd(8, "f").match(/../g).map((digits) => parseInt(digits, 16));
}
