// Gravity between many bodies.

/** Squared distance that is added to every one, so that bodies that meet do not fly off. */
const SOFTENING = 1e-4;

/** Point masses that attract each other, with a gravitational constant of 1. */
export class Bodies {
  #all;
  #mass;
  #place;
  #velocity;
  #acceleration;

  /**
   * Bodies at rest.
   *
   * @param {Float64Array} mass
   * @param {Float64Array} x
   * @param {Float64Array} y
   * @param {Float64Array} z
   */
  constructor(mass, x, y, z) {
    // In one buffer: arrays of their own would all begin at a page, whose lines of cache they would
    // then contend for.
    const count = mass.length;
    this.#all = new Float64Array(10 * count);
    const part = (at) => this.#all.subarray(at * count, (at + 1) * count);
    [mass, x, y, z].forEach((values, at) => part(at).set(values));
    this.#mass = part(0);
    this.#place = [1, 2, 3].map(part);
    this.#velocity = [4, 5, 6].map(part);
    this.#acceleration = [7, 8, 9].map(part);
  }

  /** Where they are: all places along x, then those along y and z. */
  places() {
    return this.#all.slice(this.#mass.length, 4 * this.#mass.length);
  }

  /** Lets `time` pass in one step (semi-implicit Euler), with every pair of bodies considered. */
  step(time) {
    this.#attract();
    for (let axis = 0; axis < 3; axis++) {
      const place = this.#place[axis];
      const velocity = this.#velocity[axis];
      const acceleration = this.#acceleration[axis];
      for (let body = 0; body < place.length; body++) {
        velocity[body] += acceleration[body] * time;
        place[body] += velocity[body] * time;
      }
    }
  }

  /** Each pair of bodies once: what pulls one of them pulls the other as well. */
  #attract() {
    for (const axis of this.#acceleration) axis.fill(0);
    for (let body = 0; body < this.#mass.length; body++) {
      attractLater(body, this.#mass, ...this.#place, ...this.#acceleration);
    }
  }
}

/** Adds to the accelerations what `body` and all after it do to each other. */
function attractLater(body, mass, x, y, z, ax, ay, az) {
  const x0 = x[body];
  const y0 = y[body];
  const z0 = z[body];
  const mass0 = mass[body];
  let sumX = 0;
  let sumY = 0;
  let sumZ = 0;
  for (let other = body + 1; other < mass.length; other++) {
    const dx = x[other] - x0;
    const dy = y[other] - y0;
    const dz = z[other] - z0;
    const squared = dx * dx + dy * dy + dz * dz + SOFTENING;
    const inverse = 1 / (squared * Math.sqrt(squared));
    const pull = mass[other] * inverse;
    const push = mass0 * inverse;
    sumX += dx * pull;
    sumY += dy * pull;
    sumZ += dz * pull;
    ax[other] -= dx * push;
    ay[other] -= dy * push;
    az[other] -= dz * push;
  }
  ax[body] += sumX;
  ay[body] += sumY;
  az[body] += sumZ;
}
