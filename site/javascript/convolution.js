// Symmetric windows of weights, applied down the columns and then across each row.
//
// Sums run over what of the window lies within the picture, and are divided by the sum of those weights. Colour is
// weighted by alpha. The picture is overwritten from the top, so its source is a copy, with rows of nothing above and
// below.

/**
 * Convolves a picture with weights, of which the first belongs to the middle and each further one to both places at its
 * distance, in either direction.
 * @param {import("./picture.js").Picture} picture
 * @param {Float64Array} weights
 * @param {(row: Uint8ClampedArray, blurred: Float32Array) => void} finish  overwrites a row of the source, straight RGBA;
 *   `blurred` has the same, not yet rounded
 */
export function convolve({ width, height, data, words }, weights, finish) {
  // Nothing is as far from any pixel as the picture is wide, or high.
  const across = weights.subarray(0, width);
  const down = weights.subarray(0, height);
  const margin = 4 * (across.length - 1);
  const reach = down.length - 1;

  const source = new Int32Array((height + 2 * reach) * width);
  source.set(words, reach * width);
  const line = new Float32Array(4 * width + 2 * margin);
  const inside = line.subarray(margin, margin + 4 * width);
  const blurred = new Float32Array(4 * width);
  const totals = Float64Array.from({ length: width }, (_, x) => total(across, x, width));
  for (let y = 0; y < height; y++) {
    sumDown(source, (reach + y) * width, width, down, inside);
    sumAcross(line, across, blurred);
    divide(blurred, totals, total(down, y, height));
    finish(data.subarray(4 * y * width, 4 * (y + 1) * width), blurred);
  }
}

/** The sum of the weights that fall within the length about one place. */
function total(weights, at, length) {
  let sum = weights[0];
  for (let distance = 1; distance < weights.length; distance++) {
    if (at >= distance) sum += weights[distance];
    if (at + distance < length) sum += weights[distance];
  }
  return sum;
}

/** Fills `sums` with colour times alpha, and alpha itself, summed down about the row that begins at `from`. */
function sumDown(source, from, width, weights, sums) {
  for (let x = 0, at = 0; x < width; x++, at += 4) {
    const word = source[from + x];
    let alpha = weights[0] * (word >>> 24);
    let red = alpha * (word & 255);
    let green = alpha * ((word >>> 8) & 255);
    let blue = alpha * ((word >>> 16) & 255);
    for (let distance = 1, above = from + x, below = above; distance < weights.length; distance++) {
      const weight = weights[distance];
      const one = source[(above -= width)];
      const other = source[(below += width)];
      const a = one >>> 24;
      const b = other >>> 24;
      red += weight * ((one & 255) * a + (other & 255) * b);
      green += weight * (((one >>> 8) & 255) * a + ((other >>> 8) & 255) * b);
      blue += weight * (((one >>> 16) & 255) * a + ((other >>> 16) & 255) * b);
      alpha += weight * (a + b);
    }
    sums[at] = red;
    sums[at + 1] = green;
    sums[at + 2] = blue;
    sums[at + 3] = alpha;
  }
}

/** Fills `sums` with those across the line, which goes on for as long as the weights on either side. */
function sumAcross(line, weights, sums) {
  const margin = 4 * (weights.length - 1);
  for (let at = 0; at < sums.length; at += 4) {
    let left = margin + at;
    let right = left;
    let red = weights[0] * line[left];
    let green = weights[0] * line[left + 1];
    let blue = weights[0] * line[left + 2];
    let alpha = weights[0] * line[left + 3];
    for (let distance = 1; distance < weights.length; distance++) {
      const weight = weights[distance];
      left -= 4;
      right += 4;
      red += weight * (line[left] + line[right]);
      green += weight * (line[left + 1] + line[right + 1]);
      blue += weight * (line[left + 2] + line[right + 2]);
      alpha += weight * (line[left + 3] + line[right + 3]);
    }
    sums[at] = red;
    sums[at + 1] = green;
    sums[at + 2] = blue;
    sums[at + 3] = alpha;
  }
}

/** Makes levels of sums. Where that of alpha is 0, so are those of colour. */
function divide(sums, totals, down) {
  for (let x = 0, at = 0; x < totals.length; x++, at += 4) {
    const alpha = sums[at + 3];
    const share = alpha && 1 / alpha;
    sums[at] *= share;
    sums[at + 1] *= share;
    sums[at + 2] *= share;
    sums[at + 3] = alpha / (totals[x] * down);
  }
}
