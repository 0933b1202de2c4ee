// How far an upload is.

import { duration, facts, rate, size } from "./markup.js";

/** A bar, what has gone out and how fast, and the button that stops it or starts again. */
export class Progress {
  #bar;
  #words;
  #button;
  #start;

  /**
   * @param {HTMLElement} node  holds a `progress`, a text and a button
   * @param {{stop: () => void, again: () => void}} acts
   */
  constructor(node, { stop, again }) {
    this.#bar = node.querySelector("progress");
    this.#words = node.querySelector(".meta");
    this.#button = node.querySelector("button");
    this.#button.addEventListener("click", () => (this.#button.value === "stop" ? stop() : again()));
    this.rest("");
  }

  /** A file of `total` bytes begins to go out. */
  begin(total) {
    this.#start = performance.now();
    this.#bar.max = total || 1;
    this.#bar.hidden = false;
    this.#offer("stop", "Cancel");
    this.sent(0);
  }

  /** Says that `sent` bytes have gone out. */
  sent(sent) {
    const { max } = this.#bar;
    const elapsed = performance.now() - this.#start;
    this.#bar.value = sent;
    // A rate over less than half a second is none.
    const steady = elapsed > 500 && sent > 0 && sent < max;
    this.#words.textContent = facts([
      sent < max ? `${size(sent)} of ${size(max)}` : `${size(max)} sent, waiting for the digests`,
      steady && rate(sent, elapsed),
      steady && `${duration((elapsed * (max - sent)) / sent)} left`,
    ]);
  }

  /** Nothing goes out any more; `words` say how it ended, `again` whether it may be tried again. */
  rest(words, again = false) {
    this.#words.textContent = words;
    this.#bar.hidden = true;
    this.#offer("again", "Hash again");
    this.#button.hidden = !again;
  }

  #offer(value, words) {
    Object.assign(this.#button, { value, textContent: words, hidden: false });
  }
}
