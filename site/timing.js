// Server-Timing: where an answer's time went.

import { breakable, element, round } from "./markup.js";

/** The stages of `Server-Timing`, in milliseconds. */
export function timings(response) {
  const field = response.headers.get("Server-Timing") ?? "";
  return [...field.matchAll(/([^\s,;]+);dur=([\d.]+)/g)].map(([, stage, time]) => ({ stage, time: Number(time) }));
}

/** Draws each stage as a bar that begins where the one before it ended. Without stages there is no table. */
export function chart(table, stages) {
  table.hidden = !stages.length;
  const total = stages.reduce((sum, { time }) => sum + time, 0);
  let before = 0;
  const rows = stages.map(({ stage, time }) => {
    const bar = element("i", "");
    bar.style.marginInlineStart = `${(100 * before) / total}%`;
    bar.style.inlineSize = `${(100 * time) / total}%`;
    before += time;
    const name = element("th", "", ...breakable(stage, "+"));
    name.scope = "row";
    return element("tr", "", name, element("td", "track", bar), element("td", "", `${round(time)}`));
  });
  table.querySelector("tbody").replaceChildren(...rows);
  table.querySelector("output").value = `${round(total)} ms`;
}
