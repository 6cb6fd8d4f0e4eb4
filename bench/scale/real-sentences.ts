import { createDefaultEmbedder } from '../../src/models/index.ts';
import { loadPassages } from '../corpus/sentences.ts';
import { embedCached } from '../corpus/vector-cache.ts';
import type { Cloud } from './neighbours.ts';

/** Sentences of real prose with what the default embedder makes of them. */
export interface RealSentences {
  /** All different. */
  readonly texts: readonly string[];
  readonly cloud: Cloud;
}

/** Every distinct sentence of the test data's abstracts with its vector; embedded once, then read from the cache. */
export async function realSentences(): Promise<RealSentences> {
  const passages = await loadPassages();
  const texts = [...new Set(passages.flatMap(({ sentences }) => sentences))];
  const embedder = createDefaultEmbedder({ workers: 1 });
  try {
    const vectors = await embedCached(embedder, { texts, purpose: 'document', label: 'sentences' });
    return { texts, cloud: cloudOf(vectors, embedder.dimensions) };
  } finally {
    await embedder.close();
  }
}

function cloudOf(vectors: readonly Float32Array[], dimensions: number): Cloud {
  const values = new Float32Array(vectors.length * dimensions);
  for (const [at, vector] of vectors.entries()) values.set(vector, at * dimensions);
  return { values, dimensions, count: vectors.length };
}
