/** Counts equal requests, so that the second of two may have another reply than the first: a retry, a conversation. */
export class Occurrences {
  readonly #seen = new Map<string, number>();

  /** How many there were before this one. */
  next(key: string): number {
    const before = this.#seen.get(key) ?? 0;
    this.#seen.set(key, before + 1);
    return before;
  }
}
