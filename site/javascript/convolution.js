// Symmetric windows of weights, applied across each row and then down the columns.
//
// Sums run over what of the window lies within the picture, and are divided by the sum of those weights. Colour is
// weighted by alpha. The picture is overwritten from the top, so the rows within the window, already summed across, are
// kept in a ring.

/**
 * Convolves a picture with weights, of which the first belongs to the middle and each further one to both places at its
 * distance, in either direction.
 * @param {import("./picture.js").Picture} picture
 * @param {Float32Array} weights
 * @param {(row: Uint8ClampedArray, blurred: Float32Array) => void} finish  overwrites a row of the source, straight RGBA;
 *   `blurred` has the same, not yet rounded
 */
export function convolve(picture, weights, finish) {
  const { width, height, data } = picture;
  // Nothing is as far from any pixel as the picture is wide, or high.
  const across = weights.subarray(0, width);
  const down = weights.subarray(0, height);
  const reach = down.length - 1;
  const margin = 4 * (across.length - 1);
  const row = (y) => data.subarray(4 * y * width, 4 * (y + 1) * width);

  const ring = Array.from({ length: Math.min(2 * reach + 1, height) }, () => new Float32Array(4 * width));
  const blank = new Float32Array(4 * width);
  const kept = (y) => (y >= 0 && y < height ? ring[y % ring.length] : blank);
  const terms = new Float32Array(4 * width + 2 * margin);
  const shifted = (by) => terms.subarray(margin + by, margin + by + 4 * width);
  const enter = (y) => {
    weigh(shifted(0), row(y));
    addUp(kept(y), across, (distance) => shifted(4 * distance));
  };

  const totals = Float32Array.from({ length: width }, (_, x) => total(across, x, width));
  const sums = new Float32Array(4 * width);
  for (let y = 0; y < reach; y++) enter(y);
  for (let y = 0; y < height; y++) {
    if (y + reach < height) enter(y + reach);
    addUp(sums, down, (distance) => kept(y + distance));
    divide(sums, totals, total(down, y, height));
    finish(row(y), sums);
  }
}

/** Colour times alpha, and alpha itself. */
function weigh(terms, row) {
  for (let at = 0; at < row.length; at += 4) {
    const alpha = row[at + 3];
    terms[at] = row[at] * alpha;
    terms[at + 1] = row[at + 1] * alpha;
    terms[at + 2] = row[at + 2] * alpha;
    terms[at + 3] = alpha;
  }
}

/** Fills `sums` with the weighted sums of the terms at each distance, to either side. */
function addUp(sums, weights, terms) {
  scale(sums, weights[0], terms(0));
  for (let distance = 1; distance < weights.length; distance++) {
    add(sums, weights[distance], terms(-distance), terms(distance));
  }
}

function scale(sums, weight, terms) {
  for (let at = 0; at < sums.length; at++) sums[at] = weight * terms[at];
}

function add(sums, weight, before, after) {
  for (let at = 0; at < sums.length; at++) sums[at] += weight * (before[at] + after[at]);
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

/** Makes levels of sums: where that of alpha is 0, so are those of colour. */
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
