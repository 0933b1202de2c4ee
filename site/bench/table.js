// The table of results: a bar for every contender.

import { element } from "../markup.js";
import { digits, KINDS, rate, ratio } from "./report.js";

/** What a case's rows say: what is measured, then each contender. */
export class Case {
  #test;
  #verdict = element("output", "");
  #rows;

  /** @param {import("./cases.js").Case} test */
  constructor(test) {
    this.#test = test;
    const head = element("th", "", element("span", "", test.title), this.#verdict);
    head.colSpan = 4;
    head.scope = "rowgroup";
    const kinds = Object.keys(KINDS).filter((kind) => kind !== "copied" || test.copied);
    this.#rows = Object.fromEntries(kinds.map((kind) => [kind, new Contender(kind)]));
    this.node = element("tbody", "", element("tr", "", head), ...Object.values(this.#rows).map(({ node }) => node));
    this.node.dataset.case = test.id;
    this.wait();
  }

  /** Nothing is known yet. */
  wait() {
    this.#set("waiting", "");
    for (const row of Object.values(this.#rows)) row.clear();
    delete this.node.dataset.ratio;
  }

  run() {
    this.#set("running", "running");
  }

  /** @param {import("./referee.js").Result} result */
  finish(result) {
    const { medians } = result;
    const slowest = Math.max(...Object.values(medians));
    for (const [kind, time] of Object.entries(medians)) {
      this.#rows[kind].show(time, time / slowest, rate(this.#test, time));
    }
    this.node.dataset.ratio = ratio(result).toFixed(2);
    this.#set("done", `${digits(ratio(result))} ×`);
  }

  fail(message) {
    this.#set("failed", message);
  }

  #set(state, words) {
    this.node.dataset.state = state;
    this.#verdict.value = words;
  }
}

/** A contender's row. */
class Contender {
  #bar = element("i", "");
  #time = element("td", "");
  #rate = element("td", "");

  constructor(kind) {
    const head = element("th", "", KINDS[kind]);
    head.scope = "row";
    this.node = element("tr", "", head, element("td", "", this.#bar), this.#time, this.#rate);
    this.node.dataset.kind = kind;
  }

  clear() {
    this.#bar.style.inlineSize = "0";
    this.#time.textContent = this.#rate.textContent = "";
  }

  show(milliseconds, share, rate) {
    this.#bar.style.inlineSize = `${100 * share}%`;
    this.#time.textContent = `${digits(milliseconds)} ms`;
    this.#rate.textContent = rate;
  }
}
