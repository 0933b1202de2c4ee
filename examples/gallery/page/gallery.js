// Fetches the forty pictures, cold and warm, and shows how long each took.

import { PICTURES } from "./pictures.js";
import { milliseconds, quantile, timedFetch } from "./timing.js";

const RUNS = ["cold", "warm"];

const table = document.querySelector("table");
const status = document.querySelector("[role=status]");
const items = PICTURES.map(addItem);

/** The answers of the last run of each kind. */
const last = {};

/** The value of `v` in the URLs: a new one finds the cache cold. */
let version;

for (const run of RUNS) {
  table.querySelector(`[data-run=${run}] button`).addEventListener("click", () => measure([run]));
}
await measure(RUNS);

/** Adds a picture to the page, still empty. */
function addItem({ file, pipeline, alt }) {
  const item = document.querySelector("template").content.cloneNode(true).firstElementChild;
  item.querySelector("img").alt = alt;
  item.querySelector(".file").textContent = file;
  // A line may end before a slash or a comma.
  const parts = pipeline.split(/(?=[/,])/).flatMap((part) => [document.createElement("wbr"), part]);
  item.querySelector(".pipeline").append(...parts);
  document.querySelector(".pictures").append(item);
  return item;
}

/** Does these runs, one after the other, unless one is under way. */
async function measure(runs) {
  if (table.ariaBusy === "true") return;
  table.ariaBusy = "true";
  try {
    for (const run of runs) {
      status.textContent = `Fetching ${PICTURES.length} pictures, ${run} …`;
      await fetchAll(run);
    }
    status.textContent = conclusion();
  } catch (error) {
    status.textContent = error.message;
  }
  table.ariaBusy = "false";
}

/** Fetches all pictures at once, as a page does, and shows each when it has come. */
async function fetchAll(run) {
  if (run === "cold") version = Date.now().toString(36);
  const start = performance.now();
  const answers = await Promise.all(PICTURES.map(async ({ path }, at) => {
    const answer = await timedFetch(`${path}&v=${version}`);
    await showPicture(items[at].querySelector("img"), answer.blob);
    return answer;
  }));
  const total = performance.now() - start;
  last[run] = answers;
  showFigures(run, answers, total);
  for (const each of RUNS) showLaps(each);
}

/** Shows a picture in place of the one before. */
async function showPicture(image, blob) {
  const url = URL.createObjectURL(blob);
  image.src = url;
  await image.decode();
  URL.revokeObjectURL(url);
}

/** Fills the row of a run. */
function showFigures(run, answers, total) {
  const times = answers.map(({ time }) => time);
  const figures = {
    hits: `${answers.filter(({ isHit }) => isHit).length} of ${answers.length}`,
    median: `${milliseconds(quantile(times, 0.5))} ms`,
    p95: `${milliseconds(quantile(times, 0.95))} ms`,
    total: `${milliseconds(total)} ms`,
  };
  for (const [name, figure] of Object.entries(figures)) {
    table.querySelector(`[data-run=${run}] [data-figure=${name}]`).textContent = figure;
  }
}

/** Shows the times of a run beneath the pictures, the bars of both runs on one scale. */
function showLaps(run) {
  const slowest = Math.max(...Object.values(last).flat().map(({ time }) => time));
  for (const [at, { time, isHit, work }] of (last[run] ?? []).entries()) {
    const lap = items[at].querySelector(`[data-run=${run}]`);
    lap.dataset.cache = isHit ? "hit" : "miss";
    lap.querySelector("i").style.inlineSize = `${100 * time / slowest}%`;
    lap.querySelector("b").textContent = `${milliseconds(time)} ms`;
    const steps = work.map(({ name, duration }) => `${name} ${milliseconds(duration)}`);
    items[at].querySelector(".work").textContent = steps.join(", ");
  }
}

/** What the two runs have to say together. */
function conclusion() {
  const [cold, warm] = RUNS.map((run) => quantile(last[run].map(({ time }) => time), 0.5));
  const faster = cold / warm;
  return `At the median a picture out of the cache is there ${milliseconds(faster)} times as fast.`;
}
