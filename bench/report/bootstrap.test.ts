import { expect, test } from 'vitest';
import { seeded } from '../corpus/random.ts';
import { bootstrapInterval, bootstrapOverSets } from './bootstrap.ts';
import { mean } from './quantiles.ts';

test('equal values leave no doubt', () => {
  expect(bootstrapInterval([0.5, 0.5, 0.5], seeded(1))).toEqual({ low: 0.5, high: 0.5 });
});

test('the interval is about two standard errors to either side', () => {
  const random = seeded(2);
  const values = Array.from({ length: 400 }, () => random());
  const { low, high } = bootstrapInterval(values, seeded(3));
  const error = Math.sqrt(1 / 12 / 400);
  expect(low).toBeCloseTo(mean(values) - 1.96 * error, 2);
  expect(high).toBeCloseTo(mean(values) + 1.96 * error, 2);
});

test('every set weighs the same, however many queries it has', () => {
  const large = Array.from({ length: 200 }, () => 0);
  expect(bootstrapOverSets([large, [1, 1]], seeded(4))).toEqual({ low: 0.5, high: 0.5 });
});
