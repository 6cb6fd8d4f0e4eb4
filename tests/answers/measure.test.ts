import { describe, expect, it } from 'vitest';
import { overlaps, placeOf } from './golden-questions.ts';
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

  it('find a gold quote whatever its white space', () => {
    const gold = { document: 'a.md', quote: 'two (of them) sign' };
    expect(placeOf(gold, 'Here two\n(of  them) sign.')).toEqual({ document: 'a.md', start: 5, end: 24 });
    expect(placeOf(gold, 'Here three sign.')).toBeNull();
  });

  it('see an overlap from half of the shorter place, in the same document', () => {
    const place = (start: number, end: number, document = 'a.md') => ({ document, start, end });
    expect(overlaps(place(0, 10), place(5, 100))).toBe(true);
    expect(overlaps(place(0, 10), place(6, 100))).toBe(false);
    expect(overlaps(place(0, 10), place(0, 10, 'b.md'))).toBe(false);
  });
});
