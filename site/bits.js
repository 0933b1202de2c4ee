// A digest's bits, for seeing how many of them one changed character turns.

import { element } from "./markup.js";

/** A square for each bit of a digest, marked where the digest before it had another. */
export class Bits {
  #cells;
  #caption;
  #last = "";

  /** @param {HTMLElement} figure  holds `.bits` and a caption */
  constructor(figure, { name, bits }) {
    this.name = name;
    this.#cells = Array.from({ length: bits }, () => element("i", ""));
    this.#caption = figure.querySelector("figcaption");
    figure.querySelector(".bits").append(...this.#cells);
    this.show();
  }

  /** @param {string} [digest]  in hex; none takes the last one away */
  show(digest) {
    const now = digest ? BigInt(`0x${digest}`).toString(2).padStart(this.#cells.length, "0") : "";
    const turned = this.#cells.filter((cell, bit) => {
      const other = Boolean(this.#last && now) && this.#last[bit] !== now[bit];
      cell.classList.toggle("on", now[bit] === "1");
      cell.classList.toggle("turned", other);
      return other;
    });
    this.#caption.textContent = turned.length
      ? `${turned.length} of ${now.length} bits of ${this.name} turned`
      : `Change one character and see bits of ${this.name} turn`;
    this.#last = now;
  }
}
