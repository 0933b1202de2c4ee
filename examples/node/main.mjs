import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { Edge } from "./edge.mjs";

/** Text in upper case, FNV-1a of a file, and luma and box blur of raw RGBA. */
const USAGE = `usage: node main.mjs TEXT
       node main.mjs --hash FILE
       node main.mjs --grayscale FILE > OUT
       node main.mjs --blur RADIUS --size WxH FILE > OUT

--module FILE is where edge_c_abi.wasm is, if not in this repository's target folder`;

const MODULE = new URL(
  "../../target/wasm32-unknown-unknown/release/edge_c_abi.wasm",
  import.meta.url,
);

/**
 * @param {string[]} args the command line, without the program
 * @returns {Promise<string | Uint8Array>} what is to be written
 */
async function run(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      hash: { type: "boolean" },
      grayscale: { type: "boolean" },
      blur: { type: "string" },
      size: { type: "string" },
      module: { type: "string" },
    },
  });
  const [operand] = positionals;
  if (positionals.length !== 1) throw new TypeError("one text or file is needed");
  const edge = await Edge.load(values.module ?? MODULE);

  if (values.hash) {
    const hash = edge.fnv1aHash(await readFile(operand));
    return `${hash.toString(16).padStart(16, "0")}\n`;
  }
  if (values.grayscale) {
    const rgba = await readFile(operand);
    edge.grayscale(rgba);
    return rgba;
  }
  if (values.blur !== undefined) {
    const [, width, height] = /^(\d+)x(\d+)$/.exec(values.size ?? "") ?? [];
    if (width === undefined) throw new TypeError("--blur needs --size WIDTHxHEIGHT");
    const rgba = await readFile(operand);
    edge.boxBlur(rgba, Number(width), Number(height), Number(values.blur));
    return rgba;
  }
  return `${edge.processString(operand)}\n`;
}

try {
  process.stdout.write(await run(process.argv.slice(2)));
} catch (error) {
  const usage = error instanceof TypeError ? `\n\n${USAGE}` : "";
  process.stderr.write(`${error.message}${usage}\n`);
  process.exitCode = 1;
}
