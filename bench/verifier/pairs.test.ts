import { expect, it } from 'vitest';
import { seeded } from '../corpus/random.ts';
import { fitLogistic, predict } from './logistic.ts';
import { libraryOf, makePairs } from './pairs.ts';

const documents = ['alpha', 'beta', 'gamma'].map((name, n) =>
  Array.from(
    { length: 12 },
    (_, i) => `The ${name} office number ${i + 3} was opened in ${1990 + i + n} by Harald Moen. `,
  ).join(''),
);

it('makes as many faithful pairs as others, the same for the same seed', () => {
  const library = libraryOf(documents);
  const pairs = makePairs(library, seeded(5), 60);
  expect(pairs.filter(({ supported }) => supported)).toHaveLength(30);
  expect(makePairs(library, seeded(5), 60)).toEqual(pairs);
  for (const { made, supported } of pairs) expect(made === 'faithful').toBe(supported);
});

it('finds the weight that made the labels, and its side', () => {
  const random = seeded(3);
  const examples = Array.from({ length: 4_000 }, () => {
    const values = [random() * 4 - 2, random()];
    return { values, positive: random() < predict({ weights: [1.5, 0], bias: -0.5 }, values) };
  });
  const { weights, bias } = fitLogistic(examples, 0.1);
  expect(weights[0]).toBeCloseTo(1.5, 0);
  expect(Math.abs(weights[1] ?? 9)).toBeLessThan(0.3);
  expect(bias).toBeCloseTo(-0.5, 0);
});
