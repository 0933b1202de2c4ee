// What a pasted text claims a digest to be, and whether it is one of those computed.

import { readings } from "./encoding.js";

/** `SHA256 (file) = digest`, as BSD's tools and OpenSSL write it. */
const TAGGED = /^\S+ ?\((?<file>.*)\) ?= ?(?<token>\S+)$/;
/** `digest  file`, as GNU's tools write it; a backslash begins a line whose file's name is escaped. */
const LISTED = /^\\?(?<token>\S+) [ *](?<file>.+)$/;
/** What follows an algorithm's name: `-…` in integrity metadata, `:…` in a container's, `=:…:` in an HTTP field. */
const NAMED = /^[-:=]:?(?<token>[^:?]+)/;
/** Several of those in one line. */
const NEXT = /\n|[,\s]\s*(?=sha-?\d+[-=])/i;

/**
 * One digest of a pasted text.
 * @typedef {object} Claim
 * @property {string[]} digests  in hex: what the text may mean
 * @property {string} [file]  the name that stands beside it
 */

/**
 * The claims of a pasted text: none where it holds no digest.
 * @param {string} text
 * @param {Algorithm[]} algorithms  whose names and aliases may stand before a digest
 * @returns {Claim[]}
 */
export function claims(text, algorithms) {
  const names = algorithms.flatMap(({ name, aliases }) => [name, ...aliases]);
  // Of names that begin alike the longest counts.
  names.sort((one, other) => other.length - one.length);
  const lines = text.split(NEXT).map((line) => line.trim());
  return lines.map((line) => claim(line, names)).filter(({ digests }) => digests.length);
}

function claim(line, names) {
  const name = names.find((known) => line.toLowerCase().startsWith(known)) ?? "";
  const match = line.match(TAGGED) ?? line.slice(name.length).match(NAMED) ?? line.match(LISTED);
  // Digits may stand in groups.
  const { token, file } = match?.groups ?? { token: line.replace(/[\s:]/g, "") };
  return { digests: readings(token), file };
}

/**
 * Says in a sentence what became of `claims`.
 * @param {Claim[]} claims  at least one
 * @param {{algorithm: Algorithm, digest?: string}[]} rows  every algorithm, with its digest once it is known
 * @returns {{words: string, tone: "good"|"bad", matches: Set<string>}} with the digests that are claimed rightly
 */
export function judge(claims, rows) {
  const claimed = new Set(claims.flatMap(({ digests }) => digests));
  const matching = rows.filter(({ digest }) => claimed.has(digest));
  const matches = new Set(matching.map(({ digest }) => digest));
  if (matching.length) {
    const { file } = claims.find(({ digests }) => digests.some((digest) => matches.has(digest)));
    const beside = claims.length > 1 && file ? `, in the line of ${file}` : "";
    return { words: `It is the ${names(matching)} of these bytes${beside}.`, tone: "good", matches };
  }
  return { words: doubt(claims, rows), tone: "bad", matches };
}

/** Why nothing matches: no digest is that long, those that are differ, or they are not computed. */
function doubt(claims, rows) {
  const known = new Set(rows.map(({ algorithm }) => algorithm.bits));
  // Of what a text may mean, the first that has the length of a digest is the likeliest.
  const lengths = claims.map(({ digests }) => digests.map(bits).find((length) => known.has(length)));
  const alike = rows.filter(({ algorithm }) => lengths.includes(algorithm.bits));
  if (!alike.length) return "No algorithm here has a digest of that length.";
  const [computed, missing] = [true, false].map((is) => alike.filter(({ digest }) => Boolean(digest) === is));
  const noun = computed.length > 1 ? "the digests of its length" : "the one digest of its length";
  const differs = computed.length && `It differs from ${names(computed)}, ${noun}.`;
  return [differs, missing.length && `Not computed: ${names(missing)}.`].filter(Boolean).join(" ");
}

function bits(digest) {
  return digest.length * 4;
}

function names(rows) {
  return new Intl.ListFormat("en-GB").format(rows.map(({ algorithm }) => algorithm.name));
}
