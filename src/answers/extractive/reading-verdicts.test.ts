import { describe, expect, it } from 'vitest';
import { buildGrounds } from '../confidence/build-grounds.ts';
import { isDoubted, isWorthReading, rankAsRead } from './reading-verdicts.ts';
import type { ScoredSentence } from './score-sentences.ts';

const source = 'The lift is old. The lift is red. The lift is checked in May. The lift carries six people.';
const built = buildGrounds({ question: 'When is the lift checked?', source, passage: 0.5, sentence: 0.5 });
const ranked = built.ranked.map((each, i) => ({ ...each, score: 3 - i }));

function firstOf([first]: readonly ScoredSentence[]): ScoredSentence {
  if (first === undefined) throw new Error('There is no sentence.');
  return first;
}

/** The order that a reading gives, as places in the ranking, and what is said of it. */
function read(odds: readonly (number | null)[], among: readonly ScoredSentence[] = ranked): unknown[] {
  const found = rankAsRead(among, odds);
  return [found.ranked.map(({ sentence }) => among.findIndex((each) => each.sentence === sentence)), found.odds];
}

describe('rankAsRead', () => {
  it('weighs what was read against the ranking', () => {
    expect(read([-3, -1, 3, -3])).toEqual([[2, 1, 0, 3], { own: 3, most: 3 }]);
    expect(read([0.5, 1, 0, -3])).toEqual([[0, 1, 2, 3], { own: 0.5, most: 1 }]);
  });

  it('takes what was not read for refused', () => {
    expect(read([-1, -1.5, null])).toEqual([[0, 1, 2, 3], { own: -1, most: -1 }]);
    expect(read([null, 0, -3])).toEqual([[1, 0, 2, 3], { own: 0, most: 0 }]);
  });

  it('counts odds beyond the surest no further, but says them', () => {
    expect(read([4, 9, -9, -30])).toEqual([[0, 1, 2, 3], { own: 4, most: 9 }]);
  });

  it('says nothing where nothing was read', () => {
    expect(read([null, null])).toEqual([[0, 1, 2, 3], null]);
    expect(read([], [])).toEqual([[], null]);
  });
});

it('doubts what does not surely read like an answer', () => {
  expect([-0.1, 0, 1.4, 1.5, null].map(isDoubted)).toEqual([true, true, true, false, false]);
});

describe('isWorthReading', () => {
  const many = Array.from({ length: 8 }, (_, i) => ({ ...firstOf(ranked), score: 3 - i / 10 }));
  /** How many are read when each has its odds. */
  const readOf = (odds: readonly number[], { among = many, each = 100 } = {}): number => {
    let count = 1;
    while (isWorthReading(among, odds.slice(0, count), each * (count + 1))) count += 1;
    return count;
  };

  it('reads two behind a doubted best, four behind a refused one', () => {
    expect(readOf([0.5, 0, 0, 0, 0, 0])).toBe(3);
    expect(readOf([-0.5, -1, -1, -1, -1, -1])).toBe(5);
    expect(readOf([-0.5, -1], { among: many.slice(0, 2) })).toBe(2);
  });

  it('reads no further where nothing answers, or there is much to read', () => {
    expect(readOf([-5, -6, -7, -4, -4])).toBe(3);
    expect(readOf([-2, -2, -2, -2, -2], { each: 200 })).toBe(4);
    expect(readOf([-2, -2, -2, -2, -2], { each: 300 })).toBe(3);
  });

  it('does not read what could not go before the best', () => {
    const apart = many.map((each, i) => ({ ...each, score: -4 * i }));
    expect(readOf([0.5, -4, -4], { among: apart })).toBe(1);
    expect(readOf([-3, -3, -3, -3], { among: apart })).toBe(2);
    expect(readOf([-0.5, 4, -1, -1, -1])).toBe(2);
  });
});
