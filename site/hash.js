// The card of /hash: all digests of a text or a file, and whether a pasted one is among them.

import { Bits } from "./bits.js";
import { claims, judge } from "./claim.js";
import { Digests } from "./digests.js";
import { acceptDrops } from "./drop.js";
import { suits } from "./encoding.js";
import { copyable, duration, explain, facts, rate, size } from "./markup.js";
import { Progress } from "./progress.js";
import { curl, latest, send } from "./request.js";
import { timings } from "./timing.js";
import { upload } from "./upload.js";

/** What there is to paste. */
const HINT = "This is no digest: paste hex, Base64, integrity metadata or a line of a checksum file.";

/** The card's parts and the request that fills them. */
class Hash {
  constructor(card) {
    this.card = card;
    this.form = card.querySelector("form");
    this.command = copyable(card.querySelector(".curl"));
    this.digests = new Digests(card.querySelector(".digests"));
    this.ask = latest((signal) => this.compute(signal), (problem) => this.fail(problem));
    const acts = { stop: () => this.cancel(), again: () => this.ask(0) };
    this.progress = new Progress(card.querySelector(".progress"), acts);
  }

  /** Asks which algorithms there are, and follows every input from then on. What is dropped sooner waits. */
  start() {
    this.form.addEventListener("submit", (event) => event.preventDefault());
    acceptDrops(this.card, this.form.elements.file);
    latest(() => this.list(), (problem) => this.fail(problem))(0);
  }

  async list() {
    this.algorithms = await (await send({ path: "hash", accept: "application/json" })).json();
    // Those that need a key are left to other callers.
    const keyless = this.algorithms.filter(({ keyed }) => keyed !== "required");
    this.card.querySelector(".keyed").textContent = this.algorithms
      .filter(({ keyed }) => keyed !== "none")
      .map(({ name }) => name)
      .join(", ");
    this.bits = new Bits(this.card.querySelector(".avalanche"), keyless[0]);
    this.digests.list(keyless);
    this.form.addEventListener("input", ({ target }) => this.changed(target));
    this.card.querySelector(".remove").addEventListener("click", () => this.remove());
    this.renew(0);
  }

  get file() {
    return this.form.elements.file.files[0];
  }

  get body() {
    return this.file ?? this.form.elements.text.value;
  }

  get encoding() {
    return this.form.elements.encoding.value;
  }

  changed(target) {
    const { text, file } = this.form.elements;
    if (target === text) file.value = "";
    if (target === text || target === file) return this.renew();
    // What is no longer wanted stops nothing that is under way.
    if (target.type === "checkbox" && target.checked) this.ask();
    this.show();
  }

  remove() {
    this.form.elements.file.value = "";
    this.form.elements.text.focus();
    this.renew(0);
  }

  /** Other bytes have other digests. Those of a text stay in sight until the new ones are there. */
  renew(pause) {
    this.digests.forget();
    this.card.ariaBusy = "true";
    this.ask(pause);
    if (!this.file) return this.tell();
    this.bits.show();
    this.show();
  }

  /** Has the server compute every digest that is wanted and not known. */
  async compute(signal) {
    const { file, body } = this;
    const { missing } = this.digests;
    const start = performance.now();
    this.settle(missing.length > 0);
    this.progress.rest("");
    if (!missing.length) return this.show();
    if (file) this.progress.begin(file.size);
    const call = { path: `hash?algorithm=${missing}`, accept: "application/json", body };
    const response = await upload(call, signal, (sent) => file && this.progress.sent(sent));
    const answers = [await response.json()].flat();
    signal.throwIfAborted();
    this.digests.take(answers);
    this.settle(false);
    const [{ bytes }] = answers;
    const elapsed = performance.now() - start;
    this.progress.rest(facts([
      size(bytes),
      `answered in ${duration(elapsed)}`,
      file && rate(bytes, elapsed),
      ...timings(response).map(({ stage, time }) => `${stage} ${duration(time)}`),
    ]));
    this.bits.show(this.digests.rows[0].digest);
    this.show();
  }

  cancel() {
    this.ask.stop();
    this.settle(false);
    this.progress.rest("Cancelled", true);
    this.show();
  }

  fail(problem) {
    this.settle(false, problem);
    this.progress.rest("", Boolean(this.file));
    this.bits?.show();
    this.show();
  }

  settle(busy, problem) {
    this.card.ariaBusy = `${busy}`;
    this.card.querySelector(".trouble").replaceChildren(problem ? explain(problem) : "");
  }

  /** Shows all that follows from the inputs and the digests known. */
  show() {
    this.digests.write(this.encoding);
    this.tell();
    this.compare();
  }

  /** Says what is hashed, and how to ask for the same. */
  tell() {
    const bytes = this.card.querySelector(".bytes");
    bytes.classList.toggle("chosen", Boolean(this.file));
    bytes.querySelector(".remove").hidden = !this.file;
    bytes.querySelector(".drop span").textContent = this.file
      ? `${this.file.name}, ${size(this.file.size)}`
      : "or open a file, or drop one on this card";
    const suited = this.digests.wanted.filter(({ algorithm }) => suits(this.encoding, algorithm));
    const all = suited.length === this.digests.rows.length;
    const names = all ? "all" : suited.map(({ algorithm }) => algorithm.name);
    const encoding = this.encoding === "hex" ? "" : `&encoding=${this.encoding}`;
    this.command.textContent = names.length ? curl({ path: `hash?algorithm=${names}${encoding}`, body: this.body }) : "";
  }

  /** Says whether the pasted digest is one of those computed. */
  compare() {
    const verdict = this.card.querySelector(".verdict");
    const { words, tone, matches } = this.#judgement(this.form.elements.claim.value.trim());
    // A sentence that stays the same is not read out again.
    if (verdict.textContent !== words) verdict.textContent = words;
    verdict.className = `verdict ${tone}`;
    this.digests.mark(matches);
  }

  #judgement(text) {
    const none = { tone: "", matches: new Set() };
    if (!text) return { ...none, words: "" };
    const found = claims(text, this.algorithms);
    if (!found.length) return { ...none, words: HINT };
    const judgement = judge(found, this.digests.rows);
    const pending = this.card.ariaBusy === "true" && !judgement.matches.size;
    return pending ? { ...none, words: "Compared once the digests are there." } : judgement;
  }
}

/** Brings the card of /hash to life. */
export function hash(card) {
  new Hash(card).start();
}
