// The inverse cosine transform of 8 by 8 coefficients, in integers: the fast algorithm of Loeffler,
// Ligtenberg and Moschytz (ICASSP 1989), first by columns, then by rows.

/** Fractional bits of the factors. */
const FACTOR_BITS = 12;
/** Fractional bits that the columns keep. */
const KEPT_BITS = 2;
/** An 8-point transform by this algorithm is the true one times the square root of 8. */
const SCALE_BITS = 3;

const fixed = (factor) => Math.round(factor * (1 << FACTOR_BITS));
const F0_298 = fixed(0.298631336);
const F0_390 = fixed(0.390180644);
const F0_541 = fixed(0.5411961);
const F0_765 = fixed(0.765366865);
const F0_899 = fixed(0.899976223);
const F1_175 = fixed(1.175875602);
const F1_501 = fixed(1.501321110);
const F1_847 = fixed(1.847759065);
const F1_961 = fixed(1.961570560);
const F2_053 = fixed(2.053119869);
const F2_562 = fixed(2.562915447);
const F3_072 = fixed(3.072711026);

/**
 * Transforms a block in place and leaves it empty.
 *
 * @param {Int32Array} block  64 dequantized coefficients, row by row
 * @param {Uint8ClampedArray} plane  takes the samples
 * @param {number} at  the place of the first
 * @param {number} stride  of the plane
 */
export function inverseTransform(block, plane, at, stride) {
  const round = 1 << (FACTOR_BITS - KEPT_BITS - 1);
  for (let column = 0; column < 8; column++) {
    if (isFlat(block, column)) fillColumn(block, column);
    else pass(block, column, 8, round, FACTOR_BITS - KEPT_BITS);
  }
  const shift = FACTOR_BITS + KEPT_BITS + SCALE_BITS;
  // Samples are about 128.
  const middle = (128 << shift) + (1 << (shift - 1));
  for (let row = 0; row < 64; row += 8, at += stride) {
    pass(block, row, 1, middle, shift);
    for (let x = 0; x < 8; x++) plane[at + x] = block[row + x];
  }
  block.fill(0);
}

/** Whether a column has nothing below its first coefficient. */
function isFlat(block, at) {
  const upper = block[at + 8] | block[at + 16] | block[at + 24];
  const lower = block[at + 32] | block[at + 40] | block[at + 48] | block[at + 56];
  return (upper | lower) === 0;
}

function fillColumn(block, column) {
  const level = block[column] << KEPT_BITS;
  for (let at = column; at < 64; at += 8) block[at] = level;
}

/** One transform of eight values, `step` apart; `offset` is added before the lowest bits are dropped. */
function pass(block, at, step, offset, shift) {
  const s0 = block[at];
  const s1 = block[at + step];
  const s2 = block[at + 2 * step];
  const s3 = block[at + 3 * step];
  const s4 = block[at + 4 * step];
  const s5 = block[at + 5 * step];
  const s6 = block[at + 6 * step];
  const s7 = block[at + 7 * step];

  // The even part
  const turn = Math.imul(s2 + s6, F0_541);
  const low = turn - Math.imul(s6, F1_847);
  const high = turn + Math.imul(s2, F0_765);
  const sum = ((s0 + s4) << FACTOR_BITS) + offset;
  const difference = ((s0 - s4) << FACTOR_BITS) + offset;
  const e0 = sum + high;
  const e1 = difference + low;
  const e2 = difference - low;
  const e3 = sum - high;

  // The odd part
  const all = Math.imul(s1 + s3 + s5 + s7, F1_175);
  const z1 = -Math.imul(s1 + s7, F0_899);
  const z2 = -Math.imul(s3 + s5, F2_562);
  const z3 = all - Math.imul(s3 + s7, F1_961);
  const z4 = all - Math.imul(s1 + s5, F0_390);
  const o0 = Math.imul(s1, F1_501) + z1 + z4;
  const o1 = Math.imul(s3, F3_072) + z2 + z3;
  const o2 = Math.imul(s5, F2_053) + z2 + z4;
  const o3 = Math.imul(s7, F0_298) + z1 + z3;

  block[at] = (e0 + o0) >> shift;
  block[at + step] = (e1 + o1) >> shift;
  block[at + 2 * step] = (e2 + o2) >> shift;
  block[at + 3 * step] = (e3 + o3) >> shift;
  block[at + 4 * step] = (e3 - o3) >> shift;
  block[at + 5 * step] = (e2 - o2) >> shift;
  block[at + 6 * step] = (e1 - o1) >> shift;
  block[at + 7 * step] = (e0 - o0) >> shift;
}
