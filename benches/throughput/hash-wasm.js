// hash-wasm: C as wasm, a module for each algorithm.

import {
  createAdler32,
  createBLAKE2b,
  createBLAKE3,
  createCRC32,
  createMD5,
  createSHA1,
  createSHA256,
  createSHA3,
  createSHA512,
  createXXHash128,
  createXXHash3,
} from 'hash-wasm';

import { serveTasks } from './task.js';

/** The polynomial of CRC-32C (Castagnoli), its lowest power first. */
const CASTAGNOLI = 0x82f63b78;

const create = {
  crc32: () => createCRC32(),
  crc32c: () => createCRC32(CASTAGNOLI),
  adler32: () => createAdler32(),
  'xxh3-64': () => createXXHash3(),
  'xxh3-128': () => createXXHash128(),
  md5: () => createMD5(),
  'sha-1': () => createSHA1(),
  'sha-256': () => createSHA256(),
  'sha-512': () => createSHA512(),
  'sha3-256': () => createSHA3(256),
  blake2b: () => createBLAKE2b(512),
  blake3: () => createBLAKE3(),
};

await serveTasks(async (task, input) => {
  const hasher = await create[task]();
  return () => hasher.init().update(input).digest('binary');
});
