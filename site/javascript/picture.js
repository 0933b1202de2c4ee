// A decoded picture, and what is asked of every one.

/** The longest side, in pixels, and the most pixels: what the edge function allows as well. */
const LONGEST_SIDE = 32_767;
const MOST_PIXELS = 50_000_000;

/** One decoded picture: rows from the top, pixels from the left, straight RGBA of 8 bits a channel. */
export class Picture {
  /**
   * @param {number} width  in pixels, at least 1
   * @param {number} height
   * @param {Uint8ClampedArray} data  4 * width * height bytes, from a multiple of 4 in their buffer
   */
  constructor(width, height, data) {
    checkLength(data, width, height);
    Object.assign(this, { width, height, data });
  }

  /** A picture of transparent black, within the limits. */
  static blank(width, height) {
    const side = Math.max(width, height);
    if (side > LONGEST_SIDE) {
      throw new RangeError(`The picture's longer side has ${side} pixels; at most ${LONGEST_SIDE} are allowed.`);
    }
    if (width * height > MOST_PIXELS) {
      throw new RangeError(`The picture has ${width * height} pixels; at most ${MOST_PIXELS} are allowed.`);
    }
    return new Picture(width, height, new Uint8ClampedArray(4 * width * height));
  }

  /** The same memory, a word for each pixel. */
  get words() {
    return words(this.data);
  }

  get isOpaque() {
    return isOpaque(this.words);
  }
}

/** The pixels of RGBA, a word each: every platform of JavaScript has the lowest byte, red, first. */
export function words({ buffer, byteOffset, byteLength }) {
  return new Int32Array(buffer, byteOffset, byteLength / 4);
}

/** Whether all alpha is at its maximum. */
export function isOpaque(words) {
  let all = -1;
  for (const word of words) all &= word;
  return all >>> 24 === 255;
}

/** Throws unless `data` has the bytes of a picture with these sides. */
export function checkLength({ length }, width, height) {
  if (!length || length !== 4 * width * height) {
    throw new RangeError(`The picture has ${length} bytes; ${width} x ${height} pixels of RGBA have ${4 * width * height}.`);
  }
}
