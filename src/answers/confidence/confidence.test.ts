import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGrounds } from './build-grounds.ts';
import { confidenceOf } from './confidence.ts';
import { type Grounds, readSignNames, signNames, signsOf } from './signs.ts';

/** Grounds of one passage: its cosine, and its sentence's. */
function grounds(cosines: { readonly passage: number; readonly sentence: number }): Grounds {
  return buildGrounds({
    question: 'What is the night rate?',
    source: 'The night rate for a single room is EUR 58.',
    ...cosines,
  });
}

function confidence(cosines: Parameters<typeof grounds>[0]): number {
  return confidenceOf(signsOf(grounds(cosines)), 'unread');
}

describe('confidenceOf', () => {
  it('is higher the nearer the evidence is', () => {
    expect(confidence({ passage: 0.2, sentence: 0.05 })).toBeLessThan(confidence({ passage: 0.8, sentence: 0.8 }));
    expect(confidence({ passage: 0.8, sentence: 0.8 })).toBeGreaterThan(0.5);
  });

  it('never falls when the sentence comes nearer, and stays inside 0…1', () => {
    const cosine = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(cosine, cosine, cosine, (passage, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const lower = confidence({ passage, sentence: low });
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(confidence({ passage, sentence: high })).toBeGreaterThanOrEqual(lower - 1e-9);
        expect(confidence({ passage, sentence: high })).toBeLessThanOrEqual(1);
      }),
    );
  });
});

it('is higher the surer the reader of answers is', () => {
  const of = (odds: number): number =>
    confidenceOf(signsOf({ ...grounds({ passage: 0.5, sentence: 0.4 }), odds: { own: odds, most: odds } }), 'read');
  expect(of(-3)).toBeLessThan(of(0));
  expect(of(0)).toBeLessThan(of(3));
  expect(of(3) - of(-3)).toBeGreaterThan(0.3);
});

it('reads one sign per name', () => {
  const unread = grounds({ passage: 0.5, sentence: 0.4 });
  expect(signsOf(unread)).toHaveLength(signNames.length);
  expect(signsOf({ ...unread, odds: { own: -2, most: 9 } }).slice(signNames.length)).toEqual([-2, 4]);
  expect(signsOf({ ...unread, odds: { own: -1.5, most: -1.5 } })).toHaveLength(signNames.length + readSignNames.length);
});
