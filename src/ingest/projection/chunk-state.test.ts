import { expect, test } from 'vitest';
import { isReplacing, stateAfter, waitsFor } from './chunk-state.ts';

test('every round goes from words to vectors to done, with numbers of its own', () => {
  const seen = new Set<number>();
  for (let start = 0; start > -20; start -= 2) {
    expect(waitsFor(start)).toBe('text');
    const texted = stateAfter(start);
    expect(waitsFor(texted)).toBe('vector');
    expect(waitsFor(stateAfter(texted))).toBeNull();
    for (const state of [start, texted]) {
      expect(seen.has(state)).toBe(false);
      seen.add(state);
      expect(isReplacing(state)).toBe(start < 0);
    }
  }
});
