/** A place in the queue. */
export interface Turn {
  /** How many wait before this one. */
  ahead(): number;
  /** Resolves when it is this one's turn. @throws the signal's reason; then it is out of the queue */
  readonly come: Promise<void>;
  /** Lets the next one go; also gives up a place in the queue. A second call does nothing. */
  done(): void;
}

interface Waiting {
  readonly go: () => void;
}

/**
 * So many at once, the others first come, first served. Without it everything that is asked at the same moment would be
 * finished at the same, last moment.
 */
export class Turns {
  readonly #limit: number;
  #working = 0;
  readonly #waiting = new Set<Waiting>();

  /** @param limit ≥ 1 */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes a place at the end of the queue. */
  take(signal: AbortSignal): Turn {
    let state: 'waiting' | 'working' | 'done' = 'waiting';
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting: Waiting = {
      go: () => {
        state = 'working';
        this.#working += 1;
        signal.removeEventListener('abort', leave);
        resolve();
      },
    };
    const done = (): void => {
      if (state === 'working') this.#working -= 1;
      state = 'done';
      this.#waiting.delete(waiting);
      this.#next();
    };
    const leave = (): void => {
      done();
      reject(signal.reason instanceof Error ? signal.reason : new Error('Left the queue.', { cause: signal.reason }));
    };
    promise.catch(() => undefined); // who gave up its place does not wait for it
    if (signal.aborted) leave();
    else {
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.add(waiting);
      this.#next();
    }
    return { ahead: () => this.#before(waiting), come: promise, done };
  }

  #next(): void {
    for (const waiting of this.#waiting) {
      if (this.#working >= this.#limit) return;
      this.#waiting.delete(waiting);
      waiting.go();
    }
  }

  #before(waiting: Waiting): number {
    if (!this.#waiting.has(waiting)) return 0;
    let before = 0;
    for (const each of this.#waiting) {
      if (each === waiting) break;
      before += 1;
    }
    return before;
  }
}
