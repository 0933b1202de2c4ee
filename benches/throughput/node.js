// What Node has itself: OpenSSL in `node:crypto`, zlib in `node:zlib`.

import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

import { bigEndian } from './integer.js';
import { serveTasks } from './task.js';

const hash = (name) => (input) => createHash(name).update(input).digest();

const digest = {
  crc32: (input) => bigEndian(crc32(input)),
  md5: hash('md5'),
  'sha-1': hash('sha1'),
  'sha-256': hash('sha256'),
  'sha-512': hash('sha512'),
  'sha3-256': hash('sha3-256'),
  blake2b: hash('blake2b512'),
};

await serveTasks((task, input) => () => digest[task](input));
