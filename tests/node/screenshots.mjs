/**
 * The page as the README shows it.
 *
 * usage: node screenshots.mjs BROWSER URL FOLDER
 */

import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { openBrowser } from "./puppet.mjs";

/** How long the slowest case of the bench may take, in milliseconds. */
const PATIENCE = 600_000;

const FORMAT = { type: "webp", quality: 80 };

const [program, url, folder] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const browser = await openBrowser(program);
try {
  await columns("playground", "light", { width: 1280, height: 900 });
  await columns("phone", "dark", { width: 360, height: 740 });
  await bench();
} finally {
  await browser.close();
}

/** The three columns with a photograph. */
async function columns(name, scheme, viewport) {
  const { page } = await browser.open("about:blank", viewport);
  await still(page, scheme);
  await page.goto(`${url}/#image/resize:1200x/contrast:15/tint:e8a24fcc?file=landscape.jpg`);
  await page.waitForFunction(
    () => [...document.querySelectorAll("[data-column]")].filter(({ dataset }) => dataset.state === "done").length === 3,
    { timeout: PATIENCE },
  );
  await page.$eval(".columns", (columns) => columns.scrollIntoView({ block: "center" }));
  await page.screenshot({ path: join(folder, `${name}.webp`), ...FORMAT });
}

/** The whole bench, once it has run. */
async function bench() {
  const { page } = await browser.open(`${url}/#bench`, { width: 960, height: 900 });
  await still(page, "light");
  await page.waitForSelector("#bench button.start");
  await page.click("#bench button.start");
  await page.waitForFunction(
    () => document.querySelector("#bench [role=status]").textContent.startsWith("Done"),
    { timeout: PATIENCE },
  );
  const section = await page.$("#bench");
  await section.screenshot({ path: join(folder, "bench.webp"), ...FORMAT });
}

/** Has the page show everything at once, without transitions that a picture would fall into. */
function still(page, scheme) {
  return page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
}
