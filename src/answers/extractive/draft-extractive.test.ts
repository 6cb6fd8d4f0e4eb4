import { expect, it } from 'vitest';
import { buildPassage } from '../evidence/build-passage.ts';
import { draftExtractive } from './draft-extractive.ts';
import { readQuestion } from './score-sentences.ts';

const undecided = {
  chosen: [],
  conflicts: [],
  readings: [],
  decision: { answer: false, confidence: 0.123_456 },
  grounds: { asked: readQuestion('Where is the sauna?', ['sauna'], []), ranked: [], passages: [], odds: null },
};

function reason(cosines: readonly (number | null)[]): string | null {
  const passages = cosines.map((cosine) => {
    const passage = buildPassage({ source: 'The canteen is on the ground floor.' });
    return { ...passage, candidate: { ...passage.candidate, cosine } };
  });
  return draftExtractive({ passages }, undecided).reason;
}

it('says that documents come near only where one does', () => {
  expect(reason([0.2, 0.6])).toBe('The documents come near the question, but no sentence in them answers it.');
  expect(reason([0.2, 0.1])).toMatch(/deals with this\.$/);
  expect(reason([])).toMatch(/^No document/);
});

it('believes the words where no meaning was compared', () => {
  expect(reason([null])).toMatch(/come near/);
});

it('rounds the confidence and shows the nearest passages', () => {
  const passages = [buildPassage({ source: 'The canteen is on the ground floor.' })];
  const draft = draftExtractive({ passages }, undecided);
  expect(draft).toMatchObject({ kind: 'abstained', confidence: 0.123 });
  expect(draft.nearest).toHaveLength(1);
});
