import { describe, expect, it } from 'vitest';
import { buildGrounds } from '../confidence/build-grounds.ts';
import { insteadOfBest, isDoubted, isRefused } from './reading-verdicts.ts';
import type { ScoredSentence } from './score-sentences.ts';

const source = 'The lift is old. The lift is red. The lift is checked in May. The lift carries six people.';
const built = buildGrounds({ question: 'When is the lift checked?', source, passage: 0.5, sentence: 0.5 });
const ranked = built.ranked.map((each, i) => ({ ...each, score: 3 - i }));
const [best, second, third, fourth] = ranked as [ScoredSentence, ScoredSentence, ScoredSentence, ScoredSentence];

describe('insteadOfBest, of a best that does not answer', () => {
  const instead = (read: readonly (number | null)[], among = ranked): ReturnType<typeof insteadOfBest> =>
    insteadOfBest({ ranked: among, read, isAnswered: false });

  it('puts the sentence that reads most like an answer first, and leaves out the best and what was refused', () => {
    expect(instead([-3, -1, 3])).toEqual({ ranked: [third, fourth], odds: 3 });
    expect(instead([null, 2.5, 3])).toEqual({ ranked: [third, second, fourth], odds: 3 });
    expect(instead([5, 4, null])).toEqual({ ranked: [second, third, fourth], odds: 4 });
  });

  it('finds none where none reads like an answer, or none was read', () => {
    expect(instead([-3, 1.9, -3])).toBeNull();
    expect(instead([-3, null, null])).toBeNull();
    expect(instead([5], [best])).toBeNull();
    expect(instead([null], [])).toBeNull();
  });
});

describe('insteadOfBest, of a best that answers', () => {
  const instead = (read: readonly (number | null)[]): ReturnType<typeof insteadOfBest> =>
    insteadOfBest({ ranked, read, isAnswered: true });

  it('weighs what was read against the ranking', () => {
    expect(instead([0.5, 2, null])).toEqual({ ranked: [second, best, third, fourth], odds: 2 });
    expect(instead([-1, 0.5, -2])).toEqual({ ranked: [second, fourth], odds: 0.5 });
    expect(instead([0.5, 1.5, -3])).toBeNull();
    expect(instead([0.5, null, 2.9])).toBeNull();
  });

  it('does not prefer what reads worse, and counts odds beyond the surest no further', () => {
    const equal = ranked.map((each, i) => ({ ...each, score: i === 1 ? 9 : 3 }));
    expect(insteadOfBest({ ranked: equal, read: [0.5, 0.4, null], isAnswered: true })).toBeNull();
    expect(instead([4, 9, 9])).toBeNull();
  });

  it('leaves a best alone that was not read', () => {
    expect(instead([null, 4, 4])).toBeNull();
  });
});

describe('what a reading is taken for', () => {
  it('is refused below even odds, doubted below one more', () => {
    const odds = [-0.1, 0, 0.9, 1, null];
    expect(odds.map(isRefused)).toEqual([true, false, false, false, false]);
    expect(odds.map(isDoubted)).toEqual([true, true, true, false, false]);
  });
});
