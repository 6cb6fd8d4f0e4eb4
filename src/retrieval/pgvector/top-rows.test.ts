import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TopRows } from './top-rows.ts';

test('keeps what sorting keeps: the best first, the earlier row among equals', () => {
  const scores = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 200 });
  fc.assert(
    fc.property(scores, fc.integer({ min: 1, max: 30 }), (drawn, limit) => {
      const top = new TopRows(limit);
      for (const [row, score] of drawn.entries()) if (top.wants(score)) top.add(row, score);
      const sorted = drawn.map((score, row) => ({ row, score })).sort((a, b) => b.score - a.score || a.row - b.row);
      expect(top.bestFirst()).toEqual(sorted.slice(0, limit));
    }),
  );
});
