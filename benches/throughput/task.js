// What every contender here does alike: it times one piece of work on the whole input, which a
// round does as often as the job says.

import { serve, time } from '../contender/contender.mjs';

/** Serves tasks. `prepare(task, input)` resolves to the work, a function that makes the answer. */
export function serveTasks(prepare) {
  return serve(async ({ task, times }, input) => {
    const work = await prepare(task, input);
    return async () => {
      const [answer, ms] = await time(() => repeat(work, times));
      return { times: { ms }, answer };
    };
  });
}

/** What the last time made. */
function repeat(work, times) {
  let answer;
  for (let turn = 0; turn < times; turn++) answer = work();
  return answer;
}
