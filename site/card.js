// What every card does: its form is one request, shown as an answer and as the curl command that sends the same.

import { copyable, explain, facts, round, size } from "./markup.js";
import { curl, latest, send, whenSeen } from "./request.js";
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
export function connect(card, { call, show, fail }) {
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

/**
 * Shows an answer that is text.
 * @param {(body: string, signal: AbortSignal) => (string|Node)[]|Promise<(string|Node)[]>} [render]  what is shown of it
 */
export function text(card, render = (body) => [body]) {
  const answer = card.querySelector(".answer");
  const meta = card.querySelector(".meta");
  return {
    async show(response, { signal, elapsed }) {
      const body = await response.text();
      answer.replaceChildren(...(await render(body, signal)));
      meta.textContent = facts([
        response.status,
        response.headers.get("Content-Type").split(";")[0],
        size(new TextEncoder().encode(body).length),
        `answered in ${round(elapsed)} ms`,
        ...timings(response).map(({ stage, time }) => `${stage} ${round(time)} ms`),
      ]);
    },
    fail(problem) {
      answer.replaceChildren(explain(problem));
      meta.textContent = "";
    },
  };
}
