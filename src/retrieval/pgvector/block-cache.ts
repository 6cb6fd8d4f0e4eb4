/** Memory an entry takes beside its postings, about. */
const ENTRY_BYTES = 160;

/** A term's postings in one segment. */
export interface CachedBlock {
  readonly df: number;
  readonly postings: Uint32Array;
}

/**
 * Blocks read from the database, by segment and term, so that words that are asked for again are not read again. A segment
 * never changes and its id is never used again: what is remembered stays true. Also remembers that a segment lacks a term.
 * The blocks unused for longest go first when the bytes do not suffice.
 */
export class BlockCache {
  readonly #limit: number;
  readonly #blocks = new Map<string, CachedBlock>();
  #bytes = 0;

  /** @param limit bytes, about */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): CachedBlock | undefined {
    const block = this.#blocks.get(key);
    if (block === undefined) return undefined;
    this.#blocks.delete(key);
    this.#blocks.set(key, block);
    return block;
  }

  set(key: string, block: CachedBlock): void {
    this.#forget(key);
    this.#blocks.set(key, block);
    this.#bytes += sizeOf(block);
    for (const oldest of this.#blocks.keys()) {
      if (this.#bytes <= this.#limit) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    const block = this.#blocks.get(key);
    if (block === undefined) return;
    this.#blocks.delete(key);
    this.#bytes -= sizeOf(block);
  }
}

/** The key of a term's block in a segment of a collection. */
export function blockKey(relation: string, segment: number, term: string): string {
  return `${relation} ${segment} ${term}`;
}

function sizeOf(block: CachedBlock): number {
  return ENTRY_BYTES + block.postings.byteLength;
}
