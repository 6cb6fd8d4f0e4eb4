/** A token as it is counted here: a word, or a mark. Models count by pieces of words of their own. */
const TOKEN = /[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu;

/**
 * Cuts a streamed text behind so many tokens, and before that of some stop texts which is complete first. Holds back an end that may be the beginning of one, so that
 * nothing of it is ever shown.
 */
export class StopCutter {
  readonly #stops: readonly string[];
  readonly #maxTokens: number;
  #tokens = 0;
  #tooLong = false;
  #held = '';
  #cut = false;
  #length = 0;

  /**
   * @param stops none of them empty
   * @param maxTokens ≥ 1; null: as many as it takes
   */
  constructor(stops: readonly string[], maxTokens: number | null) {
    this.#stops = stops;
    this.#maxTokens = maxTokens ?? Infinity;
  }

  /** Whether text was cut off because it is too long. */
  get isTooLong(): boolean {
    return this.#tooLong;
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
    const ready = whole.slice(0, place ?? whole.length - this.#doubtful(whole));
    this.#held = whole.slice(ready.length);
    return this.#show(ready);
  }

  /** There is no more text. @returns what was held back for nothing */
  end(): string {
    const rest = this.#cut ? '' : this.#held;
    this.#held = '';
    return this.#show(rest);
  }

  /** Counts tokens; a word that comes in two pieces counts twice. */
  #show(ready: string): string {
    let shown = ready;
    for (const token of ready.matchAll(TOKEN)) {
      this.#tokens += 1;
      if (this.#tokens <= this.#maxTokens) continue;
      shown = ready.slice(0, token.index).trimEnd();
      this.#cut = true;
      this.#tooLong = true;
      break;
    }
    this.#length += shown.length;
    return shown;
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
