import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mean, median, quantile } from './quantiles.ts';

const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 });

test('quantiles of a small list', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(quantile([0, 10], 0.99)).toBeCloseTo(9.9, 12);
  expect(mean([1, 2, 6])).toBe(3);
});

test('a quantile lies between the smallest and the largest and grows with its share', () => {
  fc.assert(
    fc.property(
      values,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (list, a, b) => {
        const [low, high] = [quantile(list, Math.min(a, b)), quantile(list, Math.max(a, b))];
        expect(low).toBeLessThanOrEqual(high + 1e-9);
        expect(low).toBeGreaterThanOrEqual(Math.min(...list) - 1e-9);
        expect(high).toBeLessThanOrEqual(Math.max(...list) + 1e-9);
      },
    ),
  );
});
