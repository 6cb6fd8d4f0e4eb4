import fc from 'fast-check';
import { expect, it } from 'vitest';
import { analyse } from '../../retrieval/index.ts';
import { likeness } from './word-likeness.ts';

const like = (word: string, other: string): number => likeness(analyse(word)[0] ?? '', new Set(analyse(other)));

it('tells a word itself, kin and strangers apart', () => {
  expect(like('bicycle', 'bicycles')).toBe(1);
  expect(like('bike', 'bicycle')).toBeGreaterThan(0.7);
  expect(like('sandwich', 'food')).toBeGreaterThan(like('sandwich', 'elevator'));
  expect(like('house', 'random')).toBeLessThan(0.2);
  expect(like('zzyzx', 'food')).toBe(0);
});

it('is the best of several and stays inside 0…1, below 1 unless the word is there', () => {
  const word = fc.constantFrom('bike', 'food', 'wage', 'rent', 'zzyzx', 'night', 'train', 'salari');
  fc.assert(
    fc.property(word, fc.uniqueArray(word, { maxLength: 5 }), (term, others) => {
      const all = likeness(term, new Set(others));
      expect(all).toBe(Math.max(0, ...others.map((other) => likeness(term, new Set([other])))));
      expect(all === 1).toBe(others.includes(term));
    }),
  );
});
