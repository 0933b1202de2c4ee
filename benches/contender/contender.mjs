// What every contender in Node does alike; `src/lib.rs` is the same for those in Rust. It is
// started for one job, which the first line of its input describes, followed by the job's input:
//
//     {"operation": "blur", "input": "jpeg", "output": "jpeg", "bytes": 2240331}
//
// `bytes` is the input's length; the other members are the bench's own. Each further line is a
// request and is answered with a line: `round` does the job once and tells what that took;
// `answer` tells the length of what the last round made, which follows.

import { readSync } from 'node:fs';

/**
 * Serves until the input ends. `prepare(job, input)` resolves to a function that does the job once
 * and resolves to `{ times, answer }`, the answer being a string or bytes.
 */
export async function serve(prepare) {
  const job = JSON.parse(readLine());
  const round = await prepare(job, readBytes(job.bytes));
  let answer;
  for (let request = readLine(); request !== ''; request = readLine()) {
    if (request === 'round') {
      // Nobody pays for another round's garbage, and no other contender for this one's.
      globalThis.gc();
      const done = await round();
      answer = done.answer;
      await write(`${JSON.stringify(done.times)}\n`);
    } else {
      const bytes = Buffer.from(answer);
      await write(`${JSON.stringify({ bytes: bytes.length })}\n`);
      await write(bytes);
    }
  }
  // Some libraries leave threads behind that would keep the process alive.
  process.exit();
}

/** What `work()` resolves to, and the milliseconds that it took. */
export async function time(work) {
  const start = performance.now();
  const result = await work();
  return [result, performance.now() - start];
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
    if (count === 0) throw new Error("the input ended within the job's");
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
