import { analyse } from '../analyse.ts';
import type { ShortForm } from './find-short-forms.ts';

/** Short forms remembered per document. */
const PER_DOCUMENT = 64;
/** Terms a long form has at most. */
const LONGEST = 8;

/** Counts of one key's values. */
type Counts = Map<string, number>;

/** The short forms a collection's documents explain, both ways. */
export class ShortForms {
  readonly #byVersion = new Map<string, readonly (readonly [short: string, terms: string])[]>();
  /** short form → terms of long forms, joined by a space → how many documents explain it so. */
  readonly #longForms = new Map<string, Counts>();
  /** The other way round. */
  readonly #shortForms = new Map<string, Counts>();

  /** Counts what a version explains; one already counted stays as it is. */
  add(versionId: string, forms: readonly ShortForm[]): void {
    if (forms.length === 0 || this.#byVersion.has(versionId)) return;
    const pairs = forms.map(({ short, long }) => [short, analyse(long).slice(0, LONGEST).join(' ')] as const);
    const distinct = [...new Map(pairs.map((pair) => [pair.join(' '), pair])).values()];
    const kept = distinct.filter(([, terms]) => terms !== '').slice(0, PER_DOCUMENT);
    this.#byVersion.set(versionId, kept);
    for (const [short, terms] of kept) this.#count(short, terms, 1);
  }

  remove(versionId: string): void {
    for (const [short, terms] of this.#byVersion.get(versionId) ?? []) this.#count(short, terms, -1);
    this.#byVersion.delete(versionId);
  }

  /** Terms of what most documents say a short form stands for; none: no document explains it. */
  longFormOf(token: string): readonly string[] {
    return mostFrequent(this.#longForms.get(token))?.split(' ') ?? [];
  }

  /** Short forms of which the terms spell out the long form. */
  shortFormsIn(terms: readonly string[]): string[] {
    const found: string[] = [];
    for (let from = 0; from < terms.length; from += 1) {
      for (let to = from + 1; to <= Math.min(terms.length, from + LONGEST); to += 1) {
        const short = mostFrequent(this.#shortForms.get(terms.slice(from, to).join(' ')));
        if (short !== null) found.push(short);
      }
    }
    return found;
  }

  #count(short: string, terms: string, by: 1 | -1): void {
    for (const [map, key, value] of [
      [this.#longForms, short, terms],
      [this.#shortForms, terms, short],
    ] as const) {
      const counts: Counts = map.get(key) ?? new Map();
      const times = (counts.get(value) ?? 0) + by;
      if (times > 0) counts.set(value, times);
      else counts.delete(value);
      if (counts.size > 0) map.set(key, counts);
      else map.delete(key);
    }
  }
}

function mostFrequent(counts: Counts | undefined): string | null {
  let best: readonly [string, number] | null = null;
  for (const entry of counts ?? []) if (best === null || entry[1] > best[1]) best = entry;
  return best?.[0] ?? null;
}
