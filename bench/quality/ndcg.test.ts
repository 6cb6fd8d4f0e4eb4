import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ndcg, recall } from './ndcg.ts';

const id = fc.integer({ min: 0, max: 30 }).map(String);
const judgements = fc.array(fc.tuple(id, fc.integer({ min: 0, max: 3 }))).map((pairs) => new Map(pairs));
const ranking = fc.uniqueArray(id);
const cut = fc.integer({ min: 1, max: 20 });

test('a hand-computed ranking', () => {
  // DCG = 0/1 + 2/log2(3) + 1/log2(4); ideal = 2/1 + 1/log2(3) + 1/log2(4)
  const judged = new Map([
    ['a', 2],
    ['b', 1],
    ['c', 1],
    ['d', 0],
  ]);
  const expected = (2 / Math.log2(3) + 1 / 2) / (2 + 1 / Math.log2(3) + 1 / 2);
  expect(ndcg(['d', 'a', 'b'], judged, 10)).toBeCloseTo(expected, 12);
  expect(ndcg(['d', 'a', 'b'], judged, 1)).toBe(0);
  expect(recall(['d', 'a', 'b'], judged, 2)).toBeCloseTo(1 / 3, 12);
});

test('the ideal counts judged documents that were not found', () => {
  expect(
    ndcg(
      ['a'],
      new Map([
        ['a', 1],
        ['b', 1],
      ]),
      10,
    ),
  ).toBeCloseTo(1 / (1 + 1 / Math.log2(3)), 12);
});

test('a document repeated in the ranking counts once', () => {
  const judged = new Map([
    ['a', 1],
    ['b', 1],
  ]);
  expect(ndcg(['a', 'a', 'b'], judged, 10)).toBe(ndcg(['a', 'b'], judged, 10));
});

test('both stay between 0 and 1, and nothing relevant gives 0', () => {
  fc.assert(
    fc.property(ranking, judgements, cut, (ranked, judged, at) => {
      for (const value of [ndcg(ranked, judged, at), recall(ranked, judged, at)]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
        if (![...judged.values()].some((grade) => grade > 0)) expect(value).toBe(0);
      }
    }),
  );
});

test('ranking by grade is ideal', () => {
  fc.assert(
    fc.property(judgements, cut, (judged, at) => {
      const ideal = [...judged].sort((a, b) => b[1] - a[1]).map(([document]) => document);
      const relevant = [...judged.values()].some((grade) => grade > 0);
      expect(ndcg(ideal, judged, at)).toBeCloseTo(relevant ? 1 : 0, 12);
    }),
  );
});

test('moving a better document one rank up never lowers the gain', () => {
  fc.assert(
    fc.property(ranking, judgements, cut, (ranked, judged, at) => {
      const index = ranked.findIndex(
        (doc, rank) => rank > 0 && (judged.get(doc) ?? 0) > (judged.get(ranked[rank - 1] ?? '') ?? 0),
      );
      fc.pre(index > 0);
      const better = ranked.with(index - 1, ranked[index] ?? '').with(index, ranked[index - 1] ?? '');
      expect(ndcg(better, judged, at)).toBeGreaterThanOrEqual(ndcg(ranked, judged, at) - 1e-12);
    }),
  );
});
