// Requests to the functions, and the problems they may answer.

/**
 * One request to one function.
 * @typedef {object} Call
 * @property {string} path    relative to this page, with its query
 * @property {string} [accept]  the media type asked for
 * @property {string|Blob} [body]  sent with POST; without it the request is a GET
 * @property {string} [save]  the file in which curl keeps a binary answer
 */

/** How long typing may pause before a request goes out, in milliseconds. */
const PAUSE = 120;

/** A failure that can be shown: from a problem document, or from a connection that broke. */
export class Problem extends Error {
  constructor({ title, detail = "The answer does not say why.", status, type = "", segment, suggestion }) {
    super(suggestion ? `Did you mean '${suggestion}'? ${detail}` : detail);
    Object.assign(this, { title, status, type, segment });
  }

  static async from(response) {
    const fields = await response.json().catch(() => ({}));
    return new Problem({ status: response.status, title: response.statusText, ...fields });
  }

  static lost(detail = "The connection failed before all of it had arrived.") {
    return new Problem({ title: "No complete answer", detail });
  }
}

/** Sends `call`; answers that are no success are thrown as problems. */
export async function send(call, signal) {
  const { path, body } = call;
  const method = body === undefined ? "GET" : "POST";
  // Timings are those of this very request only if no cache stands between.
  const response = await fetch(path, { method, body, headers: headers(call), cache: "no-store", signal });
  if (!response.ok) throw await Problem.from(response);
  return response;
}

/** The header fields of `call`. */
export function headers({ accept = "*/*", body }) {
  // The bytes count, not what the browser takes the file's name to mean.
  return { Accept: accept, ...(body !== undefined && { "Content-Type": "application/octet-stream" }) };
}

/** The address of `path` on this deployment. */
export function address(path) {
  return new URL(path, document.baseURI).href;
}

/** The command that sends `call` from a shell. */
export function curl({ path, accept, body, save }) {
  const quote = (word) => `'${word.replaceAll("'", "'\\''")}'`;
  const words = ["curl"];
  if (accept) words.push("-H", quote(`Accept: ${accept}`));
  if (body instanceof File) words.push("--data-binary", quote(`@${body.name}`));
  else if (body !== undefined) words.push("--data-binary", "@-");
  if (save) words.push("-o", quote(save));
  words.push(quote(address(path)));
  const command = words.join(" ");
  return typeof body === "string" ? `printf %s ${quote(body)} | ${command}` : command;
}

/**
 * Lets the last call win: each one aborts what an earlier one had under way, then waits `PAUSE` for a later one.
 * The `stop` of what is returned aborts without another call.
 * @param {(signal: AbortSignal) => Promise<void>} task
 * @param {(problem: Problem) => void} fail
 */
export function latest(task, fail) {
  let timer;
  let controller;
  const run = async ({ signal }) => {
    try {
      await task(signal);
    } catch (error) {
      if (!signal.aborted) fail(error instanceof Problem ? error : Problem.lost());
    }
  };
  const stop = () => {
    clearTimeout(timer);
    controller?.abort();
  };
  const start = (pause = PAUSE) => {
    stop();
    controller = new AbortController();
    timer = setTimeout(run, pause, controller);
  };
  return Object.assign(start, { stop });
}

/** Starts a card once it comes into view: a visitor who reads no further costs no picture. */
export function whenSeen(card, start) {
  const observer = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) return;
    observer.disconnect();
    start();
  });
  observer.observe(card);
}
