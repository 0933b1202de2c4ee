// The inputs of an operation's arguments, one for each kind of field.

import { element } from "./markup.js";

/** Labels need ids; steps come and go, so a count makes them. */
let count = 0;

/**
 * The inputs of `step`, kept in step with its values.
 * @param {{operation: import("./operations.js").Operation, values: object}} step
 */
export function inputs({ operation, values }) {
  const rows = operation.fields.map((field) => {
    const keep = (value) => {
      values[field.name] = value;
      show();
    };
    return { field, row: KINDS[field.kind](field, values[field.name], keep) };
  });
  const show = () => rows.forEach(({ field, row }) => (row.hidden = Boolean(field.when) && !field.when(values)));
  show();
  return rows.map(({ row }) => row);
}

const KINDS = {
  number(field, value, keep) {
    const { min, max, step, slider, optional } = field;
    const box = input("number", { min, max, step, value, inputMode: "decimal", placeholder: optional ? "auto" : "" });
    box.addEventListener("input", () => keep(box.value));
    if (!slider) return labelled(field, box, unit(field));
    // The slider goes over what is worth seeing, the box over all that is allowed.
    const slide = input("range", { min: slider[0], max: slider[1], step, value });
    slide.ariaLabel = `${field.label}, slider`;
    slide.addEventListener("input", () => keep((box.value = slide.value)));
    box.addEventListener("input", () => (slide.value = box.value));
    return labelled(field, box, unit(field), slide);
  },

  choice(field, value, keep) {
    const select = document.createElement("select");
    select.append(...field.choices.map((name) => new Option(name, name, false, name === value)));
    select.addEventListener("input", () => keep(select.value));
    return labelled(field, select);
  },

  flag(field, value, keep) {
    const box = input("checkbox", { checked: Boolean(value) });
    box.addEventListener("input", () => keep(box.checked));
    return element("label", "flag", box, ` ${field.label}`);
  },

  colour,

  text(field, value, keep) {
    const box = input("text", { value, spellcheck: false });
    box.addEventListener("input", () => keep(box.value));
    return labelled(field, box);
  },
};

/**
 * A colour with its opacity; where it is optional, a box says whether there is one.
 * @param {string} value  RRGGBB or RRGGBBAA, or nothing
 * @param {(value: string) => void} keep  called with the same
 */
export function colour(field, value, keep) {
  const set = input("checkbox", { checked: Boolean(value), hidden: !field.optional });
  set.ariaLabel = `${field.label}: choose one`;
  const hue = input("color", { value: `#${(value || "ffffff").slice(0, 6)}` });
  const alpha = input("range", { min: 0, max: 255, value: parseInt(value.slice(6) || "ff", 16), hidden: field.opaque });
  alpha.ariaLabel = `${field.label}, opacity`;
  const shown = element("output", "");
  const write = () => {
    const opacity = Number(alpha.value).toString(16).padStart(2, "0");
    const chosen = set.checked || !field.optional;
    hue.disabled = alpha.disabled = !chosen;
    return (shown.value = chosen ? hue.value.slice(1) + (opacity === "ff" ? "" : opacity) : "");
  };
  for (const node of [set, hue, alpha]) node.addEventListener("input", () => keep(write()));
  write();
  return labelled(field, hue, set, alpha, shown);
}

function input(type, properties) {
  return Object.assign(document.createElement("input"), { type }, properties);
}

function unit(field) {
  return field.unit ? element("small", "", field.unit) : "";
}

/** A row of inputs, the first of which its label names. */
function labelled({ kind, label }, first, ...others) {
  first.id = `field-${(count += 1)}`;
  const name = element("label", "", label);
  name.htmlFor = first.id;
  return element("div", `field ${kind}${others.some(isSlider) ? " sliding" : ""}`, name, first, ...others);
}

function isSlider(node) {
  return node.type === "range";
}
