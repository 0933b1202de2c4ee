// Two pictures in one frame, with a divider between what was and what became.

/** A frame that shows the picture before on the left of its divider and the picture after on the right. */
export class Compare {
  #frame;
  #pictures = {};

  /** @param {HTMLElement} frame  holds a layer for each side, `.before` and `.after` */
  constructor(frame) {
    this.#frame = frame;
  }

  /**
   * Shows a picture on one side; without one the side is empty.
   * @param {"before"|"after"} side
   * @param {import("./picture.js").Picture} [picture]
   */
  show(side, picture) {
    const layer = this.#frame.querySelector(`.${side}`);
    this.#pictures[side] = picture;
    layer.replaceChildren();
    if (!picture) return;
    layer.append(Object.assign(new Image(), { src: picture.url, alt: `The picture ${side}` }));
    this.scale();
  }

  /** Draws both at the scale at which the larger fits the frame, or lets each fill the frame. */
  scale(same = this.same) {
    this.same = same;
    const shown = Object.entries(this.#pictures).filter(([, picture]) => picture);
    const widest = Math.max(...shown.map(([, { width }]) => width));
    const highest = Math.max(...shown.map(([, { height }]) => height));
    for (const [side, { width, height }] of shown) {
      const { style } = this.#frame.querySelector(`.${side} img`);
      style.setProperty("--width", width);
      style.setProperty("--height", height);
      style.setProperty("--across", same ? widest : width);
      style.setProperty("--down", same ? highest : height);
    }
  }
}
