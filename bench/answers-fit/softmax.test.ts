import { expect, it } from 'vitest';
import { seeded } from '../corpus/random.ts';
import { mainDirections } from './main-directions.ts';
import { fitSoftmax } from './softmax.ts';

it('finds the trait that tells the right candidate', () => {
  const random = seeded(3);
  const choices = Array.from({ length: 60 }, () => {
    const traits = Array.from({ length: 5 }, () => [random(), random()]);
    const best = Math.max(...traits.map(([first]) => first ?? 0));
    return { traits, right: traits.map(([first]) => first === best) };
  });
  const [telling = 0, noise = 0] = fitSoftmax(choices, 0.001);
  expect(telling).toBeGreaterThan(5 * Math.abs(noise));
});

it('finds the directions in which vectors differ most, at right angles', () => {
  const random = seeded(4);
  const rows = Array.from({ length: 200 }, () => {
    const [wide, narrow] = [10 * (random() - 0.5), random() - 0.5];
    return Float64Array.from([narrow, wide, 0.01 * (random() - 0.5)]);
  });
  const [first, second] = mainDirections(rows, 2);
  expect(Math.abs(first?.[1] ?? 0)).toBeCloseTo(1, 2);
  expect(Math.abs(second?.[0] ?? 0)).toBeCloseTo(1, 2);
});
