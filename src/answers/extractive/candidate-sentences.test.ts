import { expect, it } from 'vitest';
import { buildPassage } from '../evidence/build-passage.ts';
import { candidateSentences } from './candidate-sentences.ts';

const source = 'Kayaks\n\nKayaks are lent for three days. A deposit of 40 euros is taken.';
const passage = buildPassage({ source, title: 'Boats', headingPath: ['Boats', 'Kayaks'] });

it('reads a passage the second time as the first, for the candidate that found it', () => {
  const first = candidateSentences([passage]);
  const candidate = { ...passage.candidate, score: 0.2 };
  const again = candidateSentences([{ ...passage, candidate }]);
  expect(first.map(({ readable }) => readable)).toEqual([
    'Kayaks are lent for three days.',
    'A deposit of 40 euros is taken.',
  ]);
  expect(again).toEqual(first.map((each) => ({ ...each, passage: { ...passage, candidate } })));
  expect(again.every((each) => each.passage.candidate === candidate)).toBe(true);
});

it('takes no statement for read that stands under another title, or is read in another language', () => {
  const moved = candidateSentences([{ ...passage, title: 'Rowing', headingPath: ['Rowing', 'Oars'] }]);
  expect(moved[0]?.context).toEqual(new Set(['row', 'oar', 'kayak']));
  expect(candidateSentences([passage], 'de')[0]?.terms).not.toEqual(candidateSentences([passage])[0]?.terms);
});

it('gives each statement once, although passages overlap', () => {
  const overlapping = { ...passage, start: source.indexOf('A deposit') };
  expect(candidateSentences([passage, overlapping])).toHaveLength(2);
});
