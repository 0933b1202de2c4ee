/**
 * The core in Node, through its C interface. Copy this file and `edge_c_abi.wasm`: it needs nothing
 * else.
 *
 * What a host has to get right is in four places: every buffer is freed in a `finally`, every view
 * of the memory is made anew, since a call may have grown the memory and detached the old ones,
 * pointers (i32) are made unsigned by `>>> 0`, and 64-bit results (i64) by `BigInt.asUintN`.
 */

import { readFile } from "node:fs/promises";

const encoder = new TextEncoder();
// Text may begin with U+FEFF, and ends up in JavaScript whole or not at all.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The numbers of the module's statuses, in words. */
const STATUSES = [
  "done",
  "the pointer is null",
  "the bytes are not within the memory",
  "the text is not UTF-8",
  "the picture has no pixels, or not as many as its width and height ask for",
  "the radius is not a whole number from 0 to 127",
  "the memory is exhausted",
];

const EXHAUSTED = 6;

/** What the module has refused. */
export class EdgeError extends Error {
  name = "EdgeError";

  /** @param {number} status one of the module's numbers */
  constructor(status) {
    super(STATUSES[status] ?? `status ${status}`);
    this.status = status;
  }
}

/** One instance of the module, with a memory of its own. */
export class Edge {
  #exports;

  /** @param {WebAssembly.Instance} instance */
  constructor(instance) {
    this.#exports = instance.exports;
  }

  /**
   * @param {string | URL} file where `edge_c_abi.wasm` is
   * @returns {Promise<Edge>}
   */
  static async load(file) {
    const { instance } = await WebAssembly.instantiate(await readFile(file), {});
    return new Edge(instance);
  }

  /** @returns {number} the size of the module's memory, in bytes; it never shrinks */
  get memoryBytes() {
    return this.#exports.memory.buffer.byteLength;
  }

  /**
   * @param {string} text unpaired surrogates in it become U+FFFD
   * @returns {string} `Processed: ` and the text in upper case
   */
  processString(text) {
    if (typeof text !== "string") throw new TypeError("the text is not a string");
    return this.#lend(encoder.encode(text), (pointer, length) => {
      const packed = BigInt.asUintN(64, this.#exports.process_string(pointer, length));
      const start = Number(packed >> 32n);
      const low = Number(packed & 0xffff_ffffn);
      if (start === 0) throw new EdgeError(low);
      try {
        return decoder.decode(this.#view(start, low));
      } finally {
        this.#exports.deallocate(start, low);
      }
    });
  }

  /**
   * @param {Uint8Array} bytes
   * @returns {bigint} the FNV-1a of 64 bits, unsigned
   */
  fnv1aHash(bytes) {
    return this.#lend(bytes, (pointer, length) =>
      BigInt.asUintN(64, this.#exports.fnv1a_hash(pointer, length)),
    );
  }

  /**
   * Replaces red, green and blue by luma.
   * @param {Uint8Array | Uint8ClampedArray} rgba four bytes a pixel, changed in place
   */
  grayscale(rgba) {
    this.#change(rgba, (pointer, length) => this.#exports.grayscale(pointer, length));
  }

  /**
   * Blurs a picture of `width` times `height` pixels.
   * @param {Uint8Array | Uint8ClampedArray} rgba four bytes a pixel, changed in place
   * @param {number} width
   * @param {number} height
   * @param {number} radius in pixels, 0 to 127
   */
  boxBlur(rgba, width, height, radius) {
    checkUnsigned({ width, height, radius });
    this.#change(rgba, (pointer, length) =>
      this.#exports.box_blur(pointer, length, width, height, radius),
    );
  }

  /** Lets `call` change pixels, and copies them back unless it refuses. */
  #change(rgba, call) {
    this.#lend(rgba, (pointer, length) => {
      const status = call(pointer, length);
      if (status !== 0) throw new EdgeError(status);
      rgba.set(this.#view(pointer, length));
    });
  }

  /** Calls `use` with the address and the number of bytes of a copy that lasts as long as the call. */
  #lend(bytes, use) {
    if (!(bytes instanceof Uint8Array || bytes instanceof Uint8ClampedArray)) {
      throw new TypeError("the bytes are not in a Uint8Array");
    }
    const { allocate, deallocate } = this.#exports;
    const pointer = allocate(bytes.length) >>> 0;
    if (pointer === 0 && bytes.length > 0) throw new EdgeError(EXHAUSTED);
    try {
      this.#view(pointer, bytes.length).set(bytes);
      return use(pointer, bytes.length);
    } finally {
      deallocate(pointer, bytes.length);
    }
  }

  /** Bytes of the memory as it is now. */
  #view(pointer, length) {
    return new Uint8Array(this.#exports.memory.buffer, pointer, length);
  }
}

/** Refuses what JavaScript would silently wrap or cut to fit into an i32. */
function checkUnsigned(numbers) {
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff) {
      throw new RangeError(`the ${name} is ${value}; it must be a whole number from 0 to 2^32 - 1`);
    }
  }
}
