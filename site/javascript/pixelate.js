// Squares of one colour each.

/**
 * The average of each square from the top left, rounded down; squares are cut at the picture's edge. Colour is weighted
 * by alpha, and 0 where there is none.
 * @param {import("./picture.js").Picture} picture  changed in place
 * @param {number} side  of a square, in pixels
 */
export function pixelate(picture, side) {
  const { width, height, words } = picture;
  for (let top = 0; top < height; top += side) {
    for (let left = 0; left < width; left += side) {
      average(words, width, left, top, Math.min(left + side, width), Math.min(top + side, height));
    }
  }
  return picture;
}

function average(words, width, left, top, right, bottom) {
  let [red, green, blue, alpha] = [0, 0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + left; at < y * width + right; at++) {
      const word = words[at];
      const weight = word >>> 24;
      red += (word & 255) * weight;
      green += ((word >>> 8) & 255) * weight;
      blue += ((word >>> 16) & 255) * weight;
      alpha += weight;
    }
  }
  const mean = Math.floor(alpha / ((right - left) * (bottom - top)));
  // Where the sum of alpha is 0, so are those of colour.
  const divisor = alpha || 1;
  const word = (mean << 24) | ((blue / divisor) << 16) | ((green / divisor) << 8) | (red / divisor);
  for (let y = top; y < bottom; y++) words.fill(word, y * width + left, y * width + right);
}
