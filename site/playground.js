// The page: one card a function, and the bench. All addresses are relative, so that the application can be mounted below a prefix.

import { connect, text } from "./card.js";
import { casing } from "./casing.js";
import { hash } from "./hash.js";
import { studio } from "./studio.js";
import { tabs } from "./tabs.js";

function health(card) {
  connect(card, { call: (form) => ({ path: "health", accept: form.elements.accept.value }), ...text(card) });
}

/** The bench is loaded by whoever opens it. */
async function bench(panel) {
  const { mount } = await import("./bench/bench.js");
  mount(panel);
}

tabs(document.querySelector("[role=tablist]"), { bench });
for (const [id, start] of Object.entries({ health, hash, casing, image: studio })) {
  start(document.getElementById(id));
}
