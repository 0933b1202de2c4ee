// A decoded picture, and what is asked of every one.

/** The longest side, in pixels, and the most pixels: what the edge function allows unless it is told otherwise. */
const LONGEST_SIDE = 32_767;
const MOST_PIXELS = 50_000_000;

/** One decoded picture: rows from the top, pixels from the left, straight RGBA of 8 bits a channel. */
export class Picture {
  /**
   * @param {number} width  in pixels
   * @param {number} height
   * @param {Uint8ClampedArray} data  4 bytes a pixel, beginning at a multiple of 4 in their buffer
   */
  constructor(width, height, data) {
    checkLength(data, width, height);
    this.width = width;
    this.height = height;
    this.data = data;
  }

  /** A picture of transparent black, within the limits. */
  static blank(width, height) {
    checkSides(width, height);
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

/** Throws where a picture with these sides would be past the limits. */
export function checkSides(width, height) {
  const side = Math.max(width, height);
  if (side > LONGEST_SIDE) {
    throw new RangeError(`The picture's longer side has ${side} pixels; at most ${LONGEST_SIDE} are allowed.`);
  }
  if (width * height > MOST_PIXELS) {
    throw new RangeError(`The picture has ${width * height} pixels; at most ${MOST_PIXELS} are allowed.`);
  }
}

/** Throws unless `data` is as long as the RGBA of a picture with these sides, which has a pixel at least. */
export function checkLength({ length }, width, height) {
  const expected = 4 * width * height;
  if (expected === 0) throw new RangeError("The picture has no pixels.");
  if (length !== expected) {
    throw new RangeError(`The picture has ${length} bytes; ${width} x ${height} pixels of RGBA have 4 each.`);
  }
}

/** The pixels of RGBA, a word each: wherever JavaScript runs, the lowest byte is the first, red. */
export function words({ buffer, byteOffset, byteLength }) {
  return new Int32Array(buffer, byteOffset, byteLength / 4);
}

/** Whether all alpha is at its maximum. */
export function isOpaque(words) {
  let all = -1;
  for (let at = 0; at < words.length; at++) all &= words[at];
  return all >>> 24 === 255;
}
