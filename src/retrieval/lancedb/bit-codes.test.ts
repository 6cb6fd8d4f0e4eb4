import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BitCodes, CODES_PER_BLOCK } from './bit-codes.ts';

const unit = (raw: readonly number[]): Float32Array => {
  const length = Math.hypot(...raw) || 1;
  return Float32Array.from(raw, (value) => value / length);
};

/** As the class says it, bit by bit. */
function distance(question: Float32Array, values: readonly number[]): number {
  const step = 2 / Math.sqrt(question.length) / 3;
  return values.reduce((sum, value, i) => {
    const component = question[i] as number;
    const differs = value > 0 !== component > 0;
    return sum + (differs ? Math.min(3, Math.round(Math.abs(component) / step)) : 0);
  }, 0);
}

it('weighs the bits in which codes differ from a question, whatever the number of dimensions', () => {
  const vectors = fc.integer({ min: 1, max: 200 }).chain((dimensions) => {
    const numbers = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: dimensions, maxLength: dimensions });
    return fc.tuple(numbers, fc.array(numbers, { minLength: 1, maxLength: 12 }));
  });
  fc.assert(
    fc.property(vectors, ([raw, all]) => {
      const question = unit(raw);
      const codes = new BitCodes(question.length);
      for (const [slot, values] of all.entries()) codes.set(slot, Float32Array.from(values));
      const expected = all.map((values) => distance(question, values));
      codes.setQuestion(question);
      expect(Array.from(codes.distances({ first: 0, step: 1, count: all.length }))).toEqual(expected);
      const third = expected.filter((_, slot) => slot % 3 === 0);
      expect(Array.from(codes.distances({ first: 0, step: 3, count: third.length }))).toEqual(third);
      expect(Math.max(...expected)).toBeLessThanOrEqual(codes.farthest);
      for (const farthest of [0, expected[0] ?? 0, codes.farthest]) {
        const near = expected.flatMap((each, slot) => (each <= farthest ? [slot] : []));
        expect(Array.from(codes.within(farthest, { from: 0, to: all.length }))).toEqual(near);
      }
    }),
  );
});

it('compares more codes than one block has, and a slot written again as it is now', () => {
  const codes = new BitCodes(64);
  const plus = new Float32Array(64).fill(1);
  const minus = new Float32Array(64).fill(-1);
  for (let slot = 0; slot < 10_000; slot += 1) codes.set(slot, slot % 3 === 0 ? plus : minus);
  codes.set(9_999, minus);
  codes.setQuestion(unit(Array.from(plus)));
  const expected = Array.from({ length: 3_333 }, (_, n) => 3 * n);
  expect(Array.from(codes.within(0, { from: 0, to: 10_000 }))).toEqual(expected);
  const middle = expected.filter((slot) => slot >= CODES_PER_BLOCK && slot < 9_001);
  expect(Array.from(codes.within(0, { from: CODES_PER_BLOCK, to: 9_001 }))).toEqual(middle);
  const first = CODES_PER_BLOCK * 2 + 2;
  const few = codes.distances({ first, step: 5, count: 2 });
  expect(Array.from(few, (each) => each === 0)).toEqual([first % 3 === 0, (first + 5) % 3 === 0]);
});
