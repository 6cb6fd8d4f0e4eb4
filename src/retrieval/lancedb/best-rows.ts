/** Rows that were found, best first. */
export interface RankedRows {
  readonly addresses: readonly number[];
  /** As {@link Hit} has them. */
  readonly scores: ArrayLike<number>;
}

/** The best of those offered, best first. */
export class BestRows implements RankedRows {
  readonly addresses: number[] = [];
  readonly scores: number[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** What a score must be above to be among them. */
  get worst(): number {
    return this.scores.length < this.#limit ? Number.NEGATIVE_INFINITY : (this.scores[this.#limit - 1] as number);
  }

  offer(address: number, score: number): void {
    const { addresses, scores } = this;
    let place = scores.length;
    if (place === this.#limit) {
      if (score <= (scores[place - 1] as number)) return;
      place -= 1;
    }
    for (; place > 0 && (scores[place - 1] as number) < score; place -= 1) {
      scores[place] = scores[place - 1] as number;
      addresses[place] = addresses[place - 1] as number;
    }
    scores[place] = score;
    addresses[place] = address;
  }
}
