/**
 * The package for browsers in one: it gives the golden digests in Chromium, with SIMD and without.
 *
 * usage: node chromium.mjs BROWSER ROOT
 */

import assert from "node:assert/strict";
import { join } from "node:path";

import { checkGolden } from "./golden.mjs";
import { openBrowser } from "./puppet.mjs";
import { serveFolder } from "./server.mjs";

const [program, root] = process.argv.slice(2);
const server = await serveFolder(join(root, "target/browser"));
const browser = await openBrowser(program);
try {
  const counts = [];
  for (const simd of [true, false]) counts.push(await check(simd));
  assert.deepEqual(counts[0], counts[1]);
  console.log(JSON.stringify(counts[0]));
} finally {
  await browser.close();
  server.close();
}

/** How many lines of each kind the package does in a page of its own. */
async function check(simd) {
  const { page, troubles } = await browser.open(`${server.url}/index.html`);
  await page.evaluate(async (options) => {
    const { load } = await import("/full.js");
    window.edge = await load(options);
  }, { simd });
  const counts = await checkGolden(root, host(page));
  assert.deepEqual(troubles, []);
  await page.close();
  return counts;
}

/** The golden lines, each in the page; bytes travel as Base64. */
function host(page) {
  const call = async (run, bytes, ...options) =>
    decode(await page.evaluate(run, encode(bytes), ...options));
  return {
    hash: (algorithm, bytes) =>
      page.evaluate((bytes, algorithm) => {
        const hasher = new edge.Hasher(algorithm);
        hasher.update(Uint8Array.from(atob(bytes), (byte) => byte.charCodeAt(0)));
        const hex = hasher.hex();
        hasher.free();
        return hex;
      }, encode(bytes), algorithm),
    text: (mapping, locale, text) =>
      page.evaluate((mapping, locale, text) => {
        const names = { upper: "uppercase", lower: "lowercase", title: "titlecase", fold: "casefold" };
        return edge[names[mapping]](text, locale);
      }, mapping, locale, text),
    pixels: (operation, width, height, rgba) =>
      call((bytes, operation, width, height) => {
        const rgba = Uint8Array.from(atob(bytes), (byte) => byte.charCodeAt(0));
        const [name, radius] = operation.split(":");
        if (name === "grayscale") edge.grayscale_simd(rgba);
        else edge.box_blur(rgba, width, height, Number(radius));
        return btoa(Array.from(rgba, (byte) => String.fromCharCode(byte)).join(""));
      }, rgba, operation, width, height),
    image: (pipeline, format, file) =>
      call((bytes, pipeline, format) => {
        const file = Uint8Array.from(atob(bytes), (byte) => byte.charCodeAt(0));
        const answer = edge.transform(file, pipeline, { format });
        return btoa(Array.from(answer, (byte) => String.fromCharCode(byte)).join(""));
      }, file, pipeline, format),
  };
}

function encode(bytes) {
  return Buffer.from(bytes).toString("base64");
}

function decode(text) {
  return new Uint8Array(Buffer.from(text, "base64"));
}
