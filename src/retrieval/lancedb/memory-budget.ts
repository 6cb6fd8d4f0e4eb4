/** Something that remembers what it could read again. */
export interface Forgettable {
  /** Gives its memory back. */
  forget(): void;
}

/** Bytes shared by the caches of all tables: the one unused for longest forgets first. Counts, does not allocate. */
export class MemoryBudget {
  /** Bytes all caches may hold together. */
  readonly limit: number;
  readonly #held = new Map<Forgettable, number>();
  #total = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Says what a cache that was just used holds now; may make it or others forget. */
  holds(cache: Forgettable, bytes: number): void {
    this.release(cache);
    this.#held.set(cache, bytes);
    this.#total += bytes;
    for (const oldest of this.#held.keys()) {
      if (this.#total <= this.limit) return;
      this.release(oldest);
      oldest.forget();
    }
  }

  /** The cache is empty, or gone. */
  release(cache: Forgettable): void {
    this.#total -= this.#held.get(cache) ?? 0;
    this.#held.delete(cache);
  }
}
