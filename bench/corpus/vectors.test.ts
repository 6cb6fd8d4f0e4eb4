import { expect, test } from 'vitest';
import { seeded } from './random.ts';
import { blend, randomDirections } from './vectors.ts';

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

test('a blend has unit length and is nearer to its first part than to its second, and to both than to a third', () => {
  const random = seeded(2);
  const [major, minor, other] = randomDirections(random, 3, 384) as [Float32Array, Float32Array, Float32Array];
  const mixed = blend(random, [major, minor], 0.5);
  expect(Math.hypot(...mixed)).toBeCloseTo(1, 5);
  expect(cosine(mixed, major)).toBeGreaterThan(cosine(mixed, minor));
  expect(cosine(mixed, minor)).toBeGreaterThan(Math.abs(cosine(mixed, other)));
});
