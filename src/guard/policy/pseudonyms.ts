import { inspect } from 'node:util';
import type { PersonalDataType } from '../personal-data/span.ts';

/** The longest pseudonym that can be, in UTF-16 code units: a stream holds back no more than this. */
const MAX_PSEUDONYM_UNITS = 40;
const PSEUDONYM = /<[A-Z][A-Z_]{2,23}_[1-9][0-9]{0,8}>/gi;
/** The beginning of what may become a pseudonym, at the end of a chunk; JSON may write `<` as an escape. */
const UNFINISHED = /(?:<|\\u003c)(?:[A-Z][A-Z_]{0,24}(?:[1-9][0-9]{0,8})?)?$/i;

/** How a value is written back. `json`: as the inside of a JSON string, for text that is JSON. */
export interface RestoreOptions {
  readonly escape?: 'none' | 'json';
}

/**
 * The typed placeholders of one request, `<PERSON_1>`, and what they stand for. The same value of the same kind has the same
 * pseudonym within a request, and numbers are given in the order of the text: the same request always gives the same
 * pseudonyms. Lives as long as its request. Printing, logging or serialising it shows how many there are, no value.
 */
export class Pseudonyms {
  readonly #valueOf = new Map<string, string>();
  readonly #pseudonymOf = new Map<string, string>();
  readonly #lastNumber = new Map<PersonalDataType, number>();
  readonly #taken = new Set<string>();

  /** How many values have a pseudonym. */
  get size(): number {
    return this.#valueOf.size;
  }

  /** Leaves out the pseudonyms that the text contains literally, so that restoring never changes what was written. */
  reserve(text: string): void {
    for (const [written] of text.matchAll(PSEUDONYM)) this.#taken.add(written.toUpperCase());
  }

  /** The pseudonym of a value; a new one when the value is new. */
  of(type: PersonalDataType, value: string): string {
    const key = `${type}\n${value}`;
    const known = this.#pseudonymOf.get(key);
    if (known !== undefined) return known;
    const pseudonym = this.#next(type);
    this.#pseudonymOf.set(key, pseudonym);
    this.#valueOf.set(pseudonym, value);
    return pseudonym;
  }

  #next(type: PersonalDataType): string {
    for (let number = (this.#lastNumber.get(type) ?? 0) + 1; ; number++) {
      const pseudonym = `<${placeholderName(type)}_${number}>`;
      if (this.#taken.has(pseudonym)) continue;
      this.#lastNumber.set(type, number);
      return pseudonym;
    }
  }

  /** The text with every pseudonym of this request, in any case, replaced by its value; unknown ones stay. */
  restore(text: string, { escape = 'none' }: RestoreOptions = {}): string {
    if (this.size === 0) return text;
    return text.replaceAll(PSEUDONYM, (written) => {
      const value = this.#valueOf.get(written.toUpperCase());
      if (value === undefined) return written;
      return escape === 'json' ? JSON.stringify(value).slice(1, -1) : value;
    });
  }

  /** Restores every string inside a plain JSON value, keys too: arguments of a tool call, an extracted object. */
  restoreValue(value: unknown): unknown {
    if (typeof value === 'string') return this.restore(value);
    if (Array.isArray(value)) return value.map((item) => this.restoreValue(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [this.restore(key), this.restoreValue(item)]));
  }

  /**
   * How many units at the end of a text that is still coming may be the beginning of a pseudonym, 0…40: they are not to be
   * shown before more has come.
   */
  unfinishedUnits(text: string): number {
    if (this.size === 0) return 0;
    return UNFINISHED.exec(text.slice(-MAX_PSEUDONYM_UNITS))?.[0].length ?? 0;
  }

  /** Restores a stream of text chunk by chunk; see {@link PseudonymRestorer}. */
  restorer(options: RestoreOptions = {}): PseudonymRestorer {
    return new PseudonymRestorer(this, options);
  }

  toJSON(): { pseudonyms: number } {
    return { pseudonyms: this.size };
  }

  [inspect.custom](): string {
    return `Pseudonyms(${this.size})`;
  }
}

/**
 * Restores pseudonyms in a stream: a pseudonym that is split over chunks comes out whole, and at most its own length of text
 * is held back. `push` every chunk, then `flush` once.
 */
export class PseudonymRestorer {
  readonly #pseudonyms: Pseudonyms;
  readonly #options: RestoreOptions;
  #held = '';

  constructor(pseudonyms: Pseudonyms, options: RestoreOptions = {}) {
    this.#pseudonyms = pseudonyms;
    this.#options = options;
  }

  /** Takes a chunk and returns what can be shown by now; may be empty. */
  push(chunk: string): string {
    if (this.#pseudonyms.size === 0) return chunk;
    const text = this.#held + chunk;
    const keep = this.#pseudonyms.unfinishedUnits(text);
    this.#held = keep === 0 ? '' : text.slice(-keep);
    return this.#pseudonyms.restore(keep === 0 ? text : text.slice(0, -keep), this.#options);
  }

  /** What was held back, at the end of the stream. */
  flush(): string {
    const rest = this.#pseudonyms.restore(this.#held, this.#options);
    this.#held = '';
    return rest;
  }
}

/** How a kind is written in a placeholder: `street-address` is `STREET_ADDRESS`. */
export function placeholderName(type: PersonalDataType): string {
  return type.toUpperCase().replaceAll('-', '_');
}
