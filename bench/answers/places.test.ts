import { describe, expect, it } from 'vitest';
import { overlaps, placeOf } from './places.ts';

describe('places', () => {
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
