// The playground: each card's form is one request, shown as an answer and as the curl command that sends the same.
// All addresses are relative, so that the application can be mounted below a prefix.

/**
 * One request to one function.
 * @typedef {object} Call
 * @property {string} path    relative to this page, with its query
 * @property {string} [accept]  the media type asked for
 * @property {string|File} [body]  sent with POST; without it the request is a GET
 * @property {string} [save]  the file in which curl keeps a binary answer
 */

/** How long typing may pause before a request goes out, in milliseconds. */
const PAUSE = 120;

/** A failure that can be shown: from a problem document, or from a connection that broke. */
class Problem extends Error {
  constructor({ title, detail = "The answer does not say why.", status, type = "" }) {
    super(detail);
    Object.assign(this, { title, status, type });
  }

  static async from(response) {
    const fields = await response.json().catch(() => ({}));
    return new Problem({ status: response.status, title: response.statusText, ...fields });
  }

  static lost() {
    return new Problem({ title: "No complete answer", detail: "The connection failed before all of it had arrived." });
  }
}

/** Sends `call`; answers that are no success are thrown as problems. */
async function send({ path, accept = "*/*", body }, signal) {
  // Timings are those of this very request only if no cache stands between.
  const init = { headers: { Accept: accept }, cache: "no-store", signal };
  if (body !== undefined) {
    init.method = "POST";
    init.body = body;
    // The bytes count, not what the browser takes the file's name to mean.
    init.headers["Content-Type"] = "application/octet-stream";
  }
  const response = await fetch(path, init);
  if (!response.ok) throw await Problem.from(response);
  return response;
}

/** The command that sends `call` from a shell. */
function curl({ path, accept, body, save }) {
  const quote = (word) => `'${word.replaceAll("'", "'\\''")}'`;
  const words = ["curl"];
  if (accept) words.push("-H", quote(`Accept: ${accept}`));
  if (body instanceof File) words.push("--data-binary", quote(`@${body.name}`));
  else if (body !== undefined) words.push("--data-binary", "@-");
  if (save) words.push("-o", quote(save));
  words.push(quote(new URL(path, document.baseURI).href));
  const command = words.join(" ");
  return typeof body === "string" ? `printf %s ${quote(body)} | ${command}` : command;
}

/**
 * Lets the last call win: each one aborts what an earlier one had under way, then waits `PAUSE` for a later one.
 * @param {(signal: AbortSignal) => Promise<void>} task
 * @param {(problem: Problem) => void} fail
 */
function latest(task, fail) {
  let timer;
  let controller;
  const run = async ({ signal }) => {
    try {
      await task(signal);
    } catch (error) {
      if (!signal.aborted) fail(error instanceof Problem ? error : Problem.lost());
    }
  };
  return (pause = PAUSE) => {
    clearTimeout(timer);
    controller?.abort();
    controller = new AbortController();
    timer = setTimeout(run, pause, controller);
  };
}

/**
 * Connects a card's form to its function.
 * @param {HTMLElement} card
 * @param {object} part
 * @param {(form: HTMLFormElement) => Call} part.call  what the form asks for now
 * @param {(response: Response, of: {signal: AbortSignal, elapsed: number}) => Promise<void>} part.show
 *   `elapsed` is what passed before the answer began, in milliseconds
 * @param {(problem: Problem) => void} part.fail
 */
function connect(card, { call, show, fail }) {
  const form = card.querySelector("form");
  const command = card.querySelector(".curl pre");
  const request = latest(
    async (signal) => {
      card.ariaBusy = "true";
      const start = performance.now();
      const response = await send(call(form), signal);
      await show(response, { signal, elapsed: performance.now() - start });
      card.ariaBusy = "false";
    },
    (problem) => {
      card.ariaBusy = "false";
      fail(problem);
    },
  );
  const tell = () => (command.textContent = curl(call(form)));
  form.addEventListener("input", tell);
  form.addEventListener("input", () => request());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    request(0);
  });
  card.querySelector(".curl button").addEventListener("click", (event) => copy(command, event.target));
  tell();
  whenSeen(card, () => request(0));
}

/** Starts a card once it comes into view: a visitor who reads no further costs no picture. */
function whenSeen(card, start) {
  const observer = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) return;
    observer.disconnect();
    start();
  });
  observer.observe(card);
}

/** Copies a command, or selects it where the page may not write to the clipboard. */
async function copy(command, button) {
  try {
    await navigator.clipboard.writeText(command.textContent);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 1500);
  } catch {
    getSelection().selectAllChildren(command);
  }
}

/** An element with a class and children. */
function element(name, className, ...children) {
  const node = document.createElement(name);
  node.className = className;
  node.append(...children);
  return node;
}

/** A problem as a reader wants it: what is wrong first, its kind last. */
function explain({ title, message, status, type }) {
  const name = [status, title].filter(Boolean).join(" ");
  return element("div", "problem", element("b", "", name), element("p", "", message), element("code", "", type));
}

/** A number of bytes in the unit that suits it. */
function size(bytes) {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  const [amount, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
  return `${amount.toFixed(1)} ${unit}`;
}

/** The stages of `Server-Timing`, in milliseconds. */
function timings(response) {
  const field = response.headers.get("Server-Timing") ?? "";
  return [...field.matchAll(/([\w-]+);dur=([\d.]+)/g)].map(([, stage, time]) => ({ stage, time: Number(time) }));
}

/** A time to three significant digits, beyond which it is noise. */
function round(time) {
  return Number(time.toPrecision(3));
}

/** Shows an answer that is text, and hands it to `also`. */
function text(card, also = () => {}) {
  const answer = card.querySelector(".answer");
  const meta = card.querySelector(".meta");
  return {
    async show(response, { elapsed }) {
      const body = await response.text();
      answer.textContent = body;
      meta.textContent = [
        response.status,
        response.headers.get("Content-Type").split(";")[0],
        size(new TextEncoder().encode(body).length),
        `answered in ${round(elapsed)} ms`,
        ...timings(response).map(({ stage, time }) => `${stage} ${round(time)} ms`),
      ].map((part) => `${part}`.replaceAll(" ", "\u00a0")).join(" · ");
      also(body);
    },
    fail(problem) {
      answer.replaceChildren(explain(problem));
      meta.textContent = "";
      also("");
    },
  };
}

/** Draws the 64 bits of a digest and marks those that differ from the digest before it. */
function bits(card) {
  const flips = card.querySelector(".flips");
  const cells = Array.from({ length: 64 }, () => document.createElement("i"));
  card.querySelector(".bits").append(...cells);
  let last = "";
  return (digest) => {
    const now = digest && BigInt(`0x${digest}`).toString(2).padStart(64, "0");
    const turned = (bit) => Boolean(last && now) && last[bit] !== now[bit];
    cells.forEach((cell, bit) => {
      cell.classList.toggle("on", now[bit] === "1");
      cell.classList.toggle("turned", turned(bit));
    });
    const count = cells.filter((_, bit) => turned(bit)).length;
    flips.textContent = count ? `${count} of 64 bits turned` : "";
    last = now;
  };
}

/** Puts a picture into a figure with its caption; what the figure held is let go. */
async function picture(figure, blob, signal) {
  const image = new Image();
  image.src = URL.createObjectURL(blob);
  image.alt = `The picture ${figure.className}`;
  const drawn = await image.decode().then(() => true, () => false);
  if (signal.aborted || !drawn) URL.revokeObjectURL(image.src);
  signal.throwIfAborted();
  const shape = drawn ? `${image.naturalWidth} × ${image.naturalHeight}` : "not shown by this browser";
  const format = blob.type.replace("image/", "").toUpperCase();
  fill(figure, drawn ? image : "", [shape, format, size(blob.size)].filter(Boolean).join(" · "));
}

/** Replaces what a figure's frame holds and what its caption says. */
function fill(figure, content, caption) {
  const frame = figure.querySelector(".frame");
  const old = frame.querySelector("img");
  if (old) URL.revokeObjectURL(old.src);
  frame.replaceChildren(content);
  figure.querySelector(".meta").textContent = caption;
}

/** Draws the time each stage took as a bar, the longest at full width. */
function bars(list, stages) {
  const longest = Math.max(...stages.map(({ time }) => time));
  list.replaceChildren(
    ...stages.map(({ stage, time }) => {
      const bar = element("i", "");
      bar.style.inlineSize = `${(100 * time) / longest}%`;
      return element("li", "", element("span", "", stage), element("span", "track", bar), round(time));
    }),
  );
}

/** The picture that the form names: an opened file before a sample. */
function source(form) {
  const file = form.elements.file.files[0];
  const name = file?.name ?? form.elements.sample.value;
  return { body: file, name, query: file ? {} : { file: name } };
}

/** A call of one operation on the form's picture. */
function pictureCall(form, name, options) {
  const { body, query } = source(form);
  return { path: `image/${name}?${new URLSearchParams({ ...options, ...query })}`.replace(/\?$/, ""), body };
}

/** The name for an answer: the format is the input's own where it can be written, else PNG. */
function answerName(form, name) {
  const [, stem, extension] = source(form).name.match(/^(.*?)(?:\.([^.]*))?$/);
  const own = /^(png|jpe?g|webp)$/i.test(extension) ? extension : "png";
  const chosen = form.elements.format.value.replace("jpeg", "jpg");
  return `${stem}-${name}.${chosen || own}`;
}

/** What the picture form asks for. */
function imageCall(form) {
  const { operation, radius, format } = form.elements;
  const name = operation.value;
  const options = name === "blur" ? { radius: radius.value } : {};
  if (format.value) options.format = format.value;
  return { ...pictureCall(form, name, options), save: answerName(form, name) };
}

/** Shows the untouched picture: the opened file itself, or the sample through a blur of radius 0. */
function original(form, figure) {
  return latest(
    async (signal) => {
      const { body } = source(form);
      const blob = body ?? (await (await send(pictureCall(form, "blur", { radius: 0 }), signal)).blob());
      await picture(figure, blob, signal);
    },
    (problem) => fill(figure, explain(problem), ""),
  );
}

/** Takes a dropped file as if it had been opened in the form. */
function acceptDrops(card, input) {
  card.addEventListener("dragover", (event) => event.preventDefault());
  card.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function health(card) {
  connect(card, { call: (form) => ({ path: "health", accept: form.elements.accept.value }), ...text(card) });
}

function hash(card) {
  const { text: typed, file } = card.querySelector("form").elements;
  // The text and the file exclude each other: the one touched last counts.
  typed.addEventListener("input", () => (file.value = ""));
  connect(card, {
    call: ({ elements }) => ({
      path: `hash?algorithm=${elements.algorithm.value}`,
      body: file.files[0] ?? typed.value,
    }),
    ...text(card, bits(card)),
  });
}

function uppercase(card) {
  connect(card, { call: (form) => ({ path: "uppercase", body: form.elements.text.value }), ...text(card) });
}

function image(card) {
  const form = card.querySelector("form");
  const { sample, file, radius, shown, operation } = form.elements;
  const after = card.querySelector(".after");
  const stages = card.querySelector(".timing ul");
  const showOriginal = original(form, card.querySelector(".before"));
  form.addEventListener("input", ({ target }) => {
    if (target.name === "sample") file.value = "";
    if (target === file) for (const choice of sample) choice.checked = !file.files.length && choice.defaultChecked;
    if (target.name === "sample" || target === file) showOriginal(0);
    shown.value = radius.value;
    radius.disabled = operation.value !== "blur";
  });
  acceptDrops(card, file);
  whenSeen(card, () => showOriginal(0));
  connect(card, {
    call: imageCall,
    async show(response, { signal }) {
      await picture(after, await response.blob(), signal);
      bars(stages, timings(response));
    },
    fail(problem) {
      fill(after, explain(problem), "");
      stages.replaceChildren();
    },
  });
}

for (const [id, start] of Object.entries({ health, hash, uppercase, image })) {
  start(document.getElementById(id));
}
