// Plain JavaScript: loops as one would write them, and @noble/hashes for what takes more than that.

import { blake2b } from '@noble/hashes/blake2.js';
import { blake3 } from '@noble/hashes/blake3.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { sha3_256 } from '@noble/hashes/sha3.js';

import { bigEndian } from './integer.js';
import { serveTasks } from './task.js';

/** FNV-1a with 64 bits in two halves: the prime is 2^40 + 435. */
function fnv1a64(input) {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let at = 0; at < input.length; at++) {
    low = (low ^ input[at]) >>> 0;
    const product = low * 435;
    high = Math.imul(high, 435) + Math.floor(product / 0x100000000) + (low << 8);
    low = product >>> 0;
  }
  return bigEndian(high >>> 0, low);
}

/** CRC-32 by bytes, with the polynomial's lowest power first. */
const crcTable = (polynomial) =>
  Uint32Array.from({ length: 256 }, (_, crc) => {
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    return crc;
  });

const crc = (polynomial) => {
  const table = crcTable(polynomial);
  return (input) => {
    let crc = 0xffffffff;
    for (let at = 0; at < input.length; at++) crc = table[(crc ^ input[at]) & 0xff] ^ (crc >>> 8);
    return bigEndian(~crc >>> 0);
  };
};

/** So many bytes add up to less than 2^32 before the remainder has to be taken. */
const ADLER_BYTES = 5552;

function adler32(input) {
  let [a, b] = [1, 0];
  for (let at = 0; at < input.length; ) {
    for (const end = Math.min(at + ADLER_BYTES, input.length); at < end; at++) {
      a += input[at];
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return bigEndian(b * 0x10000 + a);
}

const digest = {
  'fnv1a-64': fnv1a64,
  crc32: crc(0xedb88320),
  crc32c: crc(0x82f63b78),
  adler32,
  md5,
  'sha-1': sha1,
  'sha-256': sha256,
  'sha-512': sha512,
  'sha3-256': sha3_256,
  blake2b,
  blake3,
};

await serveTasks((task, input) => () => digest[task](input));
