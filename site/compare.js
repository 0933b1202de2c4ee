// Two pictures in one frame, with a divider between what was and what became.

import { send } from "./request.js";

/** Asks for a picture as it is, in a format that every browser draws. */
const AS_PNG = "image/blur:0?format=png";

/** A frame that shows the picture before on the left of its divider and the picture after on the right. */
export class Compare {
  #frame;
  #pictures = {};

  /** @param {HTMLElement} frame  holds a layer for each side, `.before` and `.after`, and the divider's range */
  constructor(frame) {
    this.#frame = frame;
    const divider = frame.querySelector("input");
    const split = () => frame.style.setProperty("--split", `${divider.value}%`);
    divider.addEventListener("input", (event) => {
      // The divider asks for no new picture.
      event.stopPropagation();
      split();
    });
    split();
  }

  /**
   * Shows a file's picture on one side.
   * @param {"before"|"after"} side
   * @param {Blob} file
   * @returns {Promise<{width: number, height: number}>} in pixels
   */
  async show(side, file, signal) {
    const image = await drawn(file, signal);
    image.alt = `The picture ${side}`;
    this.clear(side);
    this.#pictures[side] = image;
    this.#frame.querySelector(`.${side}`).append(image);
    this.scale();
    return { width: image.naturalWidth, height: image.naturalHeight };
  }

  clear(side) {
    const image = this.#pictures[side];
    if (image) URL.revokeObjectURL(image.src);
    image?.remove();
    delete this.#pictures[side];
  }

  /** Draws both at the scale at which the larger fits the frame, or lets each fill the frame. */
  scale(same = this.same) {
    this.same = same;
    const images = Object.values(this.#pictures);
    const widest = Math.max(...images.map(({ naturalWidth }) => naturalWidth));
    const highest = Math.max(...images.map(({ naturalHeight }) => naturalHeight));
    for (const { style, naturalWidth, naturalHeight } of images) {
      style.setProperty("--width", naturalWidth);
      style.setProperty("--height", naturalHeight);
      style.setProperty("--across", same ? widest : naturalWidth);
      style.setProperty("--down", same ? highest : naturalHeight);
    }
  }
}

/** The image of a file; what this browser cannot draw is fetched as PNG. */
async function drawn(file, signal) {
  const image = (await decoded(file)) ?? (await decoded(await (await send({ path: AS_PNG, body: file }, signal)).blob()));
  if (signal.aborted && image) URL.revokeObjectURL(image.src);
  signal.throwIfAborted();
  return image;
}

/** The image of a file, or nothing where this browser cannot draw it. */
async function decoded(file) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
    return image;
  } catch {
    URL.revokeObjectURL(image.src);
    return undefined;
  }
}
