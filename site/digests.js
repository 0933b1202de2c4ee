// The table of digests: a row for every algorithm that the server lists.

import { ENCODINGS, suits } from "./encoding.js";
import { copier, element } from "./markup.js";

/** One row: the algorithm, whether its digest is wanted, and the digest in hex once it is known. */
class Row {
  constructor(algorithm) {
    const { name, bits, legacy } = algorithm;
    this.algorithm = algorithm;
    this.box = Object.assign(document.createElement("input"), { type: "checkbox", name: "algorithm", checked: true });
    this.text = element("code", "");
    this.copy = copier(this.text, `Copy ${name}`);
    const label = element("label", "", this.box, element("span", "", name));
    const head = element("th", "", label, legacy ? element("small", "", "legacy") : "");
    head.scope = "row";
    const digest = element("td", "digest", this.text);
    // Room for the digest in hex, whatever else it will be written in.
    digest.style.setProperty("--digits", bits / 4);
    this.node = element("tr", "", head, element("td", "", `${bits}`), digest, element("td", "", this.copy));
  }

  get wanted() {
    return this.box.checked;
  }

  write(encoding) {
    const { digest, wanted, algorithm } = this;
    this.text.textContent = digest && wanted ? (ENCODINGS[encoding](digest, algorithm) ?? "") : "";
    this.copy.disabled = !this.text.textContent;
    this.node.classList.toggle("unsuited", !suits(encoding, algorithm));
  }
}

/** The rows, and the box at their head that chooses all or none. */
export class Digests {
  rows = [];
  #all;
  #body;

  constructor(table) {
    this.#body = table.tBodies[0];
    this.#all = table.tHead.querySelector("input");
    table.addEventListener("input", ({ target }) => this.#choose(target));
  }

  /** @param {Algorithm[]} algorithms */
  list(algorithms) {
    this.rows = algorithms.map((algorithm) => new Row(algorithm));
    this.#body.replaceChildren(...this.rows.map(({ node }) => node));
    this.#choose();
  }

  get wanted() {
    return this.rows.filter(({ wanted }) => wanted);
  }

  /** The names of those that are wanted and not known yet. */
  get missing() {
    return this.wanted.filter(({ digest }) => !digest).map(({ algorithm }) => algorithm.name);
  }

  /** @param {{algorithm: string, digest: string}[]} answers  with digests in hex */
  take(answers) {
    const digests = new Map(answers.map(({ algorithm, digest }) => [algorithm, digest]));
    for (const row of this.rows) row.digest = digests.get(row.algorithm.name) ?? row.digest;
  }

  /** Forgets the digests; what is shown stays until the next `write`. */
  forget() {
    for (const row of this.rows) row.digest = undefined;
  }

  write(encoding) {
    for (const row of this.rows) row.write(encoding);
  }

  /** Marks the rows whose digest is one of `matches`. */
  mark(matches) {
    for (const { node, digest } of this.rows) node.classList.toggle("match", matches.has(digest));
  }

  #choose(target) {
    if (target === this.#all) for (const { box } of this.rows) box.checked = target.checked;
    const { length } = this.wanted;
    this.#all.checked = length === this.rows.length;
    this.#all.indeterminate = length > 0 && length < this.rows.length;
  }
}
