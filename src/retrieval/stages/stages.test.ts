import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byScore } from '../fusion.ts';
import { diversify } from './diversify.ts';
import { checkSettings, planOf } from './settings.ts';
import { smooth } from './smooth.ts';

const at = (angle: number): Float32Array => new Float32Array([Math.cos(angle), Math.sin(angle)]);
const order = (ranking: readonly { id: string }[]): string => ranking.map(({ id }) => id).join('');

/** Rankings longer than what the stages look at, some chunks without a vector. */
const rankings = fc
  .array(
    fc.record({
      score: fc.double({ min: 0, max: 3, noNaN: true }),
      angle: fc.option(fc.double({ min: 0, max: 3, noNaN: true })),
    }),
    { maxLength: 70 },
  )
  .map((entries) => {
    const ranking = entries.map(({ score }, index) => ({ id: `c${index}`, score })).sort(byScore);
    const vectors = new Map(
      entries.flatMap(({ angle }, index) => (angle === null ? [] : [[`c${index}`, at(angle)] as const])),
    );
    return { ranking, vectors };
  });

describe('smooth', () => {
  const ranking = [
    { id: 'a', score: 1 },
    { id: 'b', score: 0.8 },
    { id: 'c', score: 0.79 },
    { id: 'd', score: 0.2 },
  ];
  const vectors = new Map([
    ['a', at(0)],
    ['b', at(1.5)],
    ['c', at(0.1)],
    ['d', at(1.6)],
  ]);

  it('lifts what lies near good results above what lies near bad ones', () => {
    expect(order(smooth(ranking, vectors, { weight: 0.3, neighbours: 1 }))).toBe('acbd');
  });

  it('weighs score and neighbour as said', () => {
    const [first] = smooth(ranking, vectors, { weight: 0.3, neighbours: 1 });
    expect(first?.score).toBeCloseTo(0.7 * 1 + 0.3 * 0.79);
  });

  it('keeps what has no vector where its score puts it', () => {
    const placed = new Map([...vectors].filter(([id]) => id !== 'b'));
    const smoothed = smooth(ranking, placed, { weight: 0.3, neighbours: 2 });
    expect(smoothed.find(({ id }) => id === 'b')).toEqual({ id: 'b', score: 0.8 });
    expect(smooth(ranking, new Map(), { weight: 0.3, neighbours: 2 })).toEqual(ranking);
  });
});

describe('diversify', () => {
  it('puts what says something else before what repeats', () => {
    const ranking = [
      { id: 'a', score: 1 },
      { id: 'b', score: 0.99 },
      { id: 'c', score: 0.9 },
      { id: 'd', score: 0 },
    ];
    const vectors = new Map([
      ['a', at(0)],
      ['b', at(0.01)],
      ['c', at(1.5)],
      ['d', at(0.02)],
    ]);
    expect(order(diversify(ranking, vectors, 0.5))).toBe('acbd');
    expect(order(diversify(ranking, vectors, 0))).toBe('abcd');
  });
});

describe('every stage', () => {
  it('keeps the chunks, in the order pages are cut by', () => {
    fc.assert(
      fc.property(rankings, fc.double({ min: 0, max: 0.9, noNaN: true }), ({ ranking, vectors }, weight) => {
        for (const out of [smooth(ranking, vectors, { weight, neighbours: 8 }), diversify(ranking, vectors, weight)]) {
          expect(out.map(({ id }) => id).sort()).toEqual(ranking.map(({ id }) => id).sort());
          expect(out).toEqual([...out].sort(byScore));
          expect(new Set(out.slice(0, 50).map(({ id }) => id)).size).toBe(Math.min(50, out.length));
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('settings', () => {
  it('takes the request before the collection before the preset', () => {
    expect(planOf()).toMatchObject({
      preset: 'balanced',
      fusion: { by: 'score', weight: 2 },
      documents: { weight: 0.5, expansion: 0.5 },
      smoothing: null,
      diversity: null,
    });
    expect(planOf({ preset: 'best' }).smoothing).toEqual({ weight: 0.3, neighbours: 8 });
    expect(planOf({ preset: 'best', vectorWeight: 3 }, { preset: 'fast' })).toMatchObject({
      preset: 'fast',
      fusion: { weight: 3 },
      documents: null,
      smoothing: null,
    });
    expect(planOf({}, { documentWords: 0.3, expansion: 0 }).documents).toEqual({ weight: 0.3, expansion: 0 });
    expect(planOf({ fusion: 'rank' }).documents).toBeNull();
    expect(planOf({ smoothing: 0.5 }, { smoothing: 0.2, neighbours: 4 }).smoothing).toEqual({
      weight: 0.2,
      neighbours: 4,
    });
  });

  it('says what was given and what is allowed', () => {
    expect(() => checkSettings({ smoothing: 2 })).toThrow('"smoothing" is 2. Allowed: a number from 0 to 0.9.');
    expect(() => checkSettings({ preset: 'slow' })).toThrow('Allowed: fast, balanced, best.');
    expect(() => checkSettings({ depth: 2 })).toThrow('does not exist. There is: preset,');
    expect(() => checkSettings({ neighbours: Number.NaN })).toThrow('a whole number from 1 to 50');
  });
});
