//! FNV-1a 64 in WebAssembly's 128-bit SIMD: a block at a time, as 32 pieces side by side.
//!
//! By its definition FNV-1a is one chain of multiplications. Two of its properties break the chain:
//!
//! - No bit of a hash depends on higher bits of the one before. So narrow lanes can run all pieces
//!   at once, each from its own start, and a few such runs find the low bytes of these starts.
//! - Let `h` be a hash, `l` its low bits, `b` the next byte and `p` the prime. Then `h ^ b` is
//!   `h + d` where `d = (l ^ b) - l`, and so the hash after n bytes is
//!   `h p^n + d[1] p^n + d[2] p^(n-1) + … + d[n] p`: terms that can be added in any order.

use std::arch::wasm32::*;
use std::array::from_fn;
use std::sync::LazyLock;

use super::{portable, word::Word};

/// Bytes in a block. What is shorter is left to the portable kernel.
pub(super) const BLOCK: usize = PIECES * PIECE;

const LANES: usize = 8;
/// Vectors that are worked on at once, to use the time that each multiplication takes.
const VECTORS: usize = 4;
const PIECES: usize = VECTORS * LANES;
/// Bytes in a piece.
const PIECE: usize = 256;
/// Bytes of a piece whose terms are added in 32 bits. Each adds 2 * 255 * 2^15 or less, so there
/// may be 128.
const SPAN: usize = 32;
/// 16-bit digits, from -2^15 to 2^15 - 1, of a number of 64 bits, the lowest first.
const LIMBS: usize = 4;

/// Two bytes of each piece: in its lane, the first in the low half.
type Row = [v128; VECTORS];
type Rows = [Row; PIECE / 2];
/// A number for each piece.
type PerPiece = [[u16; LANES]; VECTORS];

/// Takes in the bytes: for each, xor, then multiply.
pub(super) fn fnv1a(hash: u64, bytes: &[u8]) -> u64 {
    let (blocks, rest) = bytes.as_chunks();
    portable::fnv1a(blocks.iter().fold(hash, take_block), rest)
}

fn take_block(hash: u64, block: &[u8; BLOCK]) -> u64 {
    let rows = rows(block);
    let sums = sums(&rows, starts(&rows, hash as u8));
    sums.into_iter()
        .fold(hash, |hash, sum| hash.wrapping_mul(const { power(LANES * PIECE) }).wrapping_add(sum))
}

/// The pieces, transposed.
fn rows(block: &[u8; BLOCK]) -> Rows {
    let mut rows = [[u64x2_splat(0); VECTORS]; PIECE / 2];
    let (pieces, _) = block.as_chunks::<PIECE>();
    let (pieces, _) = pieces.as_chunks::<LANES>();
    for (vector, pieces) in pieces.iter().enumerate() {
        for (at, rows) in rows.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
            let square = transpose(pieces.each_ref().map(|piece| load(&piece.as_chunks().0[at])));
            for (row, lanes) in rows.iter_mut().zip(square) {
                row[vector] = lanes;
            }
        }
    }
    rows
}

fn load(bytes: &[u8; 16]) -> v128 {
    let bits = u128::from_le_bytes(*bytes);
    u64x2(bits as u64, (bits >> 64) as u64)
}

/// Lane j of vector i becomes lane i of vector j.
fn transpose(mut vectors: [v128; LANES]) -> [v128; LANES] {
    // A place is six bits: the vector's three, the lane's three. Each round rotates them by one.
    for _ in 0..LANES.ilog2() {
        vectors = from_fn(|i| {
            let (a, b) = (vectors[i / 2], vectors[i / 2 + LANES / 2]);
            if i % 2 == 0 {
                i16x8_shuffle::<0, 8, 1, 9, 2, 10, 3, 11>(a, b)
            } else {
                i16x8_shuffle::<4, 12, 5, 13, 6, 14, 7, 15>(a, b)
            }
        });
    }
    vectors
}

/// The low byte of the hash where each piece starts, of which the first is known.
fn starts(rows: &Rows, first: u8) -> PerPiece {
    let mut starts = PerPiece::default();
    // All starts are known up to `bit`. From there each piece is run with the bit clear and set.
    // One of the two ends is right in that bit, and in the next as far as that was clear at first.
    for bit in [1, 4, 16, 64] {
        let next = 2 * bit;
        let [clear, set] = ends(rows, [starts, starts.map(|lanes| lanes.map(|start| start | bit))]);
        let ends = clear.as_flattened().iter().zip(set.as_flattened());
        let mut hash = u16::from(first);
        for (start, (clear, set)) in starts.as_flattened_mut().iter_mut().zip(ends) {
            *start = hash & (2 * next - 1);
            let end = if hash & bit == 0 { clear } else { set };
            hash = end ^ (hash & next);
        }
    }
    starts
}

/// The low byte of the hash where each piece ends, from each of two starts; the high byte is noise.
fn ends(rows: &Rows, starts: [PerPiece; 2]) -> [PerPiece; 2] {
    let mut hashes = starts.map(vectors);
    for row in rows {
        for (i, &pairs) in row.iter().enumerate() {
            for hashes in &mut hashes {
                hashes[i] = times_prime(v128_xor(hashes[i], pairs));
                hashes[i] = times_prime(v128_xor(hashes[i], u16x8_shr(pairs, 8)));
            }
        }
    }
    hashes.map(|row| row.map(lanes))
}

fn times_prime(lanes: v128) -> v128 {
    i16x8_mul(lanes, u16x8_splat(u64::PRIME as u16))
}

fn vectors(numbers: PerPiece) -> Row {
    numbers.map(|[a, b, c, d, e, f, g, h]| u16x8(a, b, c, d, e, f, g, h))
}

fn lanes(vector: v128) -> [u16; LANES] {
    [
        u16x8_extract_lane::<0>(vector),
        u16x8_extract_lane::<1>(vector),
        u16x8_extract_lane::<2>(vector),
        u16x8_extract_lane::<3>(vector),
        u16x8_extract_lane::<4>(vector),
        u16x8_extract_lane::<5>(vector),
        u16x8_extract_lane::<6>(vector),
        u16x8_extract_lane::<7>(vector),
    ]
}

/// What the pieces of each vector add to the hash at the end of the last of them.
fn sums(rows: &Rows, starts: PerPiece) -> [u64; VECTORS] {
    let mut hashes = vectors(starts);
    let mut sums = [0u64; VECTORS];
    let weights = WEIGHTS.as_chunks::<2>().0;
    for span in rows.as_chunks::<{ SPAN / 2 }>().0 {
        let mut limbs = [[u64x2_splat(0); LIMBS]; VECTORS];
        for (row, weights) in span.iter().zip(weights) {
            let first = row.map(|pairs| v128_and(pairs, u16x8_splat(0xff)));
            let second = row.map(|pairs| u16x8_shr(pairs, 8));
            for (bytes, weights) in [first, second].into_iter().zip(weights) {
                for i in 0..VECTORS {
                    let mixed = v128_xor(hashes[i], bytes[i]);
                    add(&mut limbs[i], i16x8_sub(mixed, hashes[i]), weights);
                    hashes[i] = times_prime(mixed);
                }
            }
        }
        for (sum, limbs) in sums.iter_mut().zip(limbs) {
            *sum = sum.wrapping_mul(const { power(SPAN) }).wrapping_add(total(limbs));
        }
    }
    sums
}

/// Adds one vector of terms.
fn add(limbs: &mut [v128; LIMBS], changes: v128, weights: &[v128; LIMBS]) {
    for (limb, weight) in limbs.iter_mut().zip(weights) {
        *limb = i32x4_add(*limb, i32x4_dot_i16x8(changes, *weight));
    }
}

/// The number whose limbs these are, each the sum of its lanes.
fn total(limbs: [v128; LIMBS]) -> u64 {
    limbs.into_iter().rev().fold(0, |total, limb| {
        let limb = i64x2_add(i64x2_extend_low_i32x4(limb), i64x2_extend_high_i32x4(limb));
        (total << 16)
            .wrapping_add(u64x2_extract_lane::<0>(limb))
            .wrapping_add(u64x2_extract_lane::<1>(limb))
    })
}

/// By what a byte counts, as limbs: by its place in a span, and in each lane by how many pieces
/// of the vector follow. Made when first needed: constants would be the larger part of what a small
/// module holds.
static WEIGHTS: LazyLock<[[v128; LIMBS]; SPAN]> = LazyLock::new(|| from_fn(|at| weight(SPAN - at)));

/// `power(following)` in the last lane, and a piece's power more in each before it.
fn weight(following: usize) -> [v128; LIMBS] {
    let mut powers: [_; LANES] = from_fn(|lane| power(following + PIECE * (LANES - 1 - lane)));
    from_fn(|_| {
        let [a, b, c, d, e, f, g, h] = powers.each_mut().map(take_limb);
        i16x8(a, b, c, d, e, f, g, h)
    })
}

/// Takes the lowest limb off a number.
fn take_limb(number: &mut u64) -> i16 {
    let limb = *number as i16;
    *number = number.wrapping_sub(limb as u64) >> 16;
    limb
}

/// The prime to the power of `exponent`, modulo 2^64.
const fn power(exponent: usize) -> u64 {
    u64::PRIME.wrapping_pow(exponent as u32)
}
