import type { ShortForm } from './find-short-forms.ts';
import { ShortForms } from './short-forms.ts';

/** BM25's constants, as both adapters of the index have them (Robertson and Zaragoza, 2009). */
const K1 = 1.2;
const B = 0.75;
/** Bytes of an entry of the maps, about. */
const ENTRY_BYTES = 120;

/** One document's words. */
interface Counted {
  /** Numbers of its terms, ascending. */
  readonly terms: Uint32Array;
  /** How often each occurs, at most 65,535. */
  readonly counts: Uint16Array;
  /** All terms with repetitions. */
  readonly length: number;
}

const NO_TERMS = new Uint32Array(0);

let revisions = 0;

/**
 * How often which term occurs in which version of a document of one collection. A document is the unit, not a chunk: a
 * question's words may be spread over several chunks of the document that answers it.
 */
export class DocumentWords {
  /** What the documents explain in brackets. */
  readonly shortForms = new ShortForms();
  /** Whether every document that is valid now was counted when last looked; set by who counts. */
  complete = false;
  /** ISO 639-1 codes of the documents that are valid, the most frequent first; []: not known yet. Set by who counts. */
  languages: readonly string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #terms: string[] = [];
  /** Per number, how many documents have the term. */
  readonly #frequencies: number[] = [];
  readonly #documents = new Map<string, Counted>();
  #length = 0;
  #bytes = 0;
  /** All zero between two calls. */
  #scratch = new Float64Array(0);

  #revision = ++revisions;
  /** By frequency, of the revision beside; not a number: not worked out yet. */
  #idfs = new Float64Array(0);
  #idfsOf = -1;

  /** Changes with every document counted in or out; no two counts in this process have one revision. */
  get revision(): number {
    return this.#revision;
  }

  /** How many documents are counted. */
  get size(): number {
    return this.#documents.size;
  }

  /** Memory taken, roughly. */
  get bytes(): number {
    return this.#bytes + this.#numbers.size * ENTRY_BYTES + this.#scratch.byteLength;
  }

  /** Ids of the versions that are counted. */
  ids(): IterableIterator<string> {
    return this.#documents.keys();
  }

  has(versionId: string): boolean {
    return this.#documents.has(versionId);
  }

  /**
   * Counts a version in; one already counted stays as it is, for versions do not change.
   * @param chunks the terms of each of its chunks, as the index has them
   * @param explained short forms the version's text explains
   */
  add(versionId: string, chunks: readonly string[], explained: readonly ShortForm[] = []): void {
    if (this.#documents.has(versionId)) return;
    this.#revision = ++revisions;
    this.shortForms.add(versionId, explained);
    const counts = new Map<number, number>();
    let length = 0;
    for (const chunk of chunks) {
      for (const term of chunk.split(' ')) {
        if (term === '') continue;
        const number = this.#numberOf(term);
        counts.set(number, (counts.get(number) ?? 0) + 1);
        length += 1;
      }
    }
    const terms = Uint32Array.from(counts.keys()).sort();
    for (const number of terms) this.#frequencies[number] = (this.#frequencies[number] ?? 0) + 1;
    const kept = {
      terms,
      counts: Uint16Array.from(terms, (number) => Math.min(65_535, counts.get(number) ?? 0)),
      length,
    };
    this.#documents.set(versionId, kept);
    this.#length += length;
    this.#bytes += bytesOf(kept);
  }

  /** Takes a version out; terms that no document has any more are forgotten. */
  remove(versionId: string): void {
    const counted = this.#documents.get(versionId);
    if (counted === undefined) return;
    this.#revision = ++revisions;
    this.#documents.delete(versionId);
    this.shortForms.remove(versionId);
    this.#length -= counted.length;
    this.#bytes -= bytesOf(counted);
    for (const number of counted.terms) {
      const frequency = (this.#frequencies[number] ?? 1) - 1;
      this.#frequencies[number] = frequency;
      if (frequency > 0) continue;
      this.#numbers.delete(this.#terms[number] ?? '');
      this.#terms[number] = '';
    }
  }

  /** How many documents have the term. */
  frequencyOf(term: string): number {
    const number = this.#numbers.get(term);
    return number === undefined ? 0 : (this.#frequencies[number] ?? 0);
  }

  /** All terms that some document has. */
  vocabulary(): IterableIterator<string> {
    return this.#numbers.keys();
  }

  /** Inverse document frequency as in Lucene; never below 0. */
  idf(term: string): number {
    return this.#idfOf(this.frequencyOf(term));
  }

  /**
   * The terms that stand out in some versions together: by the sum over them of `say · share of its words`, times the
   * term's {@link idf}; best first, equal ones in order of the alphabet. A millisecond for five books.
   * @param count how many at most
   */
  standingOut(
    versions: readonly { readonly versionId: string; readonly say: number }[],
    count: number,
  ): (readonly [term: string, value: number])[] {
    const values = this.#sums(versions);
    const best: [number, number][] = [];
    let worst = 0;
    const rarest = this.#idfOf(1);
    for (const { versionId } of versions) {
      const terms = this.#documents.get(versionId)?.terms ?? NO_TERMS;
      for (let at = 0; at < terms.length; at += 1) {
        const number = terms[at] as number;
        const sum = values[number] as number;
        values[number] = 0;
        // Zero: met in a version before. Most others are too few even if no other document had them.
        if (sum === 0 || sum * rarest < worst) continue;
        const value = sum * this.#idfOf(this.#frequencies[number] ?? 0);
        if (value < worst) continue;
        this.#place(best, [number, value], count);
        if (best.length === count) worst = best[count - 1]?.[1] ?? 0;
      }
    }
    return best.map(([number, value]) => [this.#terms[number] ?? '', value]);
  }

  /**
   * BM25 of versions for weighted terms: ≥ 0, higher is better; versions that are not counted are missing.
   * @param weights term → weight
   */
  scores(versionIds: Iterable<string>, weights: ReadonlyMap<string, number>): Map<string, number> {
    const terms = [...weights].flatMap(([term, weight]) => {
      const number = this.#numbers.get(term);
      return number === undefined ? [] : [{ number, weight: weight * this.idf(term) }];
    });
    const scores = new Map<string, number>();
    for (const id of versionIds) {
      const counted = this.#documents.get(id);
      if (counted !== undefined) scores.set(id, this.#scoreOf(counted, terms));
    }
    return scores;
  }

  #scoreOf(counted: Counted, terms: readonly { readonly number: number; readonly weight: number }[]): number {
    const norm = K1 * (1 - B + (B * counted.length * this.size) / Math.max(1, this.#length));
    let score = 0;
    for (const { number, weight } of terms) {
      const frequency = countOf(number, counted);
      if (frequency > 0) score += (weight * frequency * (K1 + 1)) / (frequency + norm);
    }
    return score;
  }

  /** By number of term; all zero but for the terms of these versions. */
  #sums(versions: readonly { readonly versionId: string; readonly say: number }[]): Float64Array {
    if (this.#scratch.length < this.#terms.length) this.#scratch = new Float64Array(this.#terms.length * 2);
    const sums = this.#scratch;
    for (const { versionId, say } of versions) {
      const counted = this.#documents.get(versionId);
      if (counted === undefined) continue;
      const { terms, counts, length } = counted;
      for (let at = 0; at < terms.length; at += 1) {
        const number = terms[at] as number;
        sums[number] = (sums[number] as number) + say * ((counts[at] as number) / length);
      }
    }
    return sums;
  }

  /** Puts a term in its place among the best, of which there are `count` at most. */
  #place(best: [number, number][], entry: [number, number], count: number): void {
    const isBefore = ([number, value]: [number, number]): boolean =>
      value > entry[1] || (value === entry[1] && (this.#terms[number] as string) < (this.#terms[entry[0]] as string));
    const last = best.at(-1);
    if (best.length === count && last !== undefined && isBefore(last)) return;
    let place = best.length;
    while (place > 0 && !isBefore(best[place - 1] as [number, number])) place -= 1;
    best.splice(place, 0, entry);
    if (best.length > count) best.pop();
  }

  #idfOf(frequency: number): number {
    if (this.#idfsOf !== this.#revision) {
      this.#idfsOf = this.#revision;
      this.#idfs = new Float64Array(this.size + 1).fill(Number.NaN);
    }
    const known = this.#idfs[frequency] as number;
    if (known >= 0) return known;
    return (this.#idfs[frequency] = Math.log(1 + (this.size - frequency + 0.5) / (frequency + 0.5)));
  }

  #numberOf(term: string): number {
    const known = this.#numbers.get(term);
    if (known !== undefined) return known;
    const number = this.#terms.length;
    // A copy, because V8 would keep the whole text alive for a slice of it.
    const own = ` ${term}`.slice(1);
    this.#numbers.set(own, number);
    this.#terms.push(own);
    this.#frequencies.push(0);
    return number;
  }
}

function bytesOf({ terms, counts }: Counted): number {
  return terms.byteLength + counts.byteLength + 2 * ENTRY_BYTES;
}

/** How often a document has the term with this number. */
function countOf(number: number, { terms, counts }: Counted): number {
  let low = 0;
  let high = terms.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const here = terms[middle] as number;
    if (here === number) return counts[middle] as number;
    if (here < number) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}
