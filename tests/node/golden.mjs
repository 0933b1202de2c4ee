/**
 * The golden digests, for hosts that run JavaScript.
 *
 * A line is `DIGEST KIND ARGUMENT… FILE`: see `tests/data/golden.txt`.
 */

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * What a host offers. A function that it has not, or that gives `undefined`, skips the line.
 * @typedef {object} Host
 * @property {(algorithm: string, bytes: Uint8Array) => string | undefined} [hash] in hex
 * @property {(mapping: string, locale: string, text: string) => string | undefined} [text]
 * @property {(operation: string, width: number, height: number, rgba: Uint8Array) => Uint8Array | undefined} [pixels]
 * @property {(pipeline: string, format: string, file: Uint8Array) => Uint8Array | undefined} [image]
 */

/**
 * Does every line whose kind the host offers.
 * @param {string} root the repository
 * @param {Host} host functions may be asynchronous
 * @returns {Promise<Record<string, number>>} how many lines of each kind the host has done
 * @throws {Error} with the line that it does otherwise
 */
export async function checkGolden(root, host) {
  const data = join(root, "tests/data");
  const golden = await readFile(join(data, "golden.txt"), "utf8");
  const done = {};
  for (const line of golden.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const [expected, kind, ...rest] = line.split(" ");
    const bytes = await readFile(join(data, "golden", rest.pop()));
    const actual = await digest(host, kind, rest, new Uint8Array(bytes));
    if (actual === undefined) continue;
    if (actual !== expected) throw new Error(`${line}: the digest is ${actual}`);
    done[kind] = (done[kind] ?? 0) + 1;
  }
  return done;
}

/** The digest that a line compares; `undefined` if the host does not offer what it asks for. */
async function digest(host, kind, options, bytes) {
  switch (kind) {
    case "hash":
      return host.hash?.(...options, bytes);
    case "text":
      return sha256(await host.text?.(...options, decoder.decode(bytes)));
    case "pixels": {
      const [operation, size] = options;
      const [width, height] = size.split("x").map(Number);
      return sha256(await host.pixels?.(operation, width, height, bytes));
    }
    case "image":
      return sha256(await host.image?.(...options, bytes));
    default:
      throw new Error(`'${kind}' is no kind of line`);
  }
}

function sha256(data) {
  return data === undefined ? undefined : createHash("sha256").update(data).digest("hex");
}
