import type { Embedder } from '../../src/models/index.ts';
import { seeded } from '../corpus/random.ts';
import { randomDirections } from '../corpus/vectors.ts';

const dimensions = 384;
const stored = 8_192;

/**
 * An embedder that computes nothing: it looks up one of 8,192 stored vectors by a hash of the text. What remains of an
 * ingest's time is everything else.
 */
export function createStoredEmbedder(): Embedder {
  const vectors = randomDirections(seeded(11), stored, dimensions);
  return {
    id: 'stored-vectors-384',
    dimensions,
    maxTokens: 256,
    embed: async (texts) => texts.map((text) => vectors[fnv1a(text) % stored] ?? new Float32Array(dimensions)),
    close: async () => undefined,
  };
}

/** Fowler, Noll and Vo's 32-bit hash over UTF-16 units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
