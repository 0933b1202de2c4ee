// Work off the page's own thread, so that the page stays live.

/** A module worker that does one job at a time: `{id, …job}` goes to it, `{id, …result}` or `{id, error}` comes back. */
export class Background {
  #start;
  #worker;
  #isWarm = false;
  #count = 0;
  #last = Promise.resolve();

  /** @param {() => Worker} start  called with the first job, and again after a worker that broke */
  constructor(start) {
    this.#start = start;
  }

  /**
   * Has the worker do `job` after those that it was given before. One that is no longer wanted when its turn comes is
   * not begun.
   * @param {object} job  what can be posted
   * @param {AbortSignal} signal
   * @returns {Promise<object>}
   */
  do(job, signal) {
    const turn = this.#last.then(async () => {
      signal.throwIfAborted();
      // Engines translate code in haste until they have seen it run: the first job is done twice.
      if (!this.#isWarm) await this.#ask(job);
      this.#isWarm = true;
      return this.#ask(job);
    });
    this.#last = turn.catch(() => {});
    return turn;
  }

  #ask(job) {
    const worker = (this.#worker ??= this.#start());
    const id = (this.#count += 1);
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => {
        if (data.id !== id) return;
        if (data.error === undefined) resolve(data);
        else reject(new Error(data.error));
      };
      worker.onerror = (event) => {
        event.preventDefault();
        worker.terminate();
        this.#worker = undefined;
        this.#isWarm = false;
        reject(new Error(event.message || "This browser could not start the worker."));
      };
      worker.postMessage({ id, ...job });
    });
  }
}
