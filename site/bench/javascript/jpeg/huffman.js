// Huffman codes (ITU-T T.81, annexes C and F.2.2).

/** Codes of up to so many bits are looked up, longer ones searched for. */
const LOOKUP_BITS = 10;
const LONGEST_BITS = 16;
const FIRST_RESTART = 0xd0;
const LAST_RESTART = 0xd7;

/** A table of codes. */
export class HuffmanTable {
  /** By the next `LOOKUP_BITS`: the symbol and, in the upper byte, its code's length; 0 if it is longer. */
  lookup = new Uint16Array(1 << LOOKUP_BITS);
  /** By length: the first code that is too high for it, left-aligned in 16 bits. */
  limits = new Int32Array(LONGEST_BITS + 2);
  /** By length: what makes a code of that length the index of its symbol. */
  offsets = new Int32Array(LONGEST_BITS + 1);

  /**
   * @param {Uint8Array} counts  how many codes of 1 bit there are, of 2, …
   * @param {Uint8Array} symbols  in the order of their codes
   */
  constructor(counts, symbols) {
    this.symbols = symbols;
    let code = 0;
    let index = 0;
    for (let length = 1; length <= LONGEST_BITS; length++, code <<= 1) {
      this.offsets[length] = index - code;
      for (const last = index + counts[length - 1]; index < last; index++, code++) {
        if (length > LOOKUP_BITS) continue;
        const free = LOOKUP_BITS - length;
        this.lookup.fill((length << 8) | symbols[index], code << free, (code + 1) << free);
      }
      this.limits[length] = code << (LONGEST_BITS - length);
    }
    this.limits[LONGEST_BITS + 1] = Infinity;
  }
}

/** Reads symbols and bits from entropy-coded data. */
export class BitReader {
  #bytes;
  #at;
  /** The bits that come next, the last of them lowest; above them are some that are past. */
  #bits = 0;
  #count = 0;

  constructor(bytes, start) {
    this.#bytes = bytes;
    this.#at = start;
  }

  /** The symbol of the next code. */
  symbol(table) {
    if (this.#count < LONGEST_BITS) this.#fill();
    const entry = table.lookup[(this.#bits >>> (this.#count - LOOKUP_BITS)) & ((1 << LOOKUP_BITS) - 1)];
    if (entry === 0) return this.#longSymbol(table);
    this.#count -= entry >> 8;
    return entry & 0xff;
  }

  #longSymbol({ limits, offsets, symbols }) {
    const next = (this.#bits >>> (this.#count - LONGEST_BITS)) & 0xffff;
    let length = LOOKUP_BITS + 1;
    while (next >= limits[length]) length++;
    if (length > LONGEST_BITS) throw new Error("The JPEG holds a code that is in none of its tables.");
    this.#count -= length;
    return symbols[(next >> (LONGEST_BITS - length)) + offsets[length]];
  }

  /** A coefficient or difference of `size` bits, 1 to 11 (table F.1). */
  value(size) {
    if (this.#count < size) this.#fill();
    this.#count -= size;
    const bits = (this.#bits >>> this.#count) & ((1 << size) - 1);
    return bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;
  }

  /** Goes on behind the restart marker, which is what comes next. */
  restart() {
    const marker = this.#bytes[this.#at + 1];
    if (this.#bytes[this.#at] !== 0xff || marker < FIRST_RESTART || marker > LAST_RESTART) {
      throw new Error("The JPEG lacks a restart marker.");
    }
    this.#count = 0;
    this.#at += 2;
  }

  /** Takes bytes up to 25 bits or more; zeros where a marker has ended them. */
  #fill() {
    while (this.#count <= 24) {
      let byte = this.#bytes[this.#at];
      if (byte !== 0xff) this.#at++;
      else if (this.#bytes[this.#at + 1] === 0) this.#at += 2;
      else byte = 0;
      this.#bits = (this.#bits << 8) | byte;
      this.#count += 8;
    }
  }
}
