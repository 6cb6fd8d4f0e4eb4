import { expect, it } from 'vitest';
import { analyse } from '../retrieval/index.ts';
import { buildPassage } from './evidence/build-passage.ts';
import { candidateSentences } from './extractive/candidate-sentences.ts';
import { readQuestion } from './extractive/score-sentences.ts';
import { missingFrom } from './missing.ts';

function wouldAnswer(question: string): string {
  const passages = [buildPassage({ source: 'The canteen is on the ground floor.' })];
  const asked = readQuestion(question, analyse(question), candidateSentences(passages));
  return missingFrom(asked, passages).wouldAnswer;
}

it('says in plain English what would answer a question of each kind', () => {
  expect(wouldAnswer('Who leads the canteen?')).toBe('A document about “leads” and “canteen” that says who it is.');
  expect(wouldAnswer('How much is a lunch in the canteen?')).toBe(
    'A document about “lunch” and “canteen” that states an amount of money or a rate.',
  );
  expect(wouldAnswer('How long does lunch last?')).toBe('A document about “lunch” and “last” that says how long.');
  expect(wouldAnswer('Are dogs, cats or birds allowed?')).toBe(
    'A document about “dogs”, “cats”, “birds” and “allowed” that answers this.',
  );
});

it('says which words the nearest passages lack', () => {
  const passages = [buildPassage({ source: 'The canteen is on the ground floor.' })];
  const asked = readQuestion('Who leads the canteen?', analyse('Who leads the canteen?'), candidateSentences(passages));
  expect(missingFrom(asked, passages)).toMatchObject({ lookedFor: ['leads', 'canteen'], notFound: ['leads'] });
});
