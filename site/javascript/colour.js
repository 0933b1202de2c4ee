// Colours: red, green, blue and straight alpha, 0 to 255 each, in an array.

import { excerpt } from "./arguments.js";

/** No colour at all. */
export const TRANSPARENT = [0, 0, 0, 0];

/** The colour that `RRGGBB` or `RRGGBBAA` stands for, unless the text is neither. */
export function readColour(text) {
  if (!/^([\da-f]{6}|[\da-f]{8})$/i.test(text)) return undefined;
  return text.padEnd(8, "f").match(/../g).map((digits) => parseInt(digits, 16));
}

/** The colour that lies around a picture or beneath it; throws unless it is one. */
export function readBackground(text) {
  const colour = readColour(text);
  if (!colour) throw new SyntaxError(`The background is '${excerpt(text)}'; it must be a colour RRGGBB or RRGGBBAA.`);
  return colour;
}

/** What is seen of a colour on white. */
export function onWhite([red, green, blue, alpha]) {
  return [over(red, 255, alpha), over(green, 255, alpha), over(blue, 255, alpha), 255];
}

/**
 * A level laid on another: the nearest to (level alpha + ground (255 - alpha)) / 255. For sums up to 255 squared, dividing
 * by 256 is exact once the quotient is added.
 */
export function over(level, ground, alpha) {
  const sum = level * alpha + ground * (255 - alpha) + 128;
  return (sum + (sum >> 8)) >> 8;
}
