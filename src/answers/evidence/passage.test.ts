import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageAt } from './passage.ts';

describe('pageAt', () => {
  it('is null without pages', () => {
    expect(pageAt([], 5)).toBeNull();
  });

  it('counts the pages that begin at or before the offset', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { minLength: 1 }), fc.nat(120), (steps, offset) => {
        const starts = steps.toSorted((a, b) => a - b);
        expect(pageAt(starts, offset)).toBe(Math.max(1, starts.filter((start) => start <= offset).length));
      }),
    );
  });
});
