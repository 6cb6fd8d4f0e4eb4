import fc from 'fast-check';
import { expect, test } from 'vitest';
import { termsBetween, termsOfValue } from './filter-range-terms.ts';

const number = fc.oneof(
  fc.double({ noNaN: true }),
  fc.integer({ min: -20, max: 20 }),
  fc.constantFrom(0, -0, 0.1, 1e-320, Number.MAX_VALUE, 1_704_067_200_000, 1_735_689_600_000),
);
const bound = fc.option(fc.record({ value: number, open: fc.boolean() }), { nil: undefined });

test('a value has exactly one term in common with a range that holds it, and none with one that does not', () => {
  fc.assert(
    fc.property(number, bound, bound, (value, from, to) => {
      const inside =
        (from === undefined || (from.open ? value > from.value : value >= from.value)) &&
        (to === undefined || (to.open ? value < to.value : value <= to.value));
      const range = termsBetween('k', 'number', {
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      });
      expect(range.length).toBeLessThanOrEqual(466);
      const shared = termsOfValue('k', 'number', value).filter((term) => range.includes(term));
      expect(shared).toHaveLength(inside ? 1 : 0);
    }),
    { numRuns: 2_000 },
  );
});

test('terms of other fields and of dates are others', () => {
  const of = (key: string, kind: 'number' | 'date') => new Set(termsOfValue(key, kind, 5));
  expect(of('a', 'number').isDisjointFrom(of('b', 'number'))).toBe(true);
  expect(of('a', 'number').isDisjointFrom(of('a', 'date'))).toBe(true);
});
