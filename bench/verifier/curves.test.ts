import { expect, it } from 'vitest';
import { auroc, balancedAccuracy } from './curves.ts';

const scored = [
  { score: 0.9, positive: true },
  { score: 0.4, positive: true },
  { score: 0.4, positive: false },
  { score: 0.1, positive: false },
];

it('counts pairs in the right order, ties half', () => {
  expect(auroc(scored)).toBe(0.875);
});

it('averages the shares of the two classes', () => {
  expect(balancedAccuracy(scored, 0.4)).toBe(0.75);
});
