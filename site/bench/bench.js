// The bench: JavaScript beside wasm, measured in the visitor's own browser.

import { button, element } from "../markup.js";
import { CASES } from "./cases.js";
import { digits, markdown, mean } from "./report.js";
import { Case } from "./table.js";

const START = "Run the benchmark";
const COPY = "Copy as Markdown";

const ABOUT = [
  `Each case is done by JavaScript and by WebAssembly in turn, each in a worker of its own, and what they make is
   compared. Shorter bars are faster; what counts is the median of several runs.`,
  `Both have what they work on in their own memory. Digests, JPEG and JSON begin with bytes that JavaScript has, whose
   way into WebAssembly’s memory is counted; for the others it is counted where it says “with copying”.`,
];

/** Shows the bench in an empty section. */
export function mount(section) {
  const style = element("link", "");
  Object.assign(style, { rel: "stylesheet", href: new URL("bench.css", import.meta.url).href });
  document.head.append(style);
  new Bench(section);
}

class Bench {
  #cases = new Map(CASES.map((test) => [test.id, new Case(test)]));
  #start = button("start", START, START, () => (this.#worker ? this.#stop() : this.#run()));
  #copy = button("copy", COPY, COPY, () => this.#copyReport());
  #progress = Object.assign(element("progress", ""), { max: CASES.length, value: 0, ariaLabel: "Progress" });
  #status = element("p", "meta");
  #report = element("pre", "markdown");
  #worker;
  #results = [];

  constructor(section) {
    this.#status.role = "status";
    this.#report.hidden = true;
    this.#report.tabIndex = 0;
    this.#copy.disabled = true;
    const table = element("table", "contests", heading(), ...[...this.#cases.values()].map(({ node }) => node));
    const controls = element("div", "controls", this.#start, this.#progress, this.#copy, this.#status);
    section.append(about(), controls, table, this.#report, sources());
  }

  #run() {
    this.#results = [];
    for (const each of this.#cases.values()) each.wait();
    this.#copy.disabled = this.#report.hidden = true;
    this.#start.textContent = "Stop";
    this.#say("Loading, and making what is worked on");
    this.#worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    this.#worker.addEventListener("message", ({ data }) => this.#hear(data));
    this.#worker.addEventListener("error", () => this.#end("The benchmark cannot be loaded in this browser."));
  }

  #hear({ id, done, result, error, finished, stopped }) {
    if (finished) return this.#finish();
    if (stopped) return this.#end(stopped);
    const index = CASES.findIndex((test) => test.id === id);
    const shown = this.#cases.get(id);
    if (result) {
      this.#results.push(result);
      shown.finish(result);
    } else if (error) {
      shown.fail(error);
    } else {
      this.#progress.value = index + done;
      if (done > 0) return;
      shown.run();
      this.#say(`${CASES[index].title}: ${index + 1} of ${CASES.length}`);
    }
  }

  #stop() {
    for (const each of this.#cases.values()) if (each.node.dataset.state === "running") each.wait();
    this.#end("Stopped.");
  }

  #finish() {
    const failed = CASES.length - this.#results.length;
    const verdict = `Done: WebAssembly is ${digits(mean(this.#results))} times as fast in the geometric mean.`;
    this.#end(failed ? `Done; ${failed} of ${CASES.length} failed.` : verdict);
  }

  #end(words) {
    this.#worker.terminate();
    this.#worker = undefined;
    this.#progress.value = 0;
    this.#start.textContent = "Run again";
    this.#copy.disabled = this.#results.length === 0;
    this.#say(words);
  }

  async #copyReport() {
    this.#report.textContent = `${markdown(this.#results)}\n\n${navigator.userAgent}\n`;
    try {
      await navigator.clipboard.writeText(this.#report.textContent);
      this.#say("Copied.");
    } catch {
      // Where the page may not write to the clipboard, the visitor may.
      this.#report.hidden = false;
      getSelection().selectAllChildren(this.#report);
      this.#say("The Markdown is selected below, to copy.");
    }
  }

  #say(words) {
    this.#status.textContent = words;
  }
}

function about() {
  const words = ABOUT.map((text) => element("p", "", text));
  return element("div", "about", element("h2", "", "JavaScript beside WebAssembly"), ...words);
}

function heading() {
  const cells = ["Contender", "Time as a bar", "Median", "Rate"].map((words) => {
    const cell = element("th", "", element("span", "unseen", words));
    cell.scope = "col";
    return cell;
  });
  return element("thead", "", element("tr", "", ...cells));
}

/** Who does what. */
function sources() {
  const rows = CASES.flatMap(({ title, javascript, wasm }) => [
    element("dt", "", title),
    element("dd", "", `JavaScript: ${plain(javascript)}. WebAssembly: ${plain(wasm)}.`),
  ]);
  return element("details", "sources", element("summary", "", "Who does what"), element("dl", "", ...rows));
}

/** Markdown's marks for code, left out. */
function plain(text) {
  return text.replaceAll("`", "");
}
