/** What a cache did since it was made, and what it holds. */
export interface CacheCounts {
  readonly hits: number;
  readonly misses: number;
  readonly evictions: number;
  readonly entries: number;
  /** As its entries were weighed. */
  readonly bytes: number;
}

/** Values by key within a weight; those not used for longest go first. */
export class BoundedCache<T> {
  readonly #maxBytes: number;
  readonly #entries = new Map<string, { readonly value: T; readonly bytes: number }>();
  #bytes = 0;
  #hits = 0;
  #misses = 0;
  #evictions = 0;

  /** @param maxBytes 0: nothing is kept */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get counts(): CacheCounts {
    const { size } = this.#entries;
    return { hits: this.#hits, misses: this.#misses, evictions: this.#evictions, entries: size, bytes: this.#bytes };
  }

  /** The value, which is the last to go now; undefined: none is kept. */
  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      this.#misses++;
      return undefined;
    }
    this.#hits++;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** Keeps a value; one that weighs more than an eighth of everything is not kept. */
  set(key: string, value: T, bytes: number): void {
    this.#remove(key);
    if (bytes > this.#maxBytes / 8) return;
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#remove(oldest);
      this.#evictions++;
    }
  }

  /** Forgets all whose keys begin so; that counts as no eviction. */
  forget(beginning: string): void {
    for (const key of this.#entries.keys()) if (key.startsWith(beginning)) this.#remove(key);
  }

  #remove(key: string): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0;
    this.#entries.delete(key);
  }
}
