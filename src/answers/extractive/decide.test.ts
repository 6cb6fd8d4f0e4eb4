import { describe, expect, it } from 'vitest';
import { buildGrounds } from '../confidence/build-grounds.ts';
import type { Grounds } from '../confidence/signs.ts';
import { decide } from './decide.ts';

/** Grounds of one passage that means the question as nearly as `cosine` says, as do its sentences. */
function grounds(question: string, source: string, cosine: number): Grounds {
  return buildGrounds({ question, source, passage: cosine, sentence: cosine });
}

describe('decide', () => {
  it('answers what a near sentence says, abstains where it is far or there is none', () => {
    const rate = 'The night rate for a single room is EUR 58.';
    expect(decide(grounds('What is the night rate for a room?', rate, 0.8))).toMatchObject({ answer: true });
    expect(decide(grounds('Who repairs the lift?', rate, 0.05))).toMatchObject({ answer: false });
    expect(decide({ ...grounds('What is the rate?', rate, 0.9), ranked: [] })).toEqual({
      answer: false,
      confidence: 0,
    });
  });

  it('is surer of a sentence that carries what is asked about', () => {
    const [carried, other] = ['The night rate is EUR 58.', 'The cleaning fee is EUR 58.'].map(
      (source) => decide(grounds('What is the night rate?', source, 0.5)).confidence,
    ) as [number, number];
    expect(carried).toBeGreaterThan(other);
  });

  it('does not say what the reader refuses because another sentence reads like an answer', () => {
    const near = grounds('What is the night rate for a room?', 'The night rate for a single room is EUR 58.', 0.8);
    const readAs = (own: number, most: number): boolean => decide({ ...near, odds: { own, most } }).answer;
    expect(readAs(-0.9, 5)).toBe(true);
    expect(readAs(-1.1, 5)).toBe(false);
  });
});
