import { describe, expect, it } from 'vitest';
import { buildGrounds } from '../confidence/build-grounds.ts';
import { insteadOfBest, isRefused } from './reading-verdicts.ts';

const source = 'The lift is old. The lift is red. The lift is checked in May. The lift carries six people.';
const { ranked } = buildGrounds({ question: 'When is the lift checked?', source, passage: 0.5, sentence: 0.5 });
const [best, second, third, fourth] = ranked;

describe('insteadOfBest', () => {
  it('puts the sentence that reads most like an answer first, and leaves out the best and what was refused', () => {
    expect(insteadOfBest(ranked, [-1, 3])).toEqual({ ranked: [third, fourth], odds: 3 });
    expect(insteadOfBest(ranked, [2.5, 3])).toEqual({ ranked: [third, second, fourth], odds: 3 });
    expect(insteadOfBest(ranked, [4, null])).toEqual({ ranked: [second, third, fourth], odds: 4 });
    expect(ranked[0]).toBe(best);
  });

  it('finds none where none reads like an answer, or none was read', () => {
    expect(insteadOfBest(ranked, [1.9, -3])).toBeNull();
    expect(insteadOfBest(ranked, [null, null])).toBeNull();
    expect(insteadOfBest(ranked.slice(0, 1), [])).toBeNull();
    expect(insteadOfBest([], [])).toBeNull();
  });
});

describe('isRefused', () => {
  it('is what was read and rather does not answer', () => {
    expect([-0.1, 0, 3, null].map(isRefused)).toEqual([true, false, false, false]);
  });
});
