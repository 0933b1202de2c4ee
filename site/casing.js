// The card of the case mappings: one text, four mappings, any language.

import { connect, text } from "./card.js";
import { element } from "./markup.js";
import { send } from "./request.js";

/** Brings the card to life. */
export function casing(card) {
  const form = card.querySelector("form");
  const answer = card.querySelector(".answer");
  const note = card.querySelector(".note");
  const { show, fail } = text(card, async (mapped, signal) => {
    const plain = locale(form) ? await (await send(call(form, ""), signal)).text() : mapped;
    answer.lang = form.elements.text.lang = locale(form);
    note.textContent = remark(form, mapped === plain);
    return marked(mapped, plain);
  });
  form.elements.text.value = form.elements.language[0].dataset.example;
  form.addEventListener("input", ({ target }) => follow(form, target));
  connect(card, {
    call: () => call(form),
    show,
    fail(problem) {
      note.textContent = "";
      fail(problem);
    },
  });
}

function call({ elements }, tag = locale({ elements })) {
  const query = tag ? `?${new URLSearchParams({ locale: tag })}` : "";
  return { path: `${elements.mapping.value}${query}`, body: elements.text.value };
}

/** The tag typed, or the language chosen; they exclude each other. */
function locale({ elements }) {
  return elements.tag.value.trim() || elements.language.value;
}

/** The tag and the languages exclude each other. A text that is still an example follows the language. */
function follow({ elements }, target) {
  const { tag, language, text } = elements;
  if (target === tag) [...language].forEach((choice, place) => (choice.checked = !tag.value && place === 0));
  else if (target.name === "language") tag.value = "";
  else return;
  const chosen = [...language].find(({ checked }) => checked);
  const isExample = [...language].some(({ dataset }) => dataset.example === text.value);
  if (chosen && isExample) text.value = chosen.dataset.example;
}

/** What the language brings. */
function remark(form, same) {
  if (!locale(form)) return "";
  return same ? "The language changes nothing here." : "Marked: what the language changes.";
}

/** The text of `mapped`, its words marked where `plain` has others in their place. */
function marked(mapped, plain) {
  const others = plain.split(/(\s+)/);
  const pieces = [];
  mapped.split(/(\s+)/).forEach((word, place) => {
    if (word !== others[place]) pieces.push(element("mark", "", word));
    else if (typeof pieces.at(-1) === "string") pieces.push(pieces.pop() + word);
    else pieces.push(word);
  });
  return pieces;
}
