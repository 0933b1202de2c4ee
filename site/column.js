// One of the columns: what one contender made of the picture, and how fast.

import { Compare } from "./compare.js";
import { element, explain, facts, round, size } from "./markup.js";
import { close, format, open } from "./picture.js";
import { chart } from "./timing.js";

/** A contender's picture, time and rate. `data-state` of its node is `idle`, `waiting`, `running`, `done` or `failed`. */
export class Column {
  #contender;
  #compare;
  #picture;

  /**
   * @param {string} id  of the contender, in `data-column`
   * @param {{name: string, where: string, run: Function}} contender
   * @param {HTMLElement} card  holds the templates of the column and of its stages
   */
  constructor(id, contender, card) {
    this.#contender = contender;
    this.node = copy(card.querySelector(".of-column"));
    this.stages = copy(card.querySelector(".of-stages"));
    this.stages.querySelector("b").textContent = `${contender.name}: ${contender.measured}`;
    this.node.dataset.column = id;
    this.node.ariaLabel = contender.name;
    this.#part("h3").textContent = contender.name;
    this.#part(".where").textContent = contender.where;
    this.#part("input").ariaLabel = `${contender.name}: divider between before, at its left, and after`;
    this.#compare = new Compare(this.#part(".frame"));
    this.#state = "idle";
  }

  #part(selector) {
    return this.node.querySelector(selector);
  }

  set #state(state) {
    this.node.dataset.state = state;
    this.node.ariaBusy = `${state === "running"}`;
  }

  /** Shows the picture before, or none. */
  set before(picture) {
    this.#compare.show("before", picture);
  }

  /** Draws the pictures at the same scale, or each as large as fits. */
  scale(same) {
    this.#compare.scale(same);
  }

  /** Has it wait for its turn; what it made last stays in sight. */
  wait() {
    this.#state = "waiting";
    this.#part(".trouble").replaceChildren();
  }

  /** Takes away what it made last. */
  clear() {
    this.#state = "idle";
    this.#empty();
    this.#part(".trouble").replaceChildren();
  }

  /**
   * Runs a job, and shows what comes of it. A failure is shown, not thrown.
   * @param {import("./contenders.js").Job} job
   * @param {Picture} [before]  for the rate
   * @param {AbortSignal} signal
   * @returns {Promise<{result?: import("./contenders.js").Result, problem?: Error}>}
   */
  async run(job, before, signal) {
    this.#state = "running";
    try {
      const result = await this.#contender.run(job, signal);
      await this.#show(result, before, signal);
      this.#part(".save").replaceChildren(link(this.#picture, job.call.save));
      this.#state = "done";
      return { result };
    } catch (problem) {
      signal.throwIfAborted();
      this.#fail(problem);
      return { problem };
    }
  }

  /** Says how its time compares. `share` is that of the slowest's time, from 0 to 1. */
  compare(share, words) {
    this.#part(".bar").style.inlineSize = `${100 * share}%`;
    this.#part(".ratio").textContent = words;
  }

  async #show({ file, milliseconds, stages }, before, signal) {
    const picture = await open(file, signal);
    this.#compare.show("after", picture);
    close(this.#picture);
    this.#picture = picture;
    this.node.dataset.digest = await digest(file);
    this.#part(".time").textContent = `${round(milliseconds)} ms`;
    this.#part(".rate").textContent = before ? `${round((before.width * before.height) / milliseconds / 1000)} megapixels/s` : "";
    this.#part(".meta").textContent = facts([`${picture.width} × ${picture.height}`, await format(file), size(file.size)]);
    chart(this.stages, stages);
  }

  #fail(problem) {
    this.#state = "failed";
    this.#empty();
    this.#part(".trouble").replaceChildren(explain(problem));
  }

  #empty() {
    this.#compare.show("after");
    close(this.#picture);
    this.#picture = undefined;
    delete this.node.dataset.digest;
    for (const part of [".time", ".rate", ".ratio", ".meta", ".save"]) this.#part(part).textContent = "";
    this.#part(".bar").style.inlineSize = 0;
    chart(this.stages, []);
  }
}

/** What a template holds. */
function copy(template) {
  return template.content.firstElementChild.cloneNode(true);
}

/** A link that saves a picture as `name`. */
function link({ url }, name) {
  return Object.assign(element("a", "", "Save"), { href: url, download: name });
}

/** The SHA-256 of a file in hex; browsers have it for pages from a secure origin only. */
async function digest(file) {
  if (!crypto.subtle) return "";
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
