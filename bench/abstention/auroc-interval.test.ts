import { expect, test } from 'vitest';
import { seeded } from '../corpus/random.ts';
import { aurocGain, aurocInterval } from './auroc-interval.ts';

const scored = Array.from({ length: 100 }, (_, index) => ({ positive: index % 2 === 0, score: (index * 37) % 100 }));

test('the interval holds the area and is narrow for a score that separates', () => {
  const apart = scored.map(({ positive }, index) => ({ positive, score: (positive ? 100 : 0) + index }));
  expect(aurocInterval(apart, seeded(1))).toEqual({ low: 1, high: 1 });
  const { low, high } = aurocInterval(scored, seeded(1));
  expect(low).toBeLessThan(0.5);
  expect(high).toBeGreaterThan(0.5);
});

test('a score gains nothing on itself', () => {
  const pairs = scored.map((each) => ({ ...each, other: each.score }));
  expect(aurocGain(pairs, seeded(1))).toEqual({ low: 0, high: 0 });
});
