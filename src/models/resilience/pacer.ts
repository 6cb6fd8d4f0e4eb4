const MINUTE_MS = 60_000;
/** How much of a minute's allowance may be used at once: providers meter over shorter windows than they publish. */
const BURST_SHARE = 1 / 12;

/**
 * Keeps to so much per minute: the generic cell rate algorithm (ITU-T I.371), a token bucket without a timer.
 * Knows no clock: every call brings the time, milliseconds that never go back.
 */
export class Pacer {
  readonly #msPerUnit: number;
  readonly #burstMs: number;
  /** When everything promised so far will have been paid for. */
  #paidAt = 0;
  #pausedUntil = 0;

  /** @param perMinute units allowed per minute, > 0; null: no limit */
  constructor(perMinute: number | null) {
    this.#msPerUnit = perMinute === null ? 0 : MINUTE_MS / perMinute;
    this.#burstMs = perMinute === null ? 0 : Math.max(MINUTE_MS * BURST_SHARE, this.#msPerUnit);
  }

  /** How long somebody who wants `units` now would have to wait, ms. Changes nothing. */
  waitMs(now: number, units: number): number {
    // More than a whole burst waits until the bucket is full, not for ever.
    const due = Math.min(units * this.#msPerUnit, this.#burstMs);
    const paced = this.#msPerUnit === 0 ? 0 : Math.max(this.#paidAt, now) + due - this.#burstMs - now;
    return Math.max(0, Math.ceil(paced), this.#pausedUntil - now);
  }

  /** Takes `units`, to be used after the wait that is returned, ms. */
  take(now: number, units: number): number {
    const waitMs = this.waitMs(now, units);
    this.#paidAt = Math.max(this.#paidAt, now) + units * this.#msPerUnit;
    return waitMs;
  }

  /** Gives back what was taken and not used; a negative number takes more. */
  giveBack(units: number): void {
    this.#paidAt -= units * this.#msPerUnit;
  }

  /** Nothing before then: the provider said so. */
  pauseUntil(time: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, time);
  }
}
