import { describe, expect, it } from 'vitest';
import { createFixedEmbedder } from '../../models/testing.ts';
import { SentenceVectors } from './sentence-vectors.ts';

describe('SentenceVectors', () => {
  it('asks the embedder once for a sentence, and gives what it gives', async () => {
    const asked: string[] = [];
    const embedder = createFixedEmbedder({
      onEmbed: (texts) => {
        asked.push(...texts);
        return Promise.resolve();
      },
    });
    const vectors = new SentenceVectors(embedder);
    const { signal } = new AbortController();
    const first = await vectors.of(['a', 'b', 'a'], signal);
    expect(await vectors.of(['b', 'c'], signal)).toEqual([
      first[1],
      ...(await embedder.embed(['c'], { purpose: 'document', signal })),
    ]);
    expect(asked).toEqual(['a', 'b', 'c', 'c']);
    expect(first[0]).toEqual(first[2]);
  });
});
