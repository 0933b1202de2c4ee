/**
 * The page, as people see and use it, in Chromium.
 *
 * usage: node page.mjs BROWSER ROOT URL CHECK
 */

import assert from "node:assert/strict";

import * as access from "./page-access.mjs";
import * as bench from "./page-bench.mjs";
import * as gallery from "./page-gallery.mjs";
import * as studio from "./page-studio.mjs";
import { openBrowser } from "./puppet.mjs";

const CHECKS = { ...access, ...bench, ...gallery, ...studio };

const [program, root, url, name] = process.argv.slice(2);
const browser = await openBrowser(program);
try {
  assert(name in CHECKS, `there is no check ${name}`);
  await CHECKS[name]({ browser, root, url });
} finally {
  await browser.close();
}
