import { createHash } from 'node:crypto';
import type { TenantContext } from '../../base/index.ts';
import type { Embedder, EmbedOptions } from '../../models/index.ts';
import { BoundedCache, type CacheCounts } from './bounded-cache.ts';

const KEY_BYTES = 200;

/** Vectors of texts, in this process, by tenant, embedder, purpose and a hash of the text: it holds no words. */
export class VectorCache {
  readonly #vectors: BoundedCache<Float32Array>;

  /** @param maxBytes 0: nothing is kept */
  constructor(maxBytes: number) {
    this.#vectors = new BoundedCache(maxBytes);
  }

  get counts(): CacheCounts {
    return this.#vectors.counts;
  }

  /** Embeds those of the texts that are not known. The vectors are shared: do not write to them. */
  async embed(
    embedder: Embedder,
    context: TenantContext,
    asked: EmbedOptions & { readonly texts: readonly string[] },
  ): Promise<Float32Array[]> {
    const { texts, ...options } = asked;
    const keys = texts.map((text) => keyOf([context.tenantId, embedder.id, options.purpose, text]));
    const found = new Map(keys.map((key) => [key, this.#vectors.get(key)] as const));
    const missing = [...new Map(keys.map((key, i) => [key, texts[i] ?? ''])).entries()].filter(
      ([key]) => found.get(key) === undefined,
    );
    if (missing.length > 0) {
      const made = await embedder.embed(
        missing.map(([, text]) => text),
        options,
      );
      for (const [i, [key]] of missing.entries()) {
        const vector = made[i];
        if (vector === undefined) continue;
        found.set(key, vector);
        this.#vectors.set(key, vector, KEY_BYTES + vector.byteLength);
      }
    }
    return keys.map((key) => found.get(key) ?? new Float32Array());
  }

  /** The embedder on behalf of a context, with this memory. Closing it closes nothing. */
  remembering(embedder: Embedder, context: TenantContext): Embedder {
    const { id, dimensions, maxTokens } = embedder;
    return {
      id,
      dimensions,
      maxTokens,
      embed: (texts, options) => this.embed(embedder, context, { texts, ...options }),
      close: async () => undefined,
    };
  }
}

function keyOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}
