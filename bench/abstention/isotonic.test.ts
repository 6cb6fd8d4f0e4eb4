import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isotonic } from './isotonic.ts';

test('pools what falls and keeps what rises', () => {
  const points = [0, 0, 1, 0, 1, 1].map((positive, score) => ({ score, positive: positive === 1 }));
  expect(isotonic(points).map(({ middle }) => middle)).toEqual([0.5, 2.5, 4.5]);
});

test('never falls and stays inside 0…1', () => {
  const point = fc.record({ score: fc.double({ min: -5, max: 5, noNaN: true }), positive: fc.boolean() });
  fc.assert(
    fc.property(fc.array(point, { minLength: 1, maxLength: 60 }), (points) => {
      const values = isotonic(points).map(({ value }) => value);
      expect(values).toEqual(values.toSorted((a, b) => a - b));
      expect(Math.min(...values)).toBeGreaterThan(0);
      expect(Math.max(...values)).toBeLessThan(1);
    }),
  );
});
