// The card of /image: a picture, a pipeline, what three contenders make of it and how to ask the edge for the same.

import { Column } from "./column.js";
import { CONTENDERS } from "./contenders.js";
import { acceptDrops } from "./drop.js";
import { colour } from "./fields.js";
import { breakable, copyable, facts, size } from "./markup.js";
import { close, open } from "./picture.js";
import { read, segments, write } from "./pipeline.js";
import { Problem, address, curl, latest, send, whenSeen } from "./request.js";
import { SAMPLES } from "./samples.js";
import { Steps } from "./steps.js";
import { ratio, verdict } from "./verdict.js";

/** Who runs in which order: one after the other, so that none takes another's core, and the slowest last. */
const TURNS = ["wasm", "edge", "javascript"];

/** The card's parts, and the task that fills them. */
class Studio {
  constructor(card) {
    this.card = card;
    this.form = card.querySelector("form");
    this.steps = new Steps(card.querySelector(".editor"));
    const columns = Object.entries(CONTENDERS).map(([id, contender]) => [id, new Column(id, contender, card)]);
    this.columns = Object.fromEntries(columns);
    card.querySelector(".columns").append(...this.#all.map(({ node }) => node));
    card.querySelector(".stages").append(...this.#all.map(({ stages }) => stages));
    this.lines = { url: copyable(card.querySelector(".url")), curl: copyable(card.querySelector(".command")) };
    this.run = latest((signal) => this.work(signal), (problem) => this.say({ state: "none", words: problem.message }));
  }

  get #all() {
    return Object.values(this.columns);
  }

  /** Begins with what the page's address asks for, and follows it and every input from then on. */
  start() {
    const { same, file } = this.form.elements;
    this.card.querySelector(".columns").addEventListener("input", (event) => this.divide(event));
    this.form.addEventListener("input", (event) => this.changed(event.target));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run(0);
    });
    same.addEventListener("input", () => this.#all.forEach((column) => column.scale(same.checked)));
    acceptDrops(this.card, file);
    addEventListener("hashchange", () => this.open());
    this.open() || this.restore(read(this.card.dataset.pipeline));
    whenSeen(this.card, () => this.run(0));
  }

  /** Opens the pipeline in the page's address, if it holds one. */
  open() {
    const pipeline = read(location.hash.slice(1));
    if (!pipeline) return false;
    this.restore(pipeline);
    this.run(0);
    this.card.scrollIntoView();
    return true;
  }

  restore({ steps, options }) {
    const { sample, file, format, quality } = this.form.elements;
    sample.value = options.file in SAMPLES ? options.file : sample[0].value;
    file.value = "";
    format.value = options.format;
    quality.value = options.quality || 80;
    this.background = options.background;
    const keep = (value) => (this.background = value);
    const field = colour({ kind: "colour", label: "Background", optional: true }, options.background, keep);
    this.card.querySelector(".background").replaceChildren(field);
    this.steps.all = steps;
    this.tell();
  }

  /** Moves the dividers of all columns to where one was moved to, which asks for no new picture. */
  divide(event) {
    event.stopPropagation();
    for (const { node } of this.#all) node.querySelector("input").value = event.target.value;
    this.card.style.setProperty("--split", `${event.target.value}%`);
  }

  /** Takes over what an input says, tells it, and has it run. */
  changed(target) {
    const { file, same } = this.form.elements;
    if (target === same) return;
    if (target === file || target.name === "sample") this.choose(target);
    this.tell();
    history.replaceState(null, "", `#${this.path}`);
    this.run();
  }

  /** The file and the samples exclude each other: the one touched last counts. */
  choose(target) {
    const { sample, file } = this.form.elements;
    if (target !== file) file.value = "";
    else if (!this.file) sample[0].checked = true;
    else for (const choice of sample) choice.checked = false;
  }

  /** The visitor's own file, if one was opened. */
  get file() {
    return this.form.elements.file.files[0];
  }

  get chosen() {
    return this.file ?? this.form.elements.sample.value;
  }

  /** The chosen picture as a parameter of the query; a file of one's own goes as the body. */
  get source() {
    return this.file ? {} : { file: this.form.elements.sample.value };
  }

  /** What the answer is to be: only what differs from what it would be anyway. */
  get options() {
    const { format, quality } = this.form.elements;
    const options = { format: format.value, background: this.background };
    if (!quality.disabled && quality.value !== quality.defaultValue) options.quality = Number(quality.value);
    return Object.fromEntries(Object.entries(options).filter(([, value]) => value));
  }

  get path() {
    return write({ steps: this.steps.all, options: { ...this.source, ...this.options } });
  }

  get call() {
    return { path: this.path, body: this.file, save: this.save };
  }

  /** The name for an answer: its extension is the picture's own where that can be written, else PNG's. */
  get save() {
    const name = this.file?.name ?? this.form.elements.sample.value;
    const [, stem, extension] = name.match(/^(.*?)(?:\.([^.]*))?$/);
    const own = /^(png|jpe?g|webp|qoi)$/i.test(extension) ? extension : "png";
    return `${stem}-edited.${this.form.elements.format.value.replace("jpeg", "jpg") || own}`;
  }

  /** Says how to ask for the picture, and what the inputs stand at. */
  tell() {
    const { format, quality, shown } = this.form.elements;
    quality.disabled = !["", "jpeg"].includes(format.value);
    shown.value = quality.disabled ? "JPEG only" : quality.value;
    this.card.querySelector(".drop span").textContent = this.file?.name ?? "Open or drop a picture";
    this.card.querySelector(".drop").classList.toggle("chosen", Boolean(this.file));
    this.card.classList.toggle("idle", !this.steps.all.length);
    this.card.querySelector(".url").hidden = Boolean(this.file);
    this.lines.url.textContent = address(this.path);
    this.lines.curl.textContent = curl(this.call);
  }

  /** What the inputs stand at: opens the picture if it is another, and runs the pipeline on it. */
  async work(signal) {
    if (this.opened !== this.chosen) await this.before(signal);
    if (this.steps.all.length) await this.race(signal);
    else this.rest();
  }

  /** Opens the chosen picture in every column, and says what it is. */
  async before(signal) {
    try {
      const [picture, info] = await Promise.all([this.input(signal).then((file) => open(file, signal)), this.info(signal)]);
      this.take(picture);
      this.describe([
        `${info.width} × ${info.height}`, info.format.toUpperCase(), size(info.bytes),
        info.bit_depth > 8 && `${info.bit_depth} bit`, info.alpha && "alpha", info.icc_profile,
        info.orientation > 1 && `upright from EXIF orientation ${info.orientation}`,
      ]);
    } catch (problem) {
      signal.throwIfAborted();
      this.take(undefined);
      this.describe([problem.title ?? "No picture"]);
    }
    this.opened = this.chosen;
  }

  /** Shows `picture` as the one before. */
  take(picture) {
    for (const column of this.#all) column.before = picture;
    close(this.picture);
    this.picture = picture;
  }

  async info(signal) {
    const path = `image/info?${new URLSearchParams({ ...this.source, thumbhash: 0 })}`;
    return (await send({ path, body: this.file }, signal)).json();
  }

  /** The bytes of the chosen picture. */
  async input(signal) {
    if (this.file) return this.file;
    const sample = SAMPLES[this.form.elements.sample.value];
    const response = await fetch(sample, { signal });
    if (!response.ok) throw await Problem.from(response);
    return response.blob();
  }

  describe(parts) {
    this.card.querySelector(".input").textContent = facts(parts);
  }

  /** Has each contender run the pipeline, and compares what they made. */
  async race(signal) {
    for (const column of this.#all) column.wait();
    this.say({ state: "running", words: "Running …" });
    const file = await this.input(signal);
    const { options, call, picture } = this;
    const job = { file, pipeline: segments(this.steps.all), options, call };
    const outcomes = {};
    for (const id of TURNS) {
      outcomes[id] = await this.columns[id].run(job, picture, signal);
      this.rank(outcomes);
      if (id === "edge") await this.conclude(outcomes);
    }
  }

  /** Says how the times so far compare. */
  rank(outcomes) {
    const times = Object.entries(outcomes).flatMap(([id, { result }]) => (result ? [[id, result.milliseconds]] : []));
    const slowest = Math.max(...times.map(([, time]) => time));
    const script = outcomes.javascript?.result?.milliseconds;
    for (const [id, time] of times) {
      this.columns[id].compare(time / slowest, script && id !== "javascript" ? ratio(time, script) : "");
    }
  }

  /** Says whether the two results of the core are the same, and how the edge names the pipeline. */
  async conclude({ wasm, edge }) {
    this.say(await verdict(wasm, edge));
    this.steps.complain(edge.problem);
    const canonical = this.card.querySelector(".canonical");
    canonical.replaceChildren(...breakable(edge.result?.pipeline ?? "", "/"));
  }

  /** Shows what a pipeline without an operation leaves: the picture as it is. */
  rest() {
    for (const column of this.#all) column.clear();
    this.steps.complain();
    this.say({ state: "none", words: "" });
  }

  say({ state, words }) {
    const line = this.card.querySelector(".verdict");
    line.dataset.state = state;
    line.textContent = words;
  }
}

/** Brings the card of /image to life. */
export function studio(card) {
  new Studio(card).start();
}
