// The page's benchmark under Node: `node page.mjs FOLDER [CASE]`, of which the folder is what `cargo
// xtask site` makes, and the case's id leaves out all others. It runs the very files that browsers
// load, and prints what it found as JSON.

import { readdirSync } from "node:fs";
import os from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

const [folder, only] = process.argv.slice(2);
const bench = resolve(folder, "bench");

/** A module of the page, whose name has its content's hash in it. */
function load(name) {
  const file = readdirSync(bench).find((file) => new RegExp(`^${name}\\.[0-9a-f]+\\.js$`).test(file));
  if (!file) throw new Error(`There is no ${name}.js in ${bench}.`);
  return import(pathToFileURL(resolve(bench, file)).href);
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

const { CASES } = await load("cases");
const { markdown } = await load("report");
if (only) CASES.splice(0, CASES.length, ...CASES.filter(({ id }) => id === only));
if (!CASES.length) throw new Error(`There is no case ${only}.`);
const results = [];

globalThis.postMessage = ({ id, done, result, error, finished, stopped }) => {
  if (error || stopped) throw new Error(error ?? stopped);
  if (done === 0) console.error(id);
  if (result) results.push(result);
  if (finished) finish();
};
await load("worker");

function finish() {
  const [{ model }, ...others] = os.cpus();
  const report = {
    table: markdown(results),
    sources: CASES.map(({ title, javascript, wasm }) => [title, javascript, wasm]),
    machine: `${model}, ${others.length + 1} processors, ${os.type()} ${os.release()} on ${os.arch()}`,
    engine: `Node ${process.versions.node} with V8 ${process.versions.v8}`,
  };
  // The workers would wait for more for ever.
  process.stdout.write(JSON.stringify(report), () => process.exit());
}
