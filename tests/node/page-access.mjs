/** The page for everybody: by keyboard, on a phone, in the dark, read aloud. */

import assert from "node:assert/strict";
import axe from "axe-core";

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

/** More focusable elements than the page will have. */
const MOST_STOPS = 400;

/** What can be looked at, and when it is all there. */
const PANELS = {
  image: () => document.querySelectorAll('[data-column][data-state="done"]').length === 3,
  hash: () => document.querySelectorAll("#hash tbody tr").length > 20,
  bench: () => document.querySelectorAll("#bench [data-case]").length === 9,
};

/** axe-core finds nothing serious, in either panel, on either screen, in light and dark. */
export async function nothingSeriousIsInTheWay({ browser, url }) {
  const { page, troubles } = await browser.open(url);
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([
      { name: "prefers-color-scheme", value: scheme },
      { name: "prefers-reduced-motion", value: "reduce" },
    ]);
    for (const viewport of [DESK, PHONE]) {
      await page.setViewport(viewport);
      for (const panel of ["image", "bench"]) {
        await page.goto(`${url}/#${panel}`, { waitUntil: "networkidle0" });
        await page.waitForFunction(PANELS[panel]);
        await page.evaluate(axe.source);
        const { violations, passes } = await page.evaluate(() => window.axe.run(document));
        assert(passes.length > 10, "axe-core has run");
        const serious = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
        const told = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
        assert.deepEqual(told, [], `${scheme}, ${viewport.width} pixels, #${panel}`);
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
      const wide = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth > clientWidth ? `${scrollWidth} pixels in ${clientWidth}` : "";
      });
      assert.equal(wide, "", `#${panel}, ${viewport.width} pixels`);
    }
  }
  assert.deepEqual(troubles, []);
}

/** The Tab key reaches everything that can be used, and shows where it is. */
export async function theTabKeyReachesEverything({ browser, url }) {
  const { page, troubles } = await browser.open(url);
  await page.waitForNetworkIdle();
  const expected = await page.evaluate(number);
  assert(expected.length > 40, `${expected.length} elements`);
  const reached = new Set();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    const { at, name, isShown } = await page.evaluate(here);
    if (at === undefined && reached.size > 0) break;
    assert(isShown, `no outline about ${name}`);
    reached.add(at);
  }
  const missed = expected.filter(({ at }) => !reached.has(at)).map(({ name }) => name);
  assert.deepEqual(missed, []);
  assert.deepEqual(troubles, []);
}

/** Numbers what the Tab key should reach: of a group of radio buttons the chosen one. */
function number() {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
  const usable = all.filter((element) => {
    if (element.disabled || element.tabIndex < 0 || element.closest("[hidden], [inert]")) return false;
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    if (element.type !== "radio" || element.checked) return true;
    const group = element.form?.elements[element.name];
    return group instanceof RadioNodeList && !group.value && group[0] === element && ![...group].some(({ checked }) => checked);
  });
  return usable.map((element, at) => {
    element.dataset.stop = at;
    return { at: `${at}`, name: element.outerHTML.slice(0, 120) };
  });
}

/** Where the focus is, and whether an outline tells. */
function here() {
  const element = document.activeElement;
  const shows = (one) => one && getComputedStyle(one).outlineStyle !== "none" && parseFloat(getComputedStyle(one).outlineWidth) > 0;
  const places = [element, element.nextElementSibling, element.closest("label"), element.parentElement];
  return {
    at: element === document.body ? undefined : element.dataset.stop ?? "unnumbered",
    name: element.outerHTML.slice(0, 120),
    isShown: element === document.body || places.some(shows),
  };
}
