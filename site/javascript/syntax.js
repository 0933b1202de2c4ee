// How operations are written: `resize:800x600,cover`, arguments after a colon.

import { all, decimal, excerpt, offset, side, whole } from "./arguments.js";
import { MOST_RADIUS, boxBlur } from "./blur.js";
import { TRANSPARENT, onWhite, readColour } from "./colour.js";
import { gaussian, sharpen } from "./gaussian.js";
import { crop, flip, flop, isGravity, pad, rotate } from "./geometry.js";
import { pixelate } from "./pixelate.js";
import { resize } from "./resize.js";
import * as tone from "./tone.js";
import { trim } from "./trim.js";

/** @typedef {import("./picture.js").Picture} Picture */

/**
 * One operation. The picture that it is given may be changed, or given back; what counts is what it returns.
 * @typedef {(picture: Picture) => Picture} Operation
 */

/**
 * What stands in for an argument that is left out.
 * @typedef {object} Defaults
 * @property {number} radius  of `blur`
 * @property {number[]} [background]  of what is added around a picture (transparent where there is none) or beneath it
 *   (white where there is none)
 */

/**
 * How one operation is written.
 * @typedef {object} Syntax
 * @property {string} allowed  what it takes, in words that go on after "must be"
 * @property {(given: string, defaults: Defaults) => Operation|undefined} read  none and no colon are both empty
 */

/** The operation that `make` makes of a value, unless that could not be read. */
const given = (value, make) => (value === undefined ? undefined : (picture) => make(picture, value));

/** An operation that takes no arguments. */
const plain = (name, operation) => ({ allowed: `'${name}'`, read: (text) => (text === "" ? operation : undefined) });

/** An operation that takes a change in percent. */
const percent = (name, operation) => ({
  allowed: `'${name}:N' with N from -100 to 100`,
  read: (text) => given(whole(text, -100, 100), operation),
});

/** @type {Record<string, Syntax>} */
const SYNTAX = {
  resize: {
    allowed: "'resize:WxH', 'resize:Wx' or 'resize:xH' with sides from 1 to 32767, then ',inside', ',outside' or ',fill', or with both sides ',cover' or ',contain,COLOR', and '!' to enlarge",
    read: (text, defaults) => given(box(text, defaults), resize),
  },
  crop: {
    allowed: "'crop:WxH+X+Y' or 'crop:WxH,GRAVITY' with sides from 1 to 32767 and a gravity of center, north, south, east, west, northeast, northwest, southeast or southwest",
    read: (text) => given(rectangle(text), crop),
  },
  pad: {
    allowed: "'pad:WxH' or 'pad:WxH,COLOR' with sides from 1 to 32767 and a colour RRGGBB or RRGGBBAA",
    read: (text, defaults) => given(canvas(text, defaults), pad),
  },
  rotate: {
    allowed: "'rotate:90', 'rotate:180' or 'rotate:270'",
    read: (text) => given(["90", "180", "270"].includes(text) ? Number(text) : undefined, rotate),
  },
  flip: plain("flip", flip),
  flop: plain("flop", flop),
  trim: {
    allowed: "'trim' or 'trim:TOLERANCE' with a tolerance from 0 to 255",
    read: (text) => given(whole(text || "10", 0, 255), trim),
  },
  grayscale: plain("grayscale", tone.grayscale),
  brightness: percent("brightness", tone.brightness),
  contrast: percent("contrast", tone.contrast),
  saturation: percent("saturation", tone.saturation),
  hue: {
    allowed: "'hue:DEGREES' with degrees from -360 to 360",
    read: (text) => given(whole(text, -360, 360), tone.hue),
  },
  gamma: {
    allowed: "'gamma:G' with G from 0.1 to 10",
    read: (text) => given(decimal(text, 0.1, 10), tone.gamma),
  },
  invert: plain("invert", tone.invert),
  sepia: plain("sepia", tone.sepia),
  threshold: {
    allowed: "'threshold' or 'threshold:LEVEL' with a level from 0 to 255",
    read: (text) => given(whole(text || "128", 0, 255), tone.threshold),
  },
  tint: {
    allowed: "'tint:COLOR' with a colour RRGGBB or RRGGBBAA",
    read: (text) => given(readColour(text), tone.tint),
  },
  flatten: {
    allowed: "'flatten' or 'flatten:COLOR' with an opaque colour RRGGBB",
    read: (text, defaults) => given(ground(text, defaults), tone.flatten),
  },
  blur: {
    allowed: "'blur' or 'blur:RADIUS' with a radius from 0 to 127",
    read: (text, { radius }) => given(whole(text || `${radius}`, 0, MOST_RADIUS), blur),
  },
  gaussian: {
    allowed: "'gaussian:SIGMA' with a sigma from 0.1 to 50",
    read: (text) => given(decimal(text, 0.1, 50), gaussian),
  },
  sharpen: {
    allowed: "'sharpen' or 'sharpen:AMOUNT' with an amount from 0.1 to 10",
    read: (text) => given(decimal(text || "1", 0.1, 10), sharpen),
  },
  pixelate: {
    allowed: "'pixelate:N' with N from 2 to 1024",
    read: (text) => given(whole(text, 2, 1024), pixelate),
  },
};

/**
 * Reads a segment of a pipeline.
 * @param {string} text
 * @param {Defaults} defaults
 * @returns {Operation}
 */
export function operation(text, defaults) {
  const [name, ...rest] = text.split(":");
  if (!Object.hasOwn(SYNTAX, name)) {
    throw new SyntaxError(`There is no operation '${excerpt(name)}'; there are ${Object.keys(SYNTAX).join(", ")}.`);
  }
  const { allowed, read } = SYNTAX[name];
  const operation = read(rest.join(":"), defaults);
  if (!operation) throw new SyntaxError(`The segment '${excerpt(text)}' can't be read; it must be ${allowed}.`);
  return operation;
}

function blur(picture, radius) {
  boxBlur(picture.data, picture.width, picture.height, radius);
  return picture;
}

/** @returns {import("./resize.js").Box|undefined} */
function box(text, { background = TRANSPARENT }) {
  const match = text.match(/^(\d*)x(\d*)(?:,(inside|outside|fill|cover|contain))?(?:,([^!]*))?(!?)$/);
  if (!match) return undefined;
  const [, width, height, fit = "inside", canvas, bang] = match;
  const isEnough = fit === "cover" || fit === "contain" ? width && height : width || height;
  if (!isEnough || (canvas !== undefined && fit !== "contain")) return undefined;
  return all({
    width: width && side(width),
    height: height && side(height),
    fit,
    colour: canvas === undefined ? background : readColour(canvas),
    enlarge: bang === "!",
  });
}

/** @returns {import("./geometry.js").Rectangle|undefined} */
function rectangle(text) {
  const match = text.match(/^(\d+)x(\d+)(?:\+(\d+)\+(\d+)|,([a-z]+))?$/);
  if (!match) return undefined;
  const [, width, height, left, top, gravity = "center"] = match;
  const place = left ? { left: offset(left), top: offset(top) } : { gravity: isGravity(gravity) ? gravity : undefined };
  return all({ width: side(width), height: side(height), ...place });
}

/** @returns {import("./geometry.js").Canvas|undefined} */
function canvas(text, { background = TRANSPARENT }) {
  const match = text.match(/^(\d+)x(\d+)(?:,(.*))?$/);
  if (!match) return undefined;
  const [, width, height, own] = match;
  return all({ width: side(width), height: side(height), colour: own === undefined ? background : readColour(own) });
}

/** An opaque colour: its own, or the background's as it is seen on white. */
function ground(text, { background = TRANSPARENT }) {
  const own = text === "" ? onWhite(background) : readColour(text);
  return own?.[3] === 255 ? own : undefined;
}
