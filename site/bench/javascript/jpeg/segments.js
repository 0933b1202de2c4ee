// The segments before a JPEG's entropy-coded data (ITU-T T.81, annex B).

import { HuffmanTable } from "./huffman.js";

const START_OF_FRAME = 0xc0;
const HUFFMAN_TABLES = 0xc4;
const START_OF_IMAGE = 0xd8;
const START_OF_SCAN = 0xda;
const QUANTIZATION_TABLES = 0xdb;
const RESTART_INTERVAL = 0xdd;

/** Where each coefficient of the zigzag stands in its block (figure A.6). */
export const ZIGZAG = zigzag();

function zigzag() {
  const order = new Uint8Array(64);
  for (let diagonal = 0, at = 0; diagonal < 15; diagonal++) {
    for (let step = 0; step <= diagonal; step++) {
      const [x, y] = diagonal % 2 ? [diagonal - step, step] : [step, diagonal - step];
      if (x < 8 && y < 8) order[at++] = 8 * y + x;
    }
  }
  return order;
}

/**
 * @typedef {object} Component
 * @property {number} identifier
 * @property {number} across  samples in the width of an MCU, in blocks
 * @property {number} down  the same of its height
 * @property {Int32Array} quantization  by places in a block
 * @property {HuffmanTable} dc
 * @property {HuffmanTable} ac
 */

/**
 * Reads up to the first scan of a baseline file.
 *
 * @param {Uint8Array} file
 * @returns {{width: number, height: number, components: Component[], restartInterval: number, scanStart: number}}
 */
export function readSegments(file) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (view.getUint16(0) !== 0xff00 + START_OF_IMAGE) throw new Error("This is no JPEG.");
  const quantization = [];
  const tables = [];
  const picture = { restartInterval: 0 };
  for (let at = 2; ; ) {
    const marker = file[at + 1];
    const end = at + 2 + view.getUint16(at + 2);
    const start = at + 4;
    if (marker === QUANTIZATION_TABLES) readQuantization(file, start, end, quantization);
    else if (marker === HUFFMAN_TABLES) readHuffman(file, start, end, tables);
    else if (marker === RESTART_INTERVAL) picture.restartInterval = view.getUint16(start);
    else if (marker === START_OF_FRAME) Object.assign(picture, readFrame(view, start, quantization));
    else if (marker === START_OF_SCAN) {
      if (!picture.components) throw new Error("The JPEG is not baseline.");
      assignTables(file, start, picture.components, tables);
      return { ...picture, scanStart: end };
    }
    at = end;
  }
}

function readQuantization(file, start, end, quantization) {
  for (let at = start; at < end; at += 65) {
    const table = new Int32Array(64);
    for (let index = 0; index < 64; index++) table[ZIGZAG[index]] = file[at + 1 + index];
    quantization[file[at]] = table;
  }
}

/** Tables for DC are numbered from 0, those for AC from 16. */
function readHuffman(file, start, end, tables) {
  for (let at = start; at < end; ) {
    const counts = file.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    tables[file[at]] = new HuffmanTable(counts, file.subarray(at + 17, at + 17 + total));
    at += 17 + total;
  }
}

function readFrame(view, start, quantization) {
  const components = [];
  for (let at = start + 6; components.length < view.getUint8(start + 5); at += 3) {
    const sampling = view.getUint8(at + 1);
    components.push({
      identifier: view.getUint8(at),
      across: sampling >> 4,
      down: sampling & 15,
      quantization: quantization[view.getUint8(at + 2)],
    });
  }
  return { height: view.getUint16(start + 1), width: view.getUint16(start + 3), components };
}

function assignTables(file, start, components, tables) {
  for (let index = 0, at = start + 1; index < file[start]; index++, at += 2) {
    const component = components.find(({ identifier }) => identifier === file[at]);
    component.dc = tables[file[at + 1] >> 4];
    component.ac = tables[16 + (file[at + 1] & 15)];
  }
}
