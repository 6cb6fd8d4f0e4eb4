import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forwardBackward, likeliestRuns, TAGS } from './crf.ts';
import { allowedTransitions } from './model.ts';

const transitions = allowedTransitions(new Float64Array((TAGS + 1) * TAGS));

const emissions = fc
  .array(fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: TAGS, maxLength: TAGS }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((rows) => Float64Array.from(rows.flat()));

test('probabilities of a token sum to 1, runs are in order, apart and inside', () => {
  fc.assert(
    fc.property(emissions, (scores) => {
      const lattice = forwardBackward(scores, transitions);
      for (let row = 0; row < scores.length; row += TAGS) {
        const sum = lattice.marginals.slice(row, row + TAGS).reduce((total, value) => total + value, 0);
        expect(sum).toBeCloseTo(1, 9);
      }
      let last = 0;
      for (const { from, to, probability } of likeliestRuns(lattice, transitions)) {
        expect(from).toBeGreaterThanOrEqual(last);
        expect(to).toBeGreaterThan(from);
        expect(to).toBeLessThanOrEqual(scores.length / TAGS);
        expect(probability).toBeLessThanOrEqual(1 + 1e-9);
        last = to;
      }
    }),
  );
});

test('the inside of a kind follows its own beginning only', () => {
  const scores = new Float64Array(2 * TAGS);
  scores[TAGS + 2] = 5;
  expect(likeliestRuns(forwardBackward(scores, transitions), transitions)).toMatchObject([
    { from: 0, to: 2, type: 'person' },
  ]);
});
