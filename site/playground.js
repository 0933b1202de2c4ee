// The playground: one card a function. All addresses are relative, so that the application can be mounted below a prefix.

import { connect, text } from "./card.js";
import { casing } from "./casing.js";
import { hash } from "./hash.js";
import { studio } from "./studio.js";

function health(card) {
  connect(card, { call: (form) => ({ path: "health", accept: form.elements.accept.value }), ...text(card) });
}

for (const [id, start] of Object.entries({ health, hash, casing, image: studio })) {
  start(document.getElementById(id));
}
