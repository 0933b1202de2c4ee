// A worker with contenders in it, which the referee tells what to do.

/**
 * One way to do a case.
 * @typedef {object} Contender
 * @property {() => void} [before]  makes ready for a run; not timed
 * @property {() => void} run
 * @property {() => ArrayBufferView | string} answer  what the last run made
 */

/**
 * Serves the referee: each message names a method and its arguments, each is answered with
 * `{ value }` or `{ error }`.
 *
 * @param {Record<string, Record<string, (input: any) => Contender>>} contenders  by kind and case
 * @param {Record<string, () => unknown>} [makers]  what makes inputs for the other lane
 */
export function serve(contenders, makers = {}) {
  /** @type {Record<string, Contender>} */
  let prepared = {};

  const methods = {
    make: (what) => makers[what](),
    /** The kinds of contenders that there are for a case, now ready to run. */
    prepare(id, input) {
      const able = Object.keys(contenders).filter((kind) => id in contenders[kind]);
      prepared = Object.fromEntries(able.map((kind) => [kind, contenders[kind][id](input)]));
      return able;
    },
    /** Milliseconds of one run. */
    run(kind) {
      const { before, run } = prepared[kind];
      before?.();
      const start = performance.now();
      run();
      return performance.now() - start;
    },
    answer: (kind) => prepared[kind].answer(),
    release() {
      prepared = {};
    },
  };

  addEventListener("message", ({ data: { method, args } }) => {
    try {
      postMessage({ value: methods[method](...args) });
    } catch (error) {
      postMessage({ error: `${error}` });
    }
  });
  postMessage({ value: "ready" });
}

/** A contender that works on a copy of the input in place. */
export function inPlace(input, work) {
  const data = input.slice();
  return { before: () => data.set(input), run: () => work(data), answer: () => data };
}

/** A contender whose work returns its answer. */
export function returning(work) {
  let answer;
  return {
    run() {
      answer = work();
    },
    answer: () => answer,
  };
}
