/**
 * Remembers what a pure function said about a word. Bounded by two generations: when the young one is full it becomes
 * the old one and the old one is forgotten, so that frequent words stay and memory does not grow.
 */
export class WordMemo<Value> {
  readonly #compute: (word: string) => Value;
  readonly #generationSize: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  /**
   * @param compute asked once for each word that is not remembered
   * @param capacity words kept at most, ≥ 2
   */
  constructor(compute: (word: string) => Value, capacity: number) {
    this.#compute = compute;
    this.#generationSize = Math.max(1, Math.floor(capacity / 2));
  }

  /** Words remembered now, at most the capacity. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /** What `compute` says about the word. */
  get(word: string): Value {
    const known = this.#young.get(word);
    return known === undefined ? this.#slowGet(word) : known;
  }

  #slowGet(word: string): Value {
    if (word.length > LONGEST_KEPT) return this.#compute(word);
    const value = this.#old.get(word) ?? this.#compute(word);
    if (this.#young.size >= this.#generationSize) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(detached(word), value);
    return value;
  }
}

/** UTF-16 units. Longer words are rare and not worth their memory. */
const LONGEST_KEPT = 128;

/** V8 keeps the whole parent of a slice of 13 or more units alive; a copy lets go of the document. */
function detached(word: string): string {
  return word.length < 13 ? word : Buffer.from(word, 'utf16le').toString('utf16le');
}
