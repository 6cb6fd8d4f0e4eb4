import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blockOf, countTerms, postingsOf } from './postings.ts';
import { scorePostings, type TermPostings } from './score-postings.ts';

const WORDS = ['a', 'b', 'c', 'd'];
/** Rows lie up to 40,000 apart: some share a window of scores, others do not. */
const chunk = fc.record({
  gap: fc.integer({ min: 1, max: 40_000 }),
  words: fc.array(fc.constantFrom(...WORDS, 'e', 'f')),
});
const chunks = fc.array(chunk, { minLength: 1, maxLength: 40 }).map((drawn) => {
  let row = -1;
  return drawn.map(({ gap, words }) => ({ row: (row += gap), words }));
});

interface Chunk {
  readonly row: number;
  readonly words: readonly string[];
}

/** Postings of the queried words, in segments of `size` chunks. */
async function segmented(all: readonly Chunk[], { query, size }: { query: readonly string[]; size: number }) {
  const lists = new Map<string, Uint32Array[]>();
  for (let from = 0; from < all.length; from += size) {
    const segment = all.slice(from, from + size).map(({ row, words }) => ({ row, terms: words.join(' ') }));
    const { byTerm } = await countTerms(segment);
    for (const term of query) {
      const postings = postingsOf(blockOf(byTerm.get(term) ?? []));
      lists.set(term, [...(lists.get(term) ?? []), postings]);
    }
  }
  return [...lists.values()].map(
    (ofTerm): TermPostings => ({ df: ofTerm.reduce((sum, list) => sum + list.length / 2, 0), lists: ofTerm }),
  );
}

/** BM25 as the formula says (Robertson and Zaragoza, 2009; Lucene's idf), k1 1.2, b .75. */
function bruteForce(all: readonly Chunk[], query: readonly string[]): { row: number; score: number }[] {
  const mean = all.reduce((sum, { words }) => sum + words.length, 0) / all.length;
  return all.flatMap(({ row, words }) => {
    let score = 0;
    for (const term of query) {
      const df = all.filter((other) => other.words.includes(term)).length;
      const frequency = words.filter((word) => word === term).length;
      if (frequency === 0) continue;
      const idf = Math.log(1 + (all.length - df + 0.5) / (df + 0.5));
      score += (idf * frequency * 2.2) / (frequency + 1.2 * (0.25 + (0.75 * words.length) / mean));
    }
    return score === 0 ? [] : [{ row, score }];
  });
}

test('equals BM25 by the formula, whatever the segments, the limit and the allowed rows', async () => {
  const drawn = fc.record({
    all: chunks,
    terms: fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1 }),
    size: fc.integer({ min: 1, max: 50 }),
    limit: fc.integer({ min: 1, max: 45 }),
    only: fc.option(fc.array(fc.nat(40))),
  });
  await fc.assert(
    fc.asyncProperty(drawn, async ({ all, terms, size, limit, only }) => {
      const allowed = only === null ? null : new Set(only.flatMap((i) => all[i]?.row ?? []));
      const found = await scorePostings({
        collection: { chunks: all.length, length: all.reduce((sum, { words }) => sum + words.length, 0) },
        terms: await segmented(all, { query: terms, size }),
        limit,
        allowed,
        checkpoint: () => undefined,
      });
      const truth = bruteForce(all, terms).filter(({ row }) => allowed === null || allowed.has(row));
      const scores = new Map(truth.map(({ row, score }) => [row, score]));
      const best = truth.map(({ score }) => score).sort((a, b) => b - a);
      expect(found).toHaveLength(Math.min(limit, truth.length));
      expect(new Set(found.map(({ row }) => row)).size).toBe(found.length);
      for (const [rank, { row, score }] of found.entries()) {
        expect(score).toBeCloseTo(scores.get(row) ?? Number.NaN, 9);
        expect(score).toBeCloseTo(best[rank] ?? Number.NaN, 9);
      }
    }),
    { numRuns: 150 },
  );
});

test('stops between slices when the checkpoint throws', async () => {
  // A posting per window: more windows than fit into one slice of time.
  const list = Uint32Array.from(Array.from({ length: 20_000 }, (_, i) => [i * 65_536, 0x1_00_01]).flat());
  const scoring = scorePostings({
    collection: { chunks: 20_000, length: 20_000 },
    terms: [{ df: 20_000, lists: [list] }],
    limit: 10,
    allowed: null,
    checkpoint: () => {
      throw new Error('stopped');
    },
  });
  await expect(scoring).rejects.toThrow('stopped');
});
