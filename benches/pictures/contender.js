// What every contender does alike. It is started for one job, which the first line of its input
// describes, followed by the picture's file:
//
//     {"operation": "blur", "input": "jpeg", "output": "jpeg", "width": 4000, "height": 3000, "bytes": 2240331}
//
// `raw` as a format means the samples themselves, RGBA. Each further line is a request and is
// answered with a line: `round` does the job once and tells its milliseconds; `answer` tells the
// length of the last round's file, which follows.

import { readSync } from 'node:fs';

/**
 * Serves until the input ends. `stages` has `decode(file, job)`, `apply(image, job)` and
 * `encode(image, job)`, and where they take memory that nobody collects, `release(image)`. A library
 * that works lazily has `whole(file, job)` as well, which does all three in the way it prefers.
 */
export async function serve(stages) {
  const job = JSON.parse(readLine());
  const file = readBytes(job.bytes);
  let answer;
  for (let request = readLine(); request !== ''; request = readLine()) {
    if (request === 'round') {
      const round = await measure(stages, file, job);
      answer = round.answer;
      await write(`${JSON.stringify(round.times)}\n`);
    } else {
      await write(`${JSON.stringify({ bytes: answer.length })}\n`);
      await write(answer);
    }
    // Nobody pays for another round's garbage.
    globalThis.gc();
  }
  // Some libraries leave threads behind that would keep the process alive.
  process.exit();
}

async function measure({ decode, apply, encode, whole, release = () => {} }, file, job) {
  const time = async (work) => {
    const start = performance.now();
    const result = await work();
    return [result, performance.now() - start];
  };
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

/** A line of standard input without its end; empty at the input's end. */
function readLine() {
  const bytes = [];
  const byte = Buffer.alloc(1);
  while (readSync(0, byte) === 1 && byte[0] !== 0x0a) bytes.push(byte[0]);
  return Buffer.from(bytes).toString();
}

/** The next bytes of standard input. */
function readBytes(length) {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; ) {
    const count = readSync(0, bytes, at, length - at, null);
    if (count === 0) throw new Error('the input ended within the file');
    at += count;
  }
  return bytes;
}

/** Resolves once everything is written: a library may have made the output one that does not wait. */
function write(data) {
  return new Promise((resolve, reject) => {
    process.stdout.write(data, (error) => (error ? reject(error) : resolve()));
  });
}
