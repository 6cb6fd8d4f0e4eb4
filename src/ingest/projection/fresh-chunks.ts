import type { PendingChunk } from './pending-chunks.ts';

/** Chunks kept in memory for a step; more wait in the store. About 1 kB each beside their text. */
const MOST = 16_000;

/** Chunks embedded together. */
const FOR_VECTORS = 256;

/** Chunks whose words are in the index, on their way to a vector, all in the state the store knows. */
export interface WordedBatch {
  readonly chunks: readonly PendingChunk[];
}

interface HeldBatch {
  chunks: readonly PendingChunk[];
  /** When its words came into the index, as `performance.now()` tells it. */
  readonly wordedAt: number;
}

/**
 * What this process stored a moment ago, so that it need not be read back: first waiting for its words to be indexed,
 * then for its vectors. What does not fit is left to the store, which knows what waits.
 */
export class FreshChunks {
  #forWords: PendingChunk[] = [];
  #forVectors: HeldBatch[] = [];
  #unrecorded = new Set<HeldBatch>();
  #waitingForVectors = 0;

  /** Takes in chunks just stored. @returns false when they do not fit */
  offer(chunks: readonly PendingChunk[]): boolean {
    if (this.#forWords.length + chunks.length > MOST) return false;
    this.#forWords.push(...chunks);
    return true;
  }

  /** How many chunks' words wait. */
  get waitingForWords(): number {
    return this.#forWords.length;
  }

  /** The next chunks whose words wait; empty: none. */
  takeForWords(most: number): PendingChunk[] {
    return this.#forWords.splice(0, most);
  }

  /** Their words are in the index. @returns false when there is no room: their vectors are the store's to know of */
  worded(chunks: readonly PendingChunk[]): boolean {
    if (this.#waitingForVectors + chunks.length > MOST) return false;
    for (let start = 0; start < chunks.length; start += FOR_VECTORS) {
      const batch = { chunks: chunks.slice(start, start + FOR_VECTORS), wordedAt: performance.now() };
      this.#unrecorded.add(batch);
      this.#forVectors.push(batch);
    }
    this.#waitingForVectors += chunks.length;
    return true;
  }

  /** The next chunks whose vectors wait; null: none. */
  takeForVectors(): WordedBatch | null {
    const batch = this.#forVectors.shift() ?? null;
    this.#waitingForVectors -= batch?.chunks.length ?? 0;
    return batch;
  }

  /** Batches whose words were indexed so long ago, milliseconds, and the store does not know. */
  unrecorded(sinceMs: number): readonly WordedBatch[] {
    const latest = performance.now() - sinceMs;
    return [...this.#unrecorded].filter(({ wordedAt }) => wordedAt <= latest);
  }

  /** The store knows now that the batch took a step. @param stateAfter the state after it, by the state before */
  recorded(batch: WordedBatch, stateAfter: (state: number) => number): void {
    const held = batch as HeldBatch;
    held.chunks = held.chunks.map((chunk) => ({ ...chunk, state: stateAfter(chunk.state) }));
    this.#unrecorded.delete(held);
  }

  /** Nothing of the batch waits any more. */
  done(batch: WordedBatch): void {
    this.#unrecorded.delete(batch as HeldBatch);
  }

  /** Leaves everything to the store. */
  forget(): void {
    this.#forWords = [];
    this.#forVectors = [];
    this.#unrecorded.clear();
    this.#waitingForVectors = 0;
  }
}
