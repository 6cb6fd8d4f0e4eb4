/**
 * Cuts a streamed text before that of some stop texts which is complete first. Holds back an end that may be the beginning of one, so that
 * nothing of it is ever shown.
 */
export class StopCutter {
  readonly #stops: readonly string[];
  #held = '';
  #cut = false;
  #length = 0;

  /** @param stops none of them empty */
  constructor(stops: readonly string[]) {
    this.#stops = stops;
  }

  /** Characters that were let through. */
  get length(): number {
    return this.#length;
  }

  /** Takes more text. @returns what may be shown now */
  add(text: string): string {
    if (this.#cut) return '';
    const whole = this.#held + text;
    const place = this.#firstStop(whole);
    this.#cut = place !== null;
    const shown = whole.slice(0, place ?? whole.length - this.#doubtful(whole));
    this.#held = whole.slice(shown.length);
    this.#length += shown.length;
    return shown;
  }

  /** There is no more text. @returns what was held back for nothing */
  end(): string {
    const rest = this.#cut ? '' : this.#held;
    this.#held = '';
    this.#length += rest.length;
    return rest;
  }

  /** Where the stop text begins that is complete first; null: there is none. */
  #firstStop(text: string): number | null {
    const found = this.#stops
      .map((stop) => ({ start: text.indexOf(stop), length: stop.length }))
      .filter(({ start }) => start >= 0)
      .toSorted((left, right) => left.start + left.length - right.start - right.length || left.start - right.start);
    return found[0]?.start ?? null;
  }

  /** Length of the longest end of a text that begins a stop text. */
  #doubtful(text: string): number {
    const longest = Math.max(0, ...this.#stops.map((stop) => stop.length - 1));
    for (let length = Math.min(longest, text.length); length > 0; length--) {
      const end = text.slice(-length);
      if (this.#stops.some((stop) => stop.startsWith(end))) return length;
    }
    return 0;
  }
}
