// A picture's way through a library, a stage at a time.

import { serve, time } from '../contender/contender.mjs';

/**
 * Serves jobs on pictures. `stages` has `decode(file, job)`, `apply(image, job)` and
 * `encode(image, job)`, and where they take memory that nobody collects, `release(image)`. A library
 * that works lazily has `whole(file, job)` as well, which does all three in the way it prefers.
 */
export function serveStages(stages) {
  return serve((job, file) => () => round(stages, file, job));
}

async function round({ decode, apply, encode, whole, release = () => {} }, file, job) {
  const [decoded, decodeTime] = await time(() => decode(file, job));
  const [applied, operationTime] = await time(() => apply(decoded, job));
  const [encoded, encodeTime] = await time(() => encode(applied, job));
  release(decoded);
  if (applied !== decoded) release(applied);
  const times = { decode: decodeTime, operation: operationTime, encode: encodeTime };
  if (!whole) return { answer: encoded, times: { ...times, total: decodeTime + operationTime + encodeTime } };
  const [answer, total] = await time(() => whole(file, job));
  return { answer, times: { ...times, total } };
}
