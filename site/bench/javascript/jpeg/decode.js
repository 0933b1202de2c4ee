// Decoding of baseline JPEG (ITU-T T.81) in JFIF's colours (T.871).

import { toRgba } from "./colour.js";
import { BitReader } from "./huffman.js";
import { inverseTransform } from "./idct.js";
import { ZIGZAG, readSegments } from "./segments.js";

/**
 * Decodes a baseline file with Y, Cb and Cr, of which the latter are at most half as wide and high.
 *
 * @param {Uint8Array} file
 * @returns {{width: number, height: number, data: Uint8ClampedArray}} RGBA
 */
export function decodeJpeg(file) {
  const { width, height, components, restartInterval, scanStart } = readSegments(file);
  const across = Math.max(...components.map(({ across }) => across));
  const down = Math.max(...components.map(({ down }) => down));
  const columns = Math.ceil(width / (8 * across));
  const rows = Math.ceil(height / (8 * down));
  const planes = components.map((component) => new Plane(component, columns, rows));

  const reader = new BitReader(file, scanStart);
  for (let mcu = 0; mcu < columns * rows; mcu++) {
    if (restartInterval && mcu && mcu % restartInterval === 0) {
      reader.restart();
      for (const plane of planes) plane.restart();
    }
    const row = Math.floor(mcu / columns);
    for (const plane of planes) plane.readMcu(reader, mcu - row * columns, row);
  }
  return { width, height, data: toRgba(planes, width, height, across, down) };
}

/** The samples of one component. */
class Plane {
  #component;
  #block = new Int32Array(64);
  #dc = 0;

  constructor(component, columns, rows) {
    this.#component = component;
    this.stride = 8 * component.across * columns;
    this.samples = new Uint8ClampedArray(this.stride * 8 * component.down * rows);
  }

  restart() {
    this.#dc = 0;
  }

  /** Reads its blocks of one MCU. */
  readMcu(reader, column, row) {
    const { across, down } = this.#component;
    for (let y = row * down; y < (row + 1) * down; y++) {
      for (let x = column * across; x < (column + 1) * across; x++) {
        const at = 8 * (y * this.stride + x);
        if (this.#readBlock(reader)) inverseTransform(this.#block, this.samples, at, this.stride);
        else this.#fill(at);
      }
    }
  }

  /** Whether the block has more than its mean. */
  #readBlock(reader) {
    const { dc, ac, quantization } = this.#component;
    const block = this.#block;
    const size = reader.symbol(dc);
    if (size) this.#dc += reader.value(size);
    block[0] = this.#dc * quantization[0];
    let filled = false;
    for (let index = 1; index < 64; index++) {
      const symbol = reader.symbol(ac);
      const size = symbol & 15;
      index += symbol >> 4;
      // No more coefficients, unless it is a run of 16 zeros.
      if (size === 0) {
        if (symbol === 0) break;
        continue;
      }
      const place = ZIGZAG[index & 63];
      block[place] = reader.value(size) * quantization[place];
      filled = true;
    }
    return filled;
  }

  /** A block of one colour. */
  #fill(at) {
    const level = ((this.#block[0] + 4) >> 3) + 128;
    for (let row = 0; row < 8; row++, at += this.stride) this.samples.fill(level, at, at + 8);
  }
}
