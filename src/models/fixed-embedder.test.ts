import { describe, expect, it } from 'vitest';
import { embedderConformance } from './embedder.conformance.ts';
import { createFixedEmbedder } from './fixed-embedder.ts';

describe('fixed embedder', () => {
  for (const { name, run } of embedderConformance(async () => createFixedEmbedder())) it(name, run);

  it('returns stored vectors, as copies', async () => {
    const stored = Float32Array.of(1, 0);
    const embedder = createFixedEmbedder({ dimensions: 2, vectors: new Map([['known', stored]]) });
    const [vector] = await embedder.embed(['known'], { purpose: 'query' });
    expect(vector).toEqual(stored);
    expect(vector).not.toBe(stored);
  });
});
