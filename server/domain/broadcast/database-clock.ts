/** A clock as one transaction saw it: database minus this process, ms, and how exact that is. */
export type ClockReading = { offset: number; uncertainty: number };

/** The database's clock as this process knows it: the offset of the fastest round trip of the last half minute. */
export class DatabaseClock {
  #offset = 0;
  #uncertainty = Infinity;
  #learnedAt = -Infinity;

  learn({ offset, uncertainty }: ClockReading) {
    const isStale = performance.now() - this.#learnedAt > 30_000;
    if (uncertainty > this.#uncertainty && !isStale) return;
    if (uncertainty === Infinity) return;
    [this.#offset, this.#uncertainty, this.#learnedAt] = [offset, uncertainty, performance.now()];
  }

  now() { return performance.now() + this.#offset; }

  /** Resolves at `moment`; at once when it has passed. */
  async until(moment: number) {
    const wait = moment - this.now();
    if (wait > 0.5) await new Promise((resolve) => { setTimeout(resolve, wait); });
  }
}
