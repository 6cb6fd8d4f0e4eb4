import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuse, fuseByRank, fuseByScore, type Scored } from './fusion.ts';
import { encodeCursor, pageAfter } from './page.ts';

const text = [
  { id: 'a', score: 10 },
  { id: 'b', score: 5 },
];
const vectors = [
  { id: 'b', score: 0.9 },
  { id: 'c', score: 0.8 },
];

describe('fuseByScore', () => {
  it('adds bm25 over its maximum and twice the cosine', () => {
    const fused = fuseByScore({ text, vectors, similarities: new Map([['a', 0.1]]) });
    expect(fused.map((hit) => hit.id)).toEqual(['b', 'c', 'a']);
    expect(fused.map((hit) => hit.score)).toEqual([
      expect.closeTo(0.5 + 1.8),
      expect.closeTo(1.6),
      expect.closeTo(1 + 0.2),
    ]);
  });

  it('gives a text hit without a vector the mean cosine of the other text hits', () => {
    const fused = fuseByScore({ text, vectors, similarities: new Map() });
    expect(fused.find((hit) => hit.id === 'a')?.score).toBeCloseTo(1 + 2 * 0.9);
  });

  it('keeps the order of the only ranking there is', () => {
    const none = new Map<string, number>();
    expect(fuseByScore({ text, vectors: [], similarities: none }).map((hit) => hit.id)).toEqual(['a', 'b']);
    expect(fuseByScore({ text: [], vectors, similarities: none }).map((hit) => hit.id)).toEqual(['b', 'c']);
    expect(fuse({ text: [], vectors: [], similarities: none }, { by: 'rank' })).toEqual([]);
  });
});

describe('fuseByRank', () => {
  it('sums 1 / (60 + rank)', () => {
    expect(fuseByRank([text, vectors])).toEqual([
      { id: 'b', score: 1 / 62 + 1 / 61 },
      { id: 'a', score: 1 / 61 },
      { id: 'c', score: 1 / 62 },
    ]);
  });
});

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

describe('pageAfter', () => {
  it('goes through a ranking once, in order, whatever the ties', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 });
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 7 }), (values, limit) => {
        const hits = values.map((score, n) => ({ id: uuid(n), score: score / 3 }));
        const ranking = fuseByRank([hits]).map(({ id }) => hits.find((hit) => hit.id === id) as Scored);
        ranking.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
        const seen: string[] = [];
        for (let after: string | null = null; ; ) {
          const page: { entries: Scored[]; next: string | null } = pageAfter(ranking, { after, limit });
          seen.push(...page.entries.map((entry) => entry.id));
          if (page.next === null) break;
          after = page.next;
        }
        expect(seen).toEqual(ranking.map((hit) => hit.id));
      }),
    );
  });

  it.each(['', 'x', encodeCursor({ id: 'no-uuid', score: 1 }), Buffer.from('{}').toString('base64url')])(
    'refuses the cursor %j',
    (after) => {
      expect(() => pageAfter([], { after, limit: 1 })).toThrow(expect.objectContaining({ code: 'cursor.invalid' }));
    },
  );
});

describe('fuseByMinMax', () => {
  it('scales both rankings, and weighs meaning', () => {
    const rankings = {
      text: [
        { id: 'a', score: 12 },
        { id: 'b', score: 2 },
      ],
      vectors: [
        { id: 'c', score: 0.9 },
        { id: 'b', score: 0.8 },
      ],
      similarities: new Map([['a', 0.7]]),
    };
    const fused = fuse(rankings, { by: 'minmax', weight: 1 });
    expect(fused.map(({ id, score }) => [id, Number(score.toFixed(6))])).toEqual([
      ['a', 1],
      ['c', 1],
      ['b', 0.5],
    ]);
    expect(fuse({ ...rankings, text: [] }, { by: 'minmax', weight: 3 })[0]).toEqual({ id: 'c', score: 3 });
  });
});
