/**
 * The npm package as those who depend on it meet it: TypeScript knows its types, and a bundler its
 * modules.
 *
 * usage: node browser-package.mjs ROOT
 */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { build } from "esbuild";

import { checkGolden } from "./golden.mjs";

/** Does golden lines. */
const CONSUMER = `
import { load, type Exports, type Image, type TransformOptions } from "edge-functions";
const edge: Exports = await load({ simd: true });
export function hash(algorithm: string, bytes: Uint8Array): string {
  const hasher = new edge.Hasher(algorithm);
  hasher.update(bytes);
  return hasher.hex();
}
export function pixels(operation: string, width: number, height: number, rgba: Uint8Array): Uint8Array {
  const image: Image = edge.Image.from_rgba(rgba, width, height);
  const decoded = image.rgba();
  const canvas: Uint8ClampedArray<ArrayBuffer> = new Uint8ClampedArray(decoded.buffer);
  const pixels = new edge.Pixels(image.width, image.height);
  pixels.view().set(canvas);
  if (operation === "grayscale") pixels.grayscale_simd();
  else pixels.box_blur(Number(operation.slice("blur:".length)));
  return pixels.view();
}
export function image(pipeline: string, format: string, file: Uint8Array): Uint8Array {
  const options: TransformOptions = { format };
  return edge.transform(file, pipeline, options);
}
`;

/** A call with what the package does not take, and what the compiler says of it. */
const WRONG = `
import { load } from "edge-functions";
(await load()).transform(new Uint8Array(), "flip", { quality: "80" });
`;
const REFUSAL = "wrong.mts(3,54): error TS2322: Type 'string' is not assignable to type 'number'.";

const root = process.argv[2];
const folder = join(root, "target/tests/consumer");
const installed = join(folder, "node_modules/edge-functions");
const bundled = join(folder, "bundled");

/** What the compiler prints of a source. */
function compile(source) {
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const options = "--noEmit --strict --module nodenext --target esnext";
  return spawnSync(process.execPath, [tsc, ...options.split(" "), source], { cwd: folder, encoding: "utf8" }).stdout;
}

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await cp(join(root, "target/browser"), installed, { recursive: true });
await writeFile(join(folder, "consumer.mts"), CONSUMER);
await writeFile(join(folder, "wrong.mts"), WRONG);
assert.equal(compile("consumer.mts"), "");
assert.ok(compile("wrong.mts").startsWith(REFUSAL), compile("wrong.mts"));

await build({
  absWorkingDir: folder,
  entryPoints: ["consumer.mts"],
  outdir: bundled,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  minify: true,
  splitting: true,
  format: "esm",
  target: "es2022",
});
// This bundler leaves it to its users to put files beside the bundle.
for (const name of ["simd/full_bg.wasm", "portable/full_bg.wasm"]) {
  await cp(join(installed, name), join(bundled, name));
}
await rm(installed, { recursive: true });
const consumer = await import(pathToFileURL(join(bundled, "consumer.mjs")).href);
console.log(JSON.stringify(await checkGolden(root, consumer)));
