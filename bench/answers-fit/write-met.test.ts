import { expect, it } from 'vitest';
import type { CandidateSentence } from '../../src/answers/extractive/candidate-sentences.ts';
import type { ScoredSentence } from '../../src/answers/extractive/score-sentences.ts';
import { metOf } from './write-met.ts';

it('writes what was read and what answers behind it, once where they read alike', () => {
  const ranked = Array.from({ length: 20 }, (_, at) => scored(at === 18 ? 'Words 1' : `Words ${at}`));
  const gold = new Set(ranked.filter((_, at) => at === 18 || at === 19));
  const odds = new Map(ranked.slice(0, 16).map(({ sentence }, at) => [sentence, -at]));
  const met = metOf({ ranked, gold, odds });
  expect(met.map(({ text }) => text)).toEqual([...Array(16).keys(), 19].map((at) => `Title: Words ${at}`));
  expect(met.flatMap(({ answers }, at) => (answers ? [at] : []))).toEqual([1, 16]);
  expect(met.map(({ odds: own }) => own).slice(14)).toEqual([-14, -15, null]);
});

function scored(readable: string): ScoredSentence {
  const sentence = { passage: { title: 'Title', headingPath: [] }, label: null, about: '', kind: 'sentence', readable };
  return { sentence: sentence as unknown as CandidateSentence } as ScoredSentence;
}
