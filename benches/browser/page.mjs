// The page's benchmark under Node: `node page.mjs FOLDER`, of which the folder is what `cargo xtask
// site` makes. It runs the very files that browsers load, and prints the table in Markdown.

import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

const bench = resolve(process.argv[2], "bench");

/** A module of the page, whose name has its content's hash in it. */
function find(name) {
  const file = readdirSync(bench).find((file) => new RegExp(`^${name}\\.[0-9a-f]+\\.js$`).test(file));
  if (!file) throw new Error(`There is no ${name}.js in ${bench}.`);
  return pathToFileURL(resolve(bench, file)).href;
}

/** As much of the web's `Worker` as the benchmark uses. */
globalThis.Worker = class {
  #worker;

  constructor(url) {
    this.#worker = new Worker(new URL("worker.mjs", import.meta.url), { workerData: url.href });
    this.#worker.on("message", (data) => this.onmessage({ data }));
    this.#worker.on("error", (error) => this.onerror(error));
  }

  postMessage(message) {
    this.#worker.postMessage(message);
  }
};

const { markdown } = await import(find("report"));
const results = [];
globalThis.postMessage = ({ id, done, result, error, finished }) => {
  if (error) throw new Error(error);
  if (done === 0) console.error(id);
  if (result) results.push(result);
  if (!finished) return;
  console.log(markdown(results));
  process.exit();
};
await import(find("worker"));
