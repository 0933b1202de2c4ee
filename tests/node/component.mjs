/**
 * The component, transpiled by jco: it gives the golden digests, and says what is wrong.
 *
 * usage: node component.mjs ROOT
 */

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

import { transpile } from "@bytecodealliance/jco-transpile";

import { checkGolden } from "./golden.mjs";

const root = process.argv[2];
const { hash, text, image } = await load(join(root, "target/component/edge_functions.wasm"));

/** What `jco transpile` makes of a component, as a module. */
async function load(component) {
  const folder = join(root, "target/tests/jco");
  await mkdir(folder, { recursive: true });
  const { files, imports } = await transpile(component, {
    name: "edge",
    emitTypescriptDeclarations: false,
    // As the command line does.
    noComponentErrorWrapping: false,
  });
  assert.deepEqual(imports, []);
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, basename(name)), content);
  }
  return import(pathToFileURL(join(folder, "edge.js")));
}

/** The component's names of the cases in golden lines. */
const CASES = { upper: "uppercase", lower: "lowercase", title: "titlecase", fold: "casefold" };

/** What the component offers of the golden lines: all of them. */
const host = {
  hash(algorithm, bytes) {
    const hasher = hash.Hasher.open(algorithm);
    hasher.update(bytes.subarray(0, 99));
    hasher.update(bytes.subarray(99));
    const hex = hasher.hex();
    hasher[Symbol.dispose]();
    return hex;
  },
  text(mapping, locale, string) {
    return text.convert(string, CASES[mapping], locale);
  },
  pixels(operation, width, height, rgba) {
    const picture = image.Image.fromRgba(rgba, width, height);
    picture.apply(operation);
    const after = picture.rgba();
    picture[Symbol.dispose]();
    return after;
  },
  image(pipeline, format, file) {
    return image.transform(file, pipeline, { format });
  },
};

/** What a call is refused with. */
function refusal(call) {
  try {
    call();
  } catch (error) {
    return error.payload;
  }
  throw new Error("the call is not refused");
}

function checkRefusals() {
  const key = refusal(() => hash.Hasher.open("blake3", new Uint8Array(3)));
  assert.deepEqual(key, {
    tag: "input",
    val: {
      reason: { tag: "length", val: { required: 32, actual: 3 } },
      message: "The algorithm 'blake3': the key has 3 bytes; it must have 32.",
    },
  });
  const crop = refusal(() =>
    image.Image.fromRgba(new Uint8Array(8), 2, 1).apply("flip/crop:1x1+2+0"),
  );
  assert.deepEqual(crop.val.reason, { tag: "outside", val: 1 });
  const side = refusal(() => image.Image.fromRgba(new Uint8Array(4 * 65_536), 65_536, 1));
  assert.deepEqual(side.tag, "limit");
  assert.deepEqual(side.val.excess, { actual: 65_536n, limit: 65_535n });
}

/** A stream of text, to its end. */
function checkStream() {
  const options = { to: "uppercase", charset: "utf-16le", illFormed: "refuse" };
  const converter = text.Converter.open(options);
  const bytes = [...Buffer.from("straße", "utf16le")];
  const chunks = bytes.map((byte) => converter.push(Uint8Array.of(byte)));
  const end = text.Converter.finish(converter);
  assert.equal(Buffer.concat([...chunks, end]).toString(), "STRASSE");
}

checkRefusals();
checkStream();
console.log(JSON.stringify(await checkGolden(root, host)));
