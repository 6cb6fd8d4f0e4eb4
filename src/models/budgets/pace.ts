import type { PaceRule } from './budget-rule.ts';

/** Users beyond this number who have not called lately are forgotten: a forgotten bucket is a full one. */
const MOST_BUCKETS = 10_000;

/**
 * Token buckets of users, in this process: one number each, the moment its bucket will be full again (the generic cell
 * rate algorithm, ITU-T I.371, which is the token bucket turned round).
 */
export class Pace {
  readonly #rule: PaceRule;
  readonly #fullAtMs = new Map<string, number>();

  constructor(rule: PaceRule) {
    this.#rule = rule;
  }

  get rule(): PaceRule {
    return this.#rule;
  }

  /**
   * Takes a call out of a user's bucket.
   * @returns null when there was one; else when there will be, milliseconds since 1970
   */
  take(user: string, nowMs: number): number | null {
    const fullAtMs = Math.max(this.#fullAtMs.get(user) ?? 0, nowMs);
    const allowedAtMs = fullAtMs - (this.#rule.burst - 1) * this.#perCallMs;
    if (allowedAtMs > nowMs) return allowedAtMs;
    this.#fullAtMs.delete(user); // moves it to the end: those who called last are forgotten last
    this.#fullAtMs.set(user, fullAtMs + this.#perCallMs);
    if (this.#fullAtMs.size > MOST_BUCKETS) this.#forget(nowMs);
    return null;
  }

  /** Puts a call back that was not made. */
  putBack(user: string): void {
    const fullAtMs = this.#fullAtMs.get(user);
    if (fullAtMs !== undefined) this.#fullAtMs.set(user, fullAtMs - this.#perCallMs);
  }

  get #perCallMs(): number {
    return this.#rule.perMs / this.#rule.calls;
  }

  #forget(nowMs: number): void {
    for (const [user, fullAtMs] of this.#fullAtMs) {
      if (fullAtMs <= nowMs) this.#fullAtMs.delete(user);
    }
  }
}
