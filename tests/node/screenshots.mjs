/**
 * The page and that of examples/gallery as their READMEs show them, and what a picture tells better
 * than words.
 *
 * usage: node screenshots.mjs BROWSER URL GALLERY FOLDER
 */

import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { scheme } from "./access.mjs";
import { figures, finished } from "./page-gallery.mjs";
import { openBrowser } from "./puppet.mjs";

/** How long the slowest case of the bench may take, in milliseconds. */
const PATIENCE = 600_000;

const FORMAT = { type: "webp", quality: 80 };

const [program, url, galleryUrl, folder] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const browser = await openBrowser(program);
try {
  await columns("playground", "light", { width: 1280, height: 900 });
  await columns("phone", "dark", { width: 360, height: 740 });
  await light();
  await gallery();
  await bench();
} finally {
  await browser.close();
}

/** The three columns with a photograph. */
async function columns(name, colours, viewport) {
  const { page } = await browser.open("about:blank", viewport);
  await scheme(page, colours);
  await page.goto(`${url}/#image/resize:1200x/contrast:15/tint:e8a24fcc?file=landscape.jpg`);
  await page.waitForFunction(
    () => [...document.querySelectorAll("[data-column]")].filter(({ dataset }) => dataset.state === "done").length === 3,
    { timeout: PATIENCE },
  );
  await page.$eval(".columns", (columns) => columns.scrollIntoView({ block: "center" }));
  await page.screenshot({ path: join(folder, `${name}.webp`), ...FORMAT });
}

/** Averages of levels beside averages of light: of columns a pixel wide, and of a photograph. */
async function light() {
  const photograph = await readFile(join(folder, "../samples/garden.jpg"));
  const figures = await Promise.all([
    figure("resize:320x", columnsOfPixels(960, 480)),
    figure("resize:320x?light=linear", columnsOfPixels(960, 480)),
    figure("resize:640x/crop:320x213,south/blur:8", photograph),
    figure("resize:640x/crop:320x213,south/blur:8?light=linear", photograph),
  ]);
  const { page } = await browser.open("about:blank", { width: 680, height: 446 });
  await page.setContent(`<style>
    body { margin: 12px; display: grid; grid-template-columns: 320px 320px; gap: 12px 16px; background: white }
    figure { margin: 0 }
    img { display: block; margin-block-end: 6px }
    figcaption { font: 11px monospace }
  </style>${figures.join("")}`);
  await page.screenshot({ path: join(folder, "light.webp"), ...FORMAT });
}

/** What the function makes of a picture, and how it is asked to. */
async function figure(path, body) {
  const answer = await fetch(`${url}/image/${path}`, { method: "POST", body });
  if (!answer.ok) throw new Error(await answer.text());
  const file = Buffer.from(await answer.arrayBuffer()).toString("base64");
  const source = `data:${answer.headers.get("content-type")};base64,${file}`;
  return `<figure><img src="${source}"><figcaption>/image/${path}</figcaption></figure>`;
}

/** Columns of two colours in turns, in a band for each pair, as PNM. */
function columnsOfPixels(width, height) {
  const [black, white, red, lime, blue] = [[0, 0, 0], [255, 255, 255], [255, 0, 0], [0, 255, 0], [0, 0, 255]];
  const pairs = [[black, white], [red, lime], [lime, blue], [blue, red]];
  const row = (y) => Array.from({ length: width }, (_, x) => pairs[Math.floor((y * pairs.length) / height)][x % 2]);
  const samples = Array.from({ length: height }, (_, y) => row(y)).flat(2);
  return Buffer.concat([Buffer.from(`P6 ${width} ${height} 255\n`), Buffer.from(samples)]);
}

/** The gallery after both runs, as a table of the README's too. */
async function gallery() {
  const { page } = await browser.open("about:blank", { width: 1280, height: 900 });
  await scheme(page, "light");
  await page.goto(galleryUrl);
  await finished(page);
  await page.screenshot({ path: join(folder, "gallery.webp"), ...FORMAT });
  for (const run of ["cold", "warm"]) {
    const { hits, median, p95, total } = await figures(page, run);
    console.log(`| ${run} | ${hits} | ${median} | ${p95} | ${total} |`);
  }
}

/** The whole bench, once it has run. */
async function bench() {
  const { page } = await browser.open(`${url}/#bench`, { width: 960, height: 900 });
  await scheme(page, "light");
  await page.waitForSelector("#bench button.start");
  await page.click("#bench button.start");
  await page.waitForFunction(
    () => document.querySelector("#bench [role=status]").textContent.startsWith("Done"),
    { timeout: PATIENCE },
  );
  const section = await page.$("#bench");
  await section.screenshot({ path: join(folder, "bench.webp"), ...FORMAT });
}
