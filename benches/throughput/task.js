// What every contender here does alike: it times one piece of work on the whole input.

import { serve, time } from '../contender/contender.mjs';

/** Serves tasks. `prepare(task, input)` resolves to the work, a function that makes the answer. */
export function serveTasks(prepare) {
  return serve(async ({ task }, input) => {
    const work = await prepare(task, input);
    return async () => {
      const [answer, ms] = await time(work);
      return { times: { ms }, answer };
    };
  });
}
