/** The bench, in the visitor's own browser. */

import assert from "node:assert/strict";

/** How long the first case may take, with all that is made for it, in milliseconds. */
const PATIENCE = 180_000;

/** How long a page may stand still that is still live, in milliseconds, on a machine that is busy otherwise. */
const LONGEST_PAUSE = 2_000;

/** It measures and compares while the page stays live, stops when told to, and gives a report. */
export async function theBenchMeasures({ browser, url }) {
  const { page, troubles } = await browser.open(`${url}/#bench`);
  await page.waitForSelector("#bench [data-case]");
  assert.equal(await page.$$eval("#bench [data-case]", (cases) => cases.length), 9);
  await press(page, "start");
  await page.waitForSelector('#bench [data-state="running"]', { timeout: PATIENCE });
  await page.evaluate(watchFrames);
  const first = await page.waitForSelector('#bench [data-state="done"]', { timeout: PATIENCE });
  const { ratio, text } = await first.evaluate((row) => ({ ratio: Number(row.dataset.ratio), text: row.innerText }));
  assert(ratio > 0, text);
  assert.match(text, /4K grayscale/);
  const pause = await page.evaluate(() => window.longestPause);
  assert(pause < LONGEST_PAUSE, `the page stood still for ${pause} ms`);
  await press(page, "start");
  await page.waitForFunction(() => document.querySelector("#bench [role=status]").textContent === "Stopped.");
  assert.equal(await page.$$eval('#bench [data-state="failed"]', (cases) => cases.length), 0);
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => { window.copied = text; };
  });
  await press(page, "copy");
  const copied = await page.waitForFunction(() => window.copied);
  assert.match(await copied.jsonValue(), /\| 4K grayscale \|/);
  assert.deepEqual(troubles, []);
}

/** Keeps the longest pause between two frames, in milliseconds. */
function watchFrames() {
  window.longestPause = 0;
  let before = performance.now();
  const frame = (now) => {
    window.longestPause = Math.max(window.longestPause, now - before);
    before = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** Presses a button by the keyboard. */
async function press(page, name) {
  await page.focus(`#bench button.${name}`);
  await page.keyboard.press("Enter");
}
