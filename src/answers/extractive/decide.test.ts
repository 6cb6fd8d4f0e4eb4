import { describe, expect, it } from 'vitest';
import type { Grounds } from '../confidence/signs.ts';
import { buildPassage } from '../evidence/build-passage.ts';
import { candidateSentences } from './candidate-sentences.ts';
import { decide } from './decide.ts';
import { readQuestion, scoreByMeaning, scoreByWords } from './score-sentences.ts';

const question = new Float32Array([1, 0]);

/** Grounds of one passage whose sentences all mean the question as nearly as `cosine` says. */
function grounds(text: string, source: string, cosine: number): Grounds {
  const built = buildPassage({ source });
  const passages = [{ ...built, candidate: { ...built.candidate, cosine } }];
  const sentences = candidateSentences(passages);
  const asked = readQuestion(text, text.toLowerCase().match(/\w{4,}/g) ?? [], sentences);
  const vector = new Float32Array([cosine, Math.sqrt(1 - cosine * cosine)]);
  const byWords = scoreByWords(asked, sentences);
  return {
    asked,
    passages,
    ranked: scoreByMeaning(
      byWords,
      question,
      byWords.map(() => vector),
    ),
  };
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
});
