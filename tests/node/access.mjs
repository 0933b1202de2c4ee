/** What is asked of any page: by keyboard, on a phone, in the dark, read aloud. */

import assert from "node:assert/strict";
import axe from "axe-core";

export const DESK = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };

/** More focusable elements than a page will have. */
const MOST_STOPS = 400;

/** Has the page in light or dark, and at once, without transitions. */
export function scheme(page, colours) {
  return page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: colours },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
}

/** What axe-core finds serious, or worse. */
export async function seriousTroubles(page) {
  await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate(() => window.axe.run(document));
  assert(passes.length > 10, "axe-core has run");
  const serious = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  return serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** By how much the page is wider than its window; nothing where it is not. */
export function overflow(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? `${scrollWidth} pixels in ${clientWidth}` : "";
  });
}

/** What can be used, but not reached by the Tab key. There is more than `least` to reach, and each shows its outline. */
export async function unreached(page, least) {
  const expected = await page.evaluate(number);
  assert(expected.length > least, `${expected.length} elements`);
  const reached = new Set();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    const { at, name, isShown } = await page.evaluate(here);
    if (at === undefined && reached.size > 0) break;
    assert(isShown, `no outline about ${name}`);
    reached.add(at);
  }
  return expected.filter(({ at }) => !reached.has(at)).map(({ name }) => name);
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
