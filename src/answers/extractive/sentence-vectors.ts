import { hash } from 'node:crypto';
import type { Embedder } from '../../models/index.ts';

/** Vectors kept: at 384 dimensions some 15 MB. */
const KEPT = 10_000;

/**
 * Vectors of sentences that were compared before, by the hash of their words, the longest unused first to go. Holds no
 * text. A sentence takes the embedder some 3 ms, and the same sentences come up for many questions.
 */
export class SentenceVectors {
  readonly #embedder: Embedder;
  readonly #kept = new Map<string, Float32Array>();

  constructor(embedder: Embedder) {
    this.#embedder = embedder;
  }

  /** One vector per text, in order, unit length. */
  async of(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    const keys = texts.map((text) => hash('sha256', text, 'base64'));
    const missing = [
      ...new Map(keys.flatMap((key, i) => (this.#kept.has(key) ? [] : [[key, texts[i] ?? '']]))).entries(),
    ];
    const fresh =
      missing.length === 0
        ? []
        : await this.#embedder.embed(
            missing.map(([, text]) => text),
            { purpose: 'document', signal },
          );
    const found = new Map(missing.map(([key], i) => [key, fresh[i] as Float32Array]));
    const vectors = keys.map((key) => (found.get(key) ?? this.#kept.get(key)) as Float32Array);
    keys.forEach((key, i) => this.#keep(key, vectors[i] as Float32Array));
    return vectors;
  }

  #keep(key: string, vector: Float32Array): void {
    this.#kept.delete(key);
    this.#kept.set(key, vector);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value as string);
  }
}
