// The playground: each card's form is one request, shown as an answer and as the curl command that sends the same.
// All addresses are relative, so that the application can be mounted below a prefix.

import { copyable, explain, facts, round, size } from "./markup.js";
import { curl, latest, send, whenSeen } from "./request.js";
import { studio } from "./studio.js";
import { timings } from "./timing.js";

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
  const command = copyable(card.querySelector(".curl"));
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
  tell();
  whenSeen(card, () => request(0));
}

/** Shows an answer that is text, and hands it to `also`. */
function text(card, also = () => {}) {
  const answer = card.querySelector(".answer");
  const meta = card.querySelector(".meta");
  return {
    async show(response, { elapsed }) {
      const body = await response.text();
      answer.textContent = body;
      meta.textContent = facts([
        response.status,
        response.headers.get("Content-Type").split(";")[0],
        size(new TextEncoder().encode(body).length),
        `answered in ${round(elapsed)} ms`,
        ...timings(response).map(({ stage, time }) => `${stage} ${round(time)} ms`),
      ]);
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

for (const [id, start] of Object.entries({ health, hash, uppercase, image: studio })) {
  start(document.getElementById(id));
}
