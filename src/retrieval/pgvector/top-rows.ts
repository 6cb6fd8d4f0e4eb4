/** A row with its score. */
export interface ScoredRow {
  readonly row: number;
  readonly score: number;
}

/** Keeps the best rows of many: a heap whose root is the worst that is kept. Rows come in ascending order. */
export class TopRows {
  readonly #limit: number;
  readonly #heap: ScoredRow[] = [];

  /** @param limit rows to keep, ≥ 1 */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether a row with this score would be kept; among equal scores the earlier row is. */
  wants(score: number): boolean {
    return this.#heap.length < this.#limit || score > (this.#heap[0]?.score ?? 0);
  }

  /** Adds a row that is wanted. */
  add(row: number, score: number): void {
    const entry = { row, score };
    if (this.#heap.length < this.#limit) {
      this.#heap.push(entry);
      this.#up(this.#heap.length - 1);
    } else {
      this.#heap[0] = entry;
      this.#down(0);
    }
  }

  bestFirst(): ScoredRow[] {
    return this.#heap.toSorted((a, b) => (isWorse(b, a) ? -1 : 1));
  }

  #up(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!isWorse(this.#at(at), this.#at(parent))) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #down(from: number): void {
    for (let at = from; ; ) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.#heap.length && isWorse(this.#at(child), this.#at(worst))) worst = child;
      }
      if (worst === at) return;
      this.#swap(at, worst);
      at = worst;
    }
  }

  #at(index: number): ScoredRow {
    return this.#heap[index] as ScoredRow;
  }

  #swap(a: number, b: number): void {
    [this.#heap[a], this.#heap[b]] = [this.#at(b), this.#at(a)];
  }
}

function isWorse(a: ScoredRow, b: ScoredRow): boolean {
  return a.score < b.score || (a.score === b.score && a.row > b.row);
}
