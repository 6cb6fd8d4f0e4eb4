import { expect, it } from 'vitest';
import type { Answer, AnswerSentence, Verdict } from '../answer.ts';
import { compareAnswers } from './compare-answers.ts';

function answer(sentences: readonly (readonly [string, Verdict])[]): Answer {
  const said = sentences.map(([text, verdict]): AnswerSentence => {
    return { text, verdict, citations: [], score: 1, reason: null };
  });
  return { id: 'a', kind: 'generated', sentences: said, confidence: 1, record: { model: 'm' } } as unknown as Answer;
}

it('matches claims by their words, and says what became of each', () => {
  const before = answer([
    ['Leave is 27 days.', 'supported'],
    ['It is asked for in Roster.', 'supported'],
    ['Dogs are welcome.', 'unverified'],
  ]);
  const after = answer([
    ['It is asked for in Roster.', 'partly'],
    ['Leave is 25 days.', 'contradicted'],
    ['Ask your lead first.', 'supported'],
  ]);
  expect(compareAnswers(before, after).claims).toEqual([
    { before: 1, after: 0, what: 'verdict' },
    { before: 0, after: 1, what: 'reworded' },
    { before: null, after: 2, what: 'added' },
    { before: 2, after: null, what: 'removed' },
  ]);
  expect(compareAnswers(before, before).claims.map(({ what }) => what)).toEqual(['same', 'same', 'same']);
});
