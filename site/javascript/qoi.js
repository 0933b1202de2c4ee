// QOI (specification 1.0, 2022-01-05) from a picture.

const HEADER = 14;
const END = [0, 0, 0, 0, 0, 0, 0, 1];

/** The longest run of equal pixels that one byte stands for. */
const LONGEST_RUN = 62;

/**
 * @param {import("./picture.js").Picture} picture
 * @returns {Uint8Array} the file
 */
export function encodeQoi(picture) {
  const { width, height, words, isOpaque } = picture;
  const file = new Uint8Array(HEADER + words.length * (isOpaque ? 4 : 5) + END.length);
  const header = new DataView(file.buffer);
  header.setUint32(0, 0x716f6966); // "qoif"
  header.setUint32(4, width);
  header.setUint32(8, height);
  header.setUint8(12, isOpaque ? 3 : 4);
  const end = encodePixels(words, file, HEADER);
  file.set(END, end);
  return file.subarray(0, end + END.length);
}

/** Writes the pixels from a place on, and returns where they end. */
function encodePixels(words, file, at) {
  const seen = new Int32Array(64);
  let last = 0xff000000 | 0;
  let run = 0;
  for (let place = 0; place < words.length; place++) {
    const word = words[place];
    if (word === last && run < LONGEST_RUN) {
      run++;
      continue;
    }
    if (run) file[at++] = 0xc0 | (run - 1);
    run = word === last ? 1 : 0;
    if (run) continue;
    const slot = hash(word);
    if (seen[slot] === word) file[at++] = slot;
    else at = encodePixel(word, last, file, at);
    seen[slot] = word;
    last = word;
  }
  if (run) file[at++] = 0xc0 | (run - 1);
  return at;
}

/** Writes a pixel by its difference from the last one where that is small, else as it is. */
function encodePixel(word, last, file, at) {
  const [red, green, blue] = [word & 255, (word >>> 8) & 255, (word >>> 16) & 255];
  if ((word ^ last) >>> 24) {
    file.set([0xff, red, green, blue, word >>> 24], at);
    return at + 5;
  }
  const dr = difference(red, last);
  const dg = difference(green, last >>> 8);
  const db = difference(blue, last >>> 16);
  if (fits(dr, 2) && fits(dg, 2) && fits(db, 2)) {
    file[at] = 0x40 | ((dr + 2) << 4) | ((dg + 2) << 2) | (db + 2);
    return at + 1;
  }
  if (fits(dg, 32) && fits(dr - dg, 8) && fits(db - dg, 8)) {
    file[at] = 0x80 | (dg + 32);
    file[at + 1] = ((dr - dg + 8) << 4) | (db - dg + 8);
    return at + 2;
  }
  file.set([0xfe, red, green, blue], at);
  return at + 4;
}

/** Where a pixel is kept among those seen. */
function hash(word) {
  return ((word & 255) * 3 + ((word >>> 8) & 255) * 5 + ((word >>> 16) & 255) * 7 + (word >>> 24) * 11) & 63;
}

/** How far a level is from another's low byte, round the end of the range if that is nearer. */
function difference(level, other) {
  return ((level - other) << 24) >> 24;
}

/** Whether a difference is from -`bound` to `bound` - 1. */
function fits(difference, bound) {
  return difference >= -bound && difference < bound;
}
