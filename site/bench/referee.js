// Lets contenders take turns at one case after the other, and compares what they make.

/** Runs before those that count, in which engines compile. */
const WARM_UPS = 3;
/** Runs that count. */
export const RUNS = 9;

/**
 * A worker with contenders, as `lanes/lane.js` serves it.
 * @typedef {object} Lane
 * @property {(method: string, ...args: unknown[]) => Promise<any>} call
 */

/**
 * How long each kind of contender took for a case.
 * @typedef {object} Result
 * @property {string} id  the case's
 * @property {Record<"javascript" | "wasm" | "copied", number>} medians  in milliseconds; `copied` may be missing
 */

/** The lane in a worker. It resolves once the worker is ready. */
export async function lane(worker) {
  const next = () =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => ("error" in data ? reject(new Error(data.error)) : resolve(data.value));
      worker.onerror = (event) => {
        // It is told about here, so nobody else needs to.
        event.preventDefault?.();
        const reason = event.message?.replace(/^Uncaught (Error: )?/, "");
        reject(new Error(reason || "A module of the benchmark cannot be loaded."));
      };
    });
  await next();
  return {
    call(method, ...args) {
      const answer = next();
      worker.postMessage({ method, args });
      return answer;
    },
  };
}

/**
 * Measures a case. Fails if the contenders make different things.
 *
 * @param {import("./cases.js").Case} test
 * @param {{javascript: Lane, wasm: Lane}} lanes
 * @param {(done: number) => void} progress  is told how much is done, of 1
 * @returns {Promise<Result>}
 */
export async function measure(test, lanes, progress) {
  const input = test.made && (await lanes.wasm.call("make", test.made));
  const contenders = [];
  for (const lane of Object.values(lanes)) {
    for (const kind of await lane.call("prepare", test.id, input)) contenders.push({ lane, kind, times: [] });
  }
  for (let run = 0; run < WARM_UPS + RUNS; run++) {
    // In turn, so that a slow moment of the machine falls on all alike.
    for (const { lane, kind, times } of contenders) {
      const time = await lane.call("run", kind);
      if (run >= WARM_UPS) times.push(time);
    }
    progress((run + 1) / (WARM_UPS + RUNS));
  }
  await compare(test, contenders);
  for (const lane of Object.values(lanes)) await lane.call("release");
  return { id: test.id, medians: Object.fromEntries(contenders.map(({ kind, times }) => [kind, median(times)])) };
}

async function compare({ title, tolerance }, contenders) {
  let expected;
  for (const { lane, kind } of contenders) {
    const answer = await lane.call("answer", kind);
    expected ??= answer;
    const apart = distance(answer, expected);
    if (!(apart <= (tolerance ?? 0))) throw new Error(`${title}: ${kind} makes something else of it (by ${apart}).`);
  }
}

/** The largest difference between two answers' numbers; digests are equal or not. */
function distance(one, other) {
  if (typeof one === "string") return one === other ? 0 : Infinity;
  if (one.length !== other.length) return Infinity;
  let largest = 0;
  for (let at = 0; at < one.length; at++) {
    // Not a number stays the largest.
    largest = Math.max(largest, Math.abs(one[at] - other[at]));
  }
  return largest;
}

/** The middle one of an odd number of times. */
function median(times) {
  return Float64Array.from(times).sort()[times.length >> 1];
}
