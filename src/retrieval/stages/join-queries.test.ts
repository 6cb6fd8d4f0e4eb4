import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byScore, type Scored } from '../fusion.ts';
import { joinQueries } from './join-queries.ts';

const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
const methods = ['score', 'rank'] as const;
const ranking = (letters: string): Scored[] => letters.split('').map((id, at) => ({ id, score: 9 - at }));
const idsOf = (scored: readonly Scored[]): string => scored.map(({ id }) => id).join('');

const rankings = fc
  .uniqueArray(fc.record({ id: fc.constantFrom(...LETTERS), score: fc.integer({ min: -500, max: 500 }) }), {
    selector: ({ id }) => id,
    maxLength: 8,
  })
  .map((entries) => entries.sort(byScore));

describe.each(methods)('joinQueries by %s', (by) => {
  it('lifts what other wordings find too, and adds what only they find', () => {
    expect(idsOf(joinQueries(ranking('abcd'), [ranking('dx'), ranking('dy')], by)).slice(0, 2)).toBe(
      by === 'rank' ? 'da' : 'ad',
    );
    expect(new Set(idsOf(joinQueries(ranking('ab'), [ranking('x')], by)))).toEqual(new Set(['a', 'b', 'x']));
  });

  it('changes no order when all wordings find the same, or nothing', () => {
    expect(idsOf(joinQueries(ranking('cab'), [ranking('cab'), ranking('cab')], by))).toBe('cab');
    expect(joinQueries(ranking('cab'), [[], []], by)).toEqual(ranking('cab'));
  });

  it('holds each chunk once, in order, whatever the rankings; a question’s best stays above what one of many found', () => {
    fc.assert(
      fc.property(rankings, fc.array(rankings, { maxLength: 5 }), (own, others) => {
        const joined = joinQueries(own, others, by);
        expect([...joined].sort(byScore)).toEqual(joined);
        expect(idsOf(joined).split('').sort()).toEqual(
          [...new Set([...own, ...others.flat()].map(({ id }) => id))].sort(),
        );
        const everyOther = new Set(others.flat().map(({ id }) => id));
        const first = joined[0]?.id;
        if (first !== undefined && first !== own[0]?.id && own.length > 0) expect(everyOther.has(first)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
