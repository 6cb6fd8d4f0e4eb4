import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseWeight } from './choose-weight.ts';
import { rankQuality } from './rank-quality.ts';

describe('rankQuality', () => {
  it('is 1 when the relevant ones stand first, and less for each place down', () => {
    const relevant = new Set(['a', 'b']);
    expect(rankQuality(['a', 'b', 'x'], relevant, 10)).toBe(1);
    expect(rankQuality(['x', 'a', 'b'], relevant, 10)).toBeCloseTo((1 / Math.log2(3) + 1 / 2) / (1 + 1 / Math.log2(3)));
    expect(rankQuality(['x', 'a'], new Set(['a']), 1)).toBe(0);
    expect(rankQuality(['x'], new Set(), 10)).toBe(0);
  });
});

describe('chooseWeight', () => {
  const figures = (of: (question: number) => number): number[] => Array.from({ length: 60 }, (_, n) => of(n));

  it('takes what is better on questions it was not chosen on', () => {
    const worse = { weight: 2, figures: figures((n) => 0.3 + (n % 3) / 10) };
    const better = { weight: 4, figures: figures((n) => 0.5 + (n % 3) / 10) };
    expect(chooseWeight([worse, better], 2)).toMatchObject({ weight: 4, isBetter: true });
    expect(chooseWeight([worse, better], 4)).toMatchObject({ weight: 4, isBetter: false, gainLow: 0 });
  });

  it('keeps the current one among equals', () => {
    const same = [1, 2, 3].map((weight) => ({ weight, figures: figures(() => 0.5) }));
    expect(chooseWeight(same, 2)).toMatchObject({ weight: 2, isBetter: false, before: 0.5, heldOut: 0.5 });
  });

  it('seldom takes chance for a gain', () => {
    const figure = fc.double({ min: 0, max: 1, noNaN: true });
    const one = fc.array(figure, { minLength: 40, maxLength: 40 });
    let taken = 0;
    fc.assert(
      fc.property(fc.tuple(one, one, one, one), (all) => {
        const results = all.map((each, weight) => ({ weight, figures: each }));
        const { isBetter, heldOut, gainLow, before } = chooseWeight(results, 0);
        expect(gainLow).toBeLessThanOrEqual(heldOut - before + 1e-9);
        if (isBetter) taken += 1;
      }),
      { numRuns: 200, seed: 5 },
    );
    expect(taken).toBeLessThan(40);
  });
});
