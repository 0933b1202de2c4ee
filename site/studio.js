// The card of /image: a picture, a pipeline, what became of it and how to ask for the same.

import { Compare } from "./compare.js";
import { acceptDrops } from "./drop.js";
import { colour } from "./fields.js";
import { breakable, copyable, explain, facts, size } from "./markup.js";
import { read, write } from "./pipeline.js";
import { address, curl, latest, send, whenSeen } from "./request.js";
import { Steps } from "./steps.js";
import { chart, timings } from "./timing.js";

/** A sample's own picture: through an operation that changes nothing, at a quality that shows nothing. */
const UNTOUCHED = "image/blur:0?quality=95";

/** The card's parts and the two requests that fill them: one for the picture chosen, one for what becomes of it. */
class Studio {
  constructor(card) {
    this.card = card;
    this.form = card.querySelector("form");
    this.steps = new Steps(card.querySelector(".editor"));
    this.compare = new Compare(card.querySelector(".frame"));
    this.lines = { url: copyable(card.querySelector(".url")), curl: copyable(card.querySelector(".command")) };
    this.showBefore = latest((signal) => this.before(signal), (problem) => this.unreadable(problem));
    this.showAfter = latest((signal) => this.after(signal), (problem) => this.fail(problem));
  }

  /** Begins with what the page's address asks for, and follows it and every input from then on. */
  start() {
    this.form.addEventListener("input", (event) => this.changed(event.target));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.elements.same.addEventListener("input", ({ target }) => this.compare.scale(target.checked));
    acceptDrops(this.card, this.form.elements.file);
    addEventListener("hashchange", () => this.open());
    this.open() || this.restore(read(this.card.dataset.pipeline));
    whenSeen(this.card, () => this.refresh());
  }

  /** Opens the pipeline in the page's address, if it holds one. */
  open() {
    const pipeline = read(location.hash.slice(1));
    if (!pipeline) return false;
    this.restore(pipeline);
    this.refresh();
    this.card.scrollIntoView();
    return true;
  }

  restore({ steps, options }) {
    const { sample, file, format, quality } = this.form.elements;
    const known = [...sample].some(({ value }) => value === options.file);
    sample.value = known ? options.file : sample[0].value;
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

  refresh() {
    this.showBefore(0);
    this.showAfter(0);
  }

  /** Takes over what an input says, tells it, and asks for what became of it. */
  changed(target) {
    const { file, same } = this.form.elements;
    if (target === same) return;
    if (target === file || target.name === "sample") this.choose(target);
    this.tell();
    history.replaceState(null, "", `#${this.path}`);
    this.showAfter();
  }

  /** The file and the samples exclude each other: the one touched last counts. */
  choose(target) {
    const { sample, file } = this.form.elements;
    if (target !== file) file.value = "";
    else if (!this.file) sample[0].checked = true;
    else for (const choice of sample) choice.checked = false;
    this.showBefore(0);
  }

  get file() {
    return this.form.elements.file.files[0];
  }

  /** The chosen picture as a parameter of the query; a file of one's own goes as the body. */
  get source() {
    return this.file ? {} : { file: this.form.elements.sample.value };
  }

  get path() {
    const { format, quality } = this.form.elements;
    const options = { ...this.source, format: format.value, background: this.background };
    if (!quality.disabled && quality.value !== quality.defaultValue) options.quality = quality.value;
    return write({ steps: this.steps.all, options });
  }

  get call() {
    return { path: this.path, body: this.file, save: this.#save };
  }

  /** The name for an answer: its extension is the picture's own where that can be written, else PNG's. */
  get #save() {
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

  async before(signal) {
    const ask = (path) => {
      const url = new URL(address(path));
      for (const [name, value] of Object.entries(this.source)) url.searchParams.set(name, value);
      return send({ path: url.href, body: this.file }, signal);
    };
    const [info, file] = await Promise.all([
      ask("image/info").then((answer) => answer.json()),
      this.file ?? ask(UNTOUCHED).then((answer) => answer.blob()),
    ]);
    await this.compare.show("before", file, signal);
    this.weigh({ before: info.bytes });
    this.caption("before", [
      `${info.width} × ${info.height}`, info.format.toUpperCase(), size(info.bytes),
      info.bit_depth > 8 && `${info.bit_depth} bit`, info.alpha && "alpha", info.icc_profile,
      info.orientation > 1 && `upright from EXIF orientation ${info.orientation}`,
    ]);
  }

  async after(signal) {
    if (!this.steps.all.length) return this.rest();
    this.card.ariaBusy = "true";
    const response = await send(this.call, signal);
    const file = await response.blob();
    const { width, height } = await this.compare.show("after", file, signal);
    this.settle();
    this.weigh({ after: file.size });
    this.caption("after", [`${width} × ${height}`, file.type.replace(/^image\/(x-)?/, "").toUpperCase(), size(file.size)]);
    this.canonical(response.headers.get("Image-Pipeline") ?? "");
    chart(this.card.querySelector(".timing"), timings(response));
    this.card.querySelector(".save").replaceChildren(this.#link(file));
  }

  /** A link that saves what is shown. */
  #link(file) {
    URL.revokeObjectURL(this.saved);
    this.saved = URL.createObjectURL(file);
    return Object.assign(document.createElement("a"), { href: this.saved, download: this.#save, textContent: "Save" });
  }

  /** Shows what a pipeline without an operation leaves: the picture as it is. */
  rest() {
    this.settle();
    this.empty();
  }

  settle() {
    this.card.ariaBusy = "false";
    this.complain();
  }

  /** Shows `problem` over the picture, and at the step that it names. */
  fail(problem) {
    this.settle();
    this.empty();
    this.complain(problem);
  }

  complain(problem) {
    const trouble = this.card.querySelector(".trouble");
    trouble.replaceChildren(problem ? explain(problem) : "");
    // A long problem scrolls, for which the keyboard has to reach it.
    trouble.tabIndex = problem ? 0 : -1;
    this.steps.complain(problem);
  }

  /** Takes the picture after away, with all that was said of it. */
  empty() {
    this.compare.clear("after");
    this.weigh({ after: undefined });
    this.caption("after", []);
    this.canonical("");
    this.card.querySelector(".save").replaceChildren();
    chart(this.card.querySelector(".timing"), []);
  }

  /** The chosen file is no picture: that request's problem says why, and so does the one for the picture after. */
  unreadable(problem) {
    this.compare.clear("before");
    this.weigh({ before: undefined });
    this.caption("before", [problem.title]);
  }

  /** Says what share of the file's bytes the answer has, once both are known. */
  weigh(bytes) {
    this.weight = { ...this.weight, ...bytes };
    const { before, after } = this.weight;
    const share = before && after ? `${Math.round((100 * after) / before)} % of its bytes` : "";
    this.card.querySelector(".share").textContent = share;
  }

  /** Shows the pipeline as the answer names it. */
  canonical(pipeline) {
    this.card.querySelector(".canonical").replaceChildren(...breakable(pipeline, "/"));
  }

  caption(side, parts) {
    this.card.querySelector(`figcaption .${side}`).textContent = facts(parts);
  }
}

/** Brings the card of /image to life. */
export function studio(card) {
  new Studio(card).start();
}
