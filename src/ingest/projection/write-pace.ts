/** How often something is written at most while it keeps coming. */
export interface Pace {
  /** Milliseconds between the beginnings of two writes. */
  readonly everyMs: number;
}

/**
 * Spaces writes that cost as much for few entries as for many: the first begins at once, the next not before its time, unless enough
 * is there to be written or somebody waits for it.
 */
export class WritePace {
  readonly #everyMs: number;
  #next = 0;
  #waiting: PromiseWithResolvers<void> | null = null;

  constructor(pace: Pace) {
    this.#everyMs = pace.everyMs;
  }

  /** Resolves when a write may begin, at once when the one before began long enough ago. @throws the signal's reason */
  async turn(signal: AbortSignal): Promise<void> {
    const rest = this.#next - performance.now();
    if (rest > 0) await this.#pause(rest, signal);
    signal.throwIfAborted();
    this.#next = performance.now() + this.#everyMs;
  }

  /** The write that waits, or else the next, begins at once. */
  hurry(): void {
    this.#next = 0;
    this.#waiting?.resolve();
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const waiting = Promise.withResolvers<void>();
    this.#waiting = waiting;
    const timer = setTimeout(waiting.resolve, ms);
    signal.addEventListener('abort', this.#hurried, { once: true });
    try {
      await waiting.promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', this.#hurried);
      this.#waiting = null;
    }
  }

  /** As a listener. */
  readonly #hurried = (): void => this.hurry();
}
