import { describe, expect, it } from 'vitest';
import { buildPassage } from '../evidence/build-passage.ts';
import { candidateSentences } from './candidate-sentences.ts';
import { decide } from './decide.ts';
import { readQuestion, type ScoredSentence, scoreByWords } from './score-sentences.ts';

function scored(changes: Partial<ScoredSentence>): ScoredSentence {
  const sentences = candidateSentences([buildPassage({ source: 'The rate is EUR 58.' })]);
  const [best] = scoreByWords(readQuestion('rate', ['rate'], sentences), sentences);
  if (best === undefined) throw new Error('The passage holds a sentence.');
  return { ...best, ...changes };
}

describe('decide', () => {
  it('answers when sentence and passage are near, abstains when they are far or there is none', () => {
    expect(decide({ best: scored({ cosine: 0.8 }), passage: 0.6 })).toMatchObject({ answer: true });
    expect(decide({ best: scored({ cosine: 0.2 }), passage: 0.3 })).toMatchObject({ answer: false });
    expect(decide({ best: undefined, passage: 0.9 })).toEqual({ answer: false, confidence: 0 });
  });

  it('is surer of a sentence with the kind of thing asked for, less sure of one without', () => {
    const [without, unasked, having] = [false, null, true].map(
      (holdsKind) => decide({ best: scored({ cosine: 0.5, holdsKind }), passage: 0.5 }).confidence,
    ) as [number, number, number];
    expect(without).toBeLessThan(unasked);
    expect(unasked).toBeLessThan(having);
  });
});
