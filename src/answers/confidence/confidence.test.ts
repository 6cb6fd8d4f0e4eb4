import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPassage } from '../evidence/build-passage.ts';
import type { Passage } from '../evidence/passage.ts';
import { candidateSentences } from '../extractive/candidate-sentences.ts';
import { readQuestion, scoreByWords } from '../extractive/score-sentences.ts';
import { confidenceOf } from './confidence.ts';
import { signNames, signsOf } from './signs.ts';

/** Grounds of one passage: its cosine, and its sentence's. */
function grounds({
  passage,
  sentence,
}: {
  readonly passage: number;
  readonly sentence: number;
}): Parameters<typeof confidenceOf>[0] {
  const built = buildPassage({ source: 'The night rate for a single room is EUR 58.' });
  const passages: Passage[] = [{ ...built, candidate: { ...built.candidate, cosine: passage } }];
  const sentences = candidateSentences(passages);
  const asked = readQuestion('What is the night rate?', ['night', 'rate'], sentences);
  return { asked, passages, ranked: scoreByWords(asked, sentences).map((each) => ({ ...each, cosine: sentence })) };
}

describe('confidenceOf', () => {
  it('is 0 without a sentence, and higher the nearer the evidence is', () => {
    expect(confidenceOf({ ...grounds({ passage: 0.9, sentence: 0.9 }), ranked: [] })).toBe(0);
    const [far, near] = [0.2, 0.8].map((cosine) => confidenceOf(grounds({ passage: cosine, sentence: cosine })));
    expect(far).toBeLessThan(near ?? 0);
    expect(far).toBeLessThan(0.5);
    expect(near).toBeGreaterThan(0.5);
  });

  it('never falls when a cosine rises, and stays inside 0…1', () => {
    const cosine = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(cosine, cosine, cosine, (passage, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const lower = confidenceOf(grounds({ passage, sentence: low }));
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(confidenceOf(grounds({ passage, sentence: high }))).toBeGreaterThanOrEqual(lower);
        expect(confidenceOf(grounds({ passage, sentence: high }))).toBeLessThanOrEqual(1);
      }),
    );
  });
});

it('reads one sign per name', () => {
  expect(signsOf(grounds({ passage: 0.5, sentence: 0.4 }))).toHaveLength(signNames.length);
});
