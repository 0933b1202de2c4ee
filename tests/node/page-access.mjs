/** The page for everybody: by keyboard, on a phone, in the dark, read aloud. */

import assert from "node:assert/strict";

import { DESK, PHONE, overflow, scheme, seriousTroubles, unreached } from "./access.mjs";

/** What can be looked at, and when it is all there. */
const PANELS = {
  image: () => document.querySelectorAll('[data-column][data-state="done"]').length === 3,
  hash: () => document.querySelectorAll("#hash tbody tr").length > 20,
  bench: () => document.querySelectorAll("#bench [data-case]").length === 9,
};

/** axe-core finds nothing serious, in either panel, on either screen, in light and dark. */
export async function nothingSeriousIsInTheWay({ browser, url }) {
  const { page, troubles } = await browser.open(url);
  for (const colours of ["light", "dark"]) {
    await scheme(page, colours);
    for (const viewport of [DESK, PHONE]) {
      await page.setViewport(viewport);
      for (const panel of ["image", "bench"]) {
        await page.goto(`${url}/#${panel}`, { waitUntil: "networkidle0" });
        await page.waitForFunction(PANELS[panel]);
        assert.deepEqual(await seriousTroubles(page), [], `${colours}, ${viewport.width} pixels, #${panel}`);
      }
    }
  }
  assert.deepEqual(troubles, []);
}

/** Nothing is wider than a phone, also after a turn of it, and in neither panel. */
export async function aPhoneIsWideEnough({ browser, url }) {
  const { page, troubles } = await browser.open(url, DESK);
  for (const [panel, filled] of Object.entries(PANELS)) {
    await page.evaluate((panel) => (location.hash = panel), panel);
    await page.waitForFunction(filled);
    for (const viewport of [PHONE, { width: 740, height: 360 }, PHONE]) {
      await page.setViewport(viewport);
      assert.equal(await overflow(page), "", `#${panel}, ${viewport.width} pixels`);
    }
  }
  assert.deepEqual(troubles, []);
}

/** The Tab key reaches everything that can be used, and shows where it is. */
export async function theTabKeyReachesEverything({ browser, url }) {
  const { page, troubles } = await browser.open(url);
  await page.waitForNetworkIdle();
  assert.deepEqual(await unreached(page, 40), []);
  assert.deepEqual(troubles, []);
}
