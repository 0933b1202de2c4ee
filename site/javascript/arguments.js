// What callers write. What cannot be read is undefined.

/** The longest side that can be asked for, in pixels. */
const LONGEST_SIDE = 32_767;

/** The most characters of it that an error repeats. */
const LONGEST_EXCERPT = 200;

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

/** All parts of something, unless one of them could not be read. */
export function all(parts) {
  return Object.values(parts).includes(undefined) ? undefined : parts;
}

/** The beginning of what may be long. */
export function excerpt(text) {
  const characters = [...text];
  return characters.length > LONGEST_EXCERPT ? `${characters.slice(0, LONGEST_EXCERPT).join("")}…` : text;
}
