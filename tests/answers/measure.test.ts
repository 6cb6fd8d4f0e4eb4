import { describe, expect, it } from 'vitest';
import { areaUnderRoc, quantile } from './measure.ts';

describe('the measures', () => {
  it('compute the area under the ROC by pairs, ties counting half', () => {
    expect(areaUnderRoc([0.9, 0.8], [0.1, 0.2])).toBe(1);
    expect(areaUnderRoc([0.9, 0.1], [0.5])).toBe(0.5);
    expect(areaUnderRoc([0.5], [0.5])).toBe(0.5);
  });

  it('take quantiles by nearest rank', () => {
    const values = [5, 1, 4, 2, 3];
    expect([0, 0.5, 0.99].map((q) => quantile(values, q))).toEqual([1, 3, 5]);
  });
});
