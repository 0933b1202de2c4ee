/** The three columns: each operation in each of them. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** How long the columns may take for one picture, in milliseconds. */
const PATIENCE = 60_000;

/** Each golden line of a PNG: both results of the core have its digest, and JavaScript makes a picture as large. */
export async function everyOperationInEveryColumn({ browser, root, url }) {
  const golden = await readFile(join(root, "tests/data/golden.txt"), "utf8");
  const lines = golden.split("\n").map((line) => line.split(" "));
  // The plain JavaScript knows no linear light.
  const shown = (pipeline, format, name) => !pipeline.includes(",linear") && format === "png" && name === "rgba.png";
  const pictures = lines.filter(([, kind, ...rest]) => kind === "image" && shown(...rest));
  assert(new Set(pictures.map(([, , pipeline]) => pipeline.split(":")[0])).size >= 22, "all operations");
  const { page, troubles } = await browser.open(`${url}/#image`);
  for (const [digest, , pipeline, format, name] of pictures) {
    await run(page, `image/${pipeline}?format=${format}`, join(root, "tests/data/golden", name));
    const columns = await results(page);
    assert.equal(columns.wasm.digest, digest, `WebAssembly, ${pipeline}`);
    assert.equal(columns.edge.digest, digest, `the edge, ${pipeline}`);
    assert.deepEqual([columns.javascript.width, columns.javascript.height], [columns.edge.width, columns.edge.height], pipeline);
    assert.equal(await page.$eval(".verdict", (line) => line.dataset.state), "same", pipeline);
  }
  assert.deepEqual(troubles, []);
}

/** A photograph from the samples, as JPEG: the core's files are the same here and there. */
export async function aSampleInEveryColumn({ browser, url }) {
  const { page, troubles } = await browser.open(`${url}/#image/resize:400x/sharpen/grayscale?file=landscape.jpg`);
  await done(page, "landscape.jpg");
  const columns = await results(page);
  assert.equal(columns.wasm.digest, columns.edge.digest);
  assert.match(await page.$eval(".verdict", (line) => line.textContent), /^Bit-identical/);
  for (const [name, { width, time, rate }] of Object.entries(columns)) {
    assert.equal(width, 400, name);
    assert.match(time, /^[\d.,]+ ms$/, name);
    assert.match(rate, /^[\d.,]+ megapixels\/s$/, name);
  }
  assert.deepEqual(troubles, []);
}

/** A file that is dropped is taken like one that is chosen; one that is no picture is told in each column. */
export async function filesAreDropped({ browser, root, url }) {
  const { page, troubles } = await browser.open(`${url}/#image/flip?format=png`);
  await done(page, "the sample");
  const golden = await readFile(join(root, "tests/data/golden.txt"), "utf8");
  const [digest] = golden.split("\n").find((line) => line.includes(" image flip png rgba.png")).split(" ");
  await drop(page, "rgba.png", await readFile(join(root, "tests/data/golden/rgba.png")));
  await page.waitForFunction(
    (digest) => document.querySelector('[data-column="wasm"]').dataset.digest === digest,
    { timeout: PATIENCE }, digest,
  );
  await done(page, "a dropped file");
  assert.equal((await results(page)).edge.digest, digest);
  assert.deepEqual(troubles, []);
  await drop(page, "letters.txt", Buffer.from("no picture"));
  await page.waitForFunction(
    () => [...document.querySelectorAll("[data-column]")].every(({ dataset }) => dataset.state === "failed"),
    { timeout: PATIENCE },
  );
  const told = await page.$eval('[data-column="wasm"] .trouble', (line) => line.textContent);
  assert.match(told, /The bytes are no picture; PNG, JPEG, .* are read\./);
}

/** Opens a pipeline and a file, and waits until every column is done with it. */
async function run(page, fragment, file) {
  await page.evaluate((fragment) => {
    for (const { dataset } of document.querySelectorAll("[data-column]")) delete dataset.state;
    location.hash = fragment;
  }, fragment);
  const input = await page.$('#image input[type="file"]');
  await input.uploadFile(file);
  await page.waitForFunction(
    (name) => document.querySelector("#image .drop span").textContent === name,
    { timeout: PATIENCE }, file.split("/").at(-1),
  );
  await done(page, fragment);
}

/** Waits until every column is done. */
async function done(page, what) {
  try {
    await page.waitForFunction(
      () => [...document.querySelectorAll("[data-column]")].length === 3
        && [...document.querySelectorAll("[data-column]")].every(({ dataset }) => dataset.state === "done"),
      { timeout: PATIENCE },
    );
  } catch (error) {
    const columns = await page.$$eval("[data-column]", (columns) => columns.map((column) => column.innerText));
    throw new Error(`${what}: ${JSON.stringify(columns)}`, { cause: error });
  }
}

/** What the columns show. */
function results(page) {
  return page.$$eval("[data-column]", (columns) => Object.fromEntries(columns.map((column) => {
    const text = (selector) => column.querySelector(selector).textContent;
    const [width, height] = text(".meta").match(/(\d+)\s×\s(\d+)/).slice(1).map(Number);
    return [column.dataset.column, {
      digest: column.dataset.digest, width, height, time: text(".time"), rate: text(".rate"),
    }];
  })));
}

/** Drops a file on the card. */
function drop(page, name, bytes) {
  return page.$eval("#image", (card, name, text) => {
    const bytes = Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name));
    for (const type of ["dragenter", "dragover", "drop"]) {
      card.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  }, name, bytes.toString("base64"));
}
