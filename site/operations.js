// The operations of /image as a table, from which the whole editor is made: an operation more is a row more.

/**
 * One argument of an operation, and with it one input.
 * @typedef {object} Field
 * @property {"number"|"choice"|"colour"|"flag"|"text"} kind
 * @property {string} name   key among a step's values, and a group's name in the operation's pattern
 * @property {string} label
 * @property {number|string|boolean} value  what a new step begins with
 * @property {string} [unit]
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [step]
 * @property {[number, number]} [slider]  the range worth sliding over; without it there is no slider
 * @property {boolean} [optional]  may be left out of the segment
 * @property {string[]} [choices]
 * @property {(values: object) => boolean} [when]  whether the argument means anything beside the others
 */

/**
 * One operation.
 * @typedef {object} Operation
 * @property {string} name   as in a path
 * @property {string} group
 * @property {string} about  one line for who meets it first
 * @property {Field[]} fields
 * @property {RegExp} pattern  takes the arguments apart, into groups named like the fields
 * @property {(groups: object) => object} [read]  the groups as values, where they are not yet
 * @property {(values: object) => string} write  the arguments of `values`; empty where there are none
 */

const number = (name, label, value, min, max, more) => ({ kind: "number", name, label, value, min, max, step: 1, ...more });
const slider = (name, label, value, min, max, more) => number(name, label, value, min, max, { slider: [min, max], ...more });
const pixels = (name, label, value, more) => number(name, label, value, 1, 32767, { unit: "px", ...more });
const percent = (value) => slider("amount", "Change", value, -100, 100, { unit: "%" });
const choice = (name, label, choices) => ({ kind: "choice", name, label, value: choices[0], choices });
const colour = (label, value, more) => ({ kind: "colour", name: "colour", label, value, ...more });

const AT_OFFSET = "at an offset";
const GRAVITIES = ["center", "north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"];

/** What a row leaves out: an operation has no argument, or one that is written as it stands. */
function complete(row) {
  const only = row.fields?.[0];
  return {
    fields: [],
    pattern: only ? new RegExp(`^(?<${only.name}>.+)$`) : /^$/,
    write: (values) => (only ? `${values[only.name]}` : ""),
    ...row,
  };
}

/** @type {Operation[]} */
export const OPERATIONS = [
  {
    name: "resize", group: "Geometry", about: "Scales to a box; a side left empty follows from the other",
    fields: [
      pixels("width", "Width", 800, { optional: true }),
      pixels("height", "Height", "", { optional: true }),
      choice("fit", "Fit", ["inside", "contain", "cover", "fill", "outside"]),
      { kind: "flag", name: "enlarge", label: "may enlarge", value: false },
      colour("Padding", "", { optional: true, when: ({ fit }) => fit === "contain" }),
    ],
    pattern: /^(?<width>\d*)x(?<height>\d*)(?:,(?<fit>[a-z]+))?(?:,(?<colour>[^,!]+))?(?<enlarge>!?)$/,
    write({ width, height, fit, colour, enlarge }) {
      const padding = colour && fit === "contain" ? `,${colour}` : "";
      return `${width}x${height},${fit}${padding}${enlarge ? "!" : ""}`;
    },
  },
  {
    name: "crop", group: "Geometry", about: "Keeps a rectangle",
    fields: [
      pixels("width", "Width", 400),
      pixels("height", "Height", 300),
      choice("gravity", "Where", [...GRAVITIES, AT_OFFSET]),
      number("left", "From the left", 0, 0, 32767, { unit: "px", when: ({ gravity }) => gravity === AT_OFFSET }),
      number("top", "From the top", 0, 0, 32767, { unit: "px", when: ({ gravity }) => gravity === AT_OFFSET }),
    ],
    pattern: /^(?<width>\d+)x(?<height>\d+)(?:\+(?<left>\d+)\+(?<top>\d+)|,(?<gravity>[a-z]+))?$/,
    read: (values) => ({ ...values, gravity: values.left === undefined ? values.gravity : AT_OFFSET }),
    write({ width, height, gravity, left, top }) {
      return `${width}x${height}${gravity === AT_OFFSET ? `+${left}+${top}` : `,${gravity}`}`;
    },
  },
  {
    name: "pad", group: "Geometry", about: "Centres the picture on a canvas of at least this size",
    fields: [pixels("width", "Width", 1200), pixels("height", "Height", 1200), colour("Canvas", "", { optional: true })],
    pattern: /^(?<width>\d+)x(?<height>\d+)(?:,(?<colour>.+))?$/,
    write: ({ width, height, colour }) => `${width}x${height}${colour && `,${colour}`}`,
  },
  {
    name: "rotate", group: "Geometry", about: "Turns clockwise",
    fields: [choice("degrees", "Degrees", ["90", "180", "270"])],
  },
  { name: "flip", group: "Geometry", about: "Mirrors top and bottom" },
  { name: "flop", group: "Geometry", about: "Mirrors left and right" },
  {
    name: "trim", group: "Geometry", about: "Cuts edges that look like the top left pixel",
    fields: [slider("tolerance", "Tolerance", 10, 0, 255, { slider: [0, 80], unit: "levels", optional: true })],
  },
  { name: "grayscale", group: "Tone", about: "Leaves the luma" },
  { name: "brightness", group: "Tone", about: "Scales every level", fields: [percent(20)] },
  { name: "contrast", group: "Tone", about: "Spreads levels about the middle", fields: [percent(20)] },
  { name: "saturation", group: "Tone", about: "Strengthens or drains colour", fields: [percent(40)] },
  {
    name: "hue", group: "Tone", about: "Turns colours round the wheel",
    fields: [slider("angle", "Angle", 60, -360, 360, { slider: [0, 359], unit: "degrees" })],
  },
  {
    name: "gamma", group: "Tone", about: "Above 1 lifts the shadows",
    fields: [slider("gamma", "Gamma", 1.5, 0.1, 10, { step: 0.05, slider: [0.1, 4] })],
  },
  { name: "invert", group: "Tone", about: "Makes a negative" },
  { name: "sepia", group: "Tone", about: "Browns like an old print" },
  {
    name: "threshold", group: "Tone", about: "White from this luma on, else black",
    fields: [slider("level", "Level", 128, 0, 255, { optional: true })],
  },
  { name: "tint", group: "Tone", about: "Shades of one colour", fields: [colour("Colour", "e8a24f")] },
  {
    name: "flatten", group: "Tone", about: "Lays transparency on a ground",
    fields: [colour("Ground", "ffffff", { opaque: true, optional: true })],
  },
  {
    name: "blur", group: "Detail", about: "Averages a box of pixels",
    fields: [slider("radius", "Radius", 5, 0, 127, { unit: "px", optional: true })],
  },
  {
    name: "gaussian", group: "Detail", about: "Blurs smoothly",
    fields: [slider("sigma", "Sigma", 2.5, 0.1, 50, { step: 0.1, slider: [0.1, 25], unit: "px" })],
  },
  {
    name: "sharpen", group: "Detail", about: "Lifts edges by an unsharp mask",
    fields: [slider("amount", "Amount", 1, 0.1, 10, { step: 0.1, slider: [0.1, 5], optional: true })],
  },
  {
    name: "pixelate", group: "Detail", about: "Averages blocks",
    fields: [slider("size", "Block", 16, 2, 1024, { slider: [2, 128], unit: "px" })],
  },
].map(complete);

/** Stands for what the table cannot read: the segment is sent as typed, and its problem shown. */
export const VERBATIM = complete({
  name: "", about: "Sent as it is written", fields: [{ kind: "text", name: "segment", label: "Segment", value: "" }],
});

/** What each kind of field can hold. */
const HOLDS = {
  number: (text) => /^-?\d+(\.\d+)?$/.test(text),
  choice: (text, { choices }) => choices.includes(text),
  colour: (text, { opaque }) => (opaque ? /^[\da-f]{6}$/i : /^([\da-f]{6}|[\da-f]{8})$/i).test(text),
  flag: () => true,
};

/** What a new step of `operation` begins with. */
export function defaults({ fields }) {
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}

/** A segment of a path as the operation and the values of its fields. */
export function readSegment(segment) {
  const [, name, argument] = segment.match(/^([^:]*)(?::(.*))?$/s);
  const operation = OPERATIONS.find((row) => row.name === name);
  const values = operation && readArguments(operation, argument);
  return values ? { operation, values } : { operation: VERBATIM, values: { segment } };
}

/** The arguments' values, or nothing where the fields cannot hold them. */
function readArguments(operation, argument) {
  const { fields, pattern, read = (given) => given } = operation;
  if (argument === undefined && fields.every(({ optional }) => optional)) return defaults(operation);
  const match = argument?.match(pattern);
  if (!match) return undefined;
  const given = read({ ...match.groups });
  if (fields.some((field) => given[field.name] && !HOLDS[field.kind](given[field.name], field))) return undefined;
  return Object.fromEntries(fields.map(({ name, value }) => [name, given[name] ?? value]));
}

/** A step as a segment of a path. */
export function writeSegment({ operation, values }) {
  const argument = operation.write(values);
  if (operation === VERBATIM) return argument;
  return argument === "" ? operation.name : `${operation.name}:${argument}`;
}
