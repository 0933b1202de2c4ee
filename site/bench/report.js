// Results in words.

import { CASES } from "./cases.js";
import { RUNS } from "./referee.js";

/** The kinds of contenders, by the names that they have in results. */
export const KINDS = {
  javascript: "JavaScript",
  wasm: "WebAssembly",
  copied: "with copying",
};

/** How many times as fast as JavaScript wasm is. */
export const ratio = ({ medians: { javascript, wasm } }) => javascript / wasm;

/** The ratios' geometric mean. */
export function mean(results) {
  return Math.exp(results.reduce((sum, result) => sum + Math.log(ratio(result)), 0) / results.length);
}

/** A number to three digits, beyond which it is noise. */
export function digits(number) {
  return number.toFixed(number < 10 ? 2 : number < 100 ? 1 : 0);
}

/** How much of a case is done in a second, if all of it takes so many milliseconds. */
export function rate({ amount, unit }, milliseconds) {
  const perSecond = (1000 * amount) / milliseconds;
  return `${perSecond < 1000 ? digits(perSecond) : Math.round(perSecond).toLocaleString("en")} ${unit}/s`;
}

/**
 * The results as a table in Markdown.
 * @param {import("./referee.js").Result[]} results
 */
export function markdown(results) {
  const rows = results.map((result) => {
    const test = CASES.find(({ id }) => id === result.id);
    const { javascript, wasm, copied } = result.medians;
    const cells = [
      test.title,
      digits(javascript),
      digits(wasm),
      `**${digits(ratio(result))}**`,
      copied ? digits(copied) : "",
      rate(test, wasm),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| | JavaScript, ms | WebAssembly, ms | times as fast | with copying in and out, ms | WebAssembly's rate |",
    "|---|--:|--:|--:|--:|--:|",
    ...rows,
    "",
    `Medians of ${RUNS} runs, taken in turn. Wasm is ${digits(mean(results))} times as fast in the geometric mean.`,
  ].join("\n");
}
