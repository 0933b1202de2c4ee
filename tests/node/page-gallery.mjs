/** The gallery of examples/gallery, through its own cache. */

import assert from "node:assert/strict";

import { DESK, PHONE, overflow, scheme, seriousTroubles, unreached } from "./access.mjs";

/** How many pictures there are. */
const COUNT = 40;

/** How long both runs may take, in milliseconds, on a machine that is busy otherwise. */
const PATIENCE = 120_000;

/** Forty pictures, made for the first run and out of the cache for the second; and so by its buttons. */
export async function theGalleryIsColdThenWarm({ browser, url }) {
  const { page, troubles } = await browser.open(url);
  await finished(page);
  const sizes = await page.$$eval("img", (images) => images.map((image) => [image.naturalWidth, image.naturalHeight, image.alt]));
  assert.equal(sizes.length, COUNT);
  assert(sizes.every(([width, height]) => width === 320 && height === 240), `${sizes}`);
  assert.equal(new Set(sizes.map(([, , alt]) => alt)).size, COUNT, "each says what it shows");
  const first = await laps(page);
  check(first);

  // A cold run is of pictures that the cache has never had; a warm one of those.
  for (const [run, hits] of [["warm", "40 of 40"], ["cold", "0 of 40"], ["warm", "40 of 40"]]) {
    await page.focus(`tr[data-run=${run}] button`);
    await page.keyboard.press("Enter");
    await finished(page);
    assert.equal((await figures(page, run)).hits, hits);
    assert.equal(await page.evaluate(() => document.activeElement.closest("tr").dataset.run), run);
  }
  check(await laps(page));
  const rows = { cold: await figures(page, "cold"), warm: await figures(page, "warm") };
  assert(parseFloat(rows.warm.median) < parseFloat(rows.cold.median), JSON.stringify(rows));
  assert(parseFloat(rows.cold.median) <= parseFloat(rows.cold.p95), JSON.stringify(rows));
  assert.deepEqual(troubles, []);
}

/** axe-core finds nothing serious, nothing is wider than a phone, and the Tab key reaches both buttons. */
export async function theGalleryIsForEverybody({ browser, url }) {
  const { page, troubles } = await browser.open(url);
  await finished(page);
  assert.deepEqual(await unreached(page, 1), []);
  for (const colours of ["light", "dark"]) {
    await scheme(page, colours);
    for (const viewport of [DESK, PHONE]) {
      await page.setViewport(viewport);
      assert.deepEqual(await seriousTroubles(page), [], `${colours}, ${viewport.width} pixels`);
      assert.equal(await overflow(page), "", `${viewport.width} pixels`);
    }
  }
  assert.deepEqual(troubles, []);
}

/** Waits until the runs under way have ended, well. */
export async function finished(page) {
  await page.waitForFunction(() => document.querySelector("table").ariaBusy === "false", { timeout: PATIENCE });
  const said = await page.$eval("[role=status]", (status) => status.textContent);
  assert.match(said, /^At the median a picture out of the cache is there [\d.]+ times as fast\.$/);
}

/** What the row of a run says. */
export function figures(page, run) {
  return page.$$eval(`tr[data-run=${run}] [data-figure]`, (cells) => {
    return Object.fromEntries(cells.map((cell) => [cell.dataset.figure, cell.textContent]));
  });
}

/** What is said beneath each picture. */
function laps(page) {
  return page.$$eval(".pictures li", (items) => items.map((item) => {
    const [cold, warm] = ["cold", "warm"].map((run) => {
      const lap = item.querySelector(`.lap[data-run=${run}]`);
      return { cache: lap.dataset.cache, time: lap.querySelector("b").textContent };
    });
    return { cold, warm, work: item.querySelector(".work").textContent };
  }));
}

/** Every picture was made for the cold run, was there for the warm one, and tells how long both took. */
function check(laps) {
  assert.equal(laps.length, COUNT);
  for (const { cold, warm, work } of laps) {
    assert.deepEqual([cold.cache, warm.cache], ["miss", "hit"]);
    for (const { time } of [cold, warm]) assert.match(time, /^\d+(\.\d)? ms$/);
    assert.match(work, /\bdecode \d.*\bencode \d/);
  }
}
