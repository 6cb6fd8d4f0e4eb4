import { describe, expect, it } from 'vitest';
import { buildPassage } from '../evidence/build-passage.ts';
import type { Passage } from '../evidence/passage.ts';
import { candidateSentences } from '../extractive/candidate-sentences.ts';
import {
  type Asked,
  readQuestion,
  type ScoredSentence,
  scoreByMeaning,
  scoreByWords,
} from '../extractive/score-sentences.ts';
import { analyse } from '../../retrieval/index.ts';
import { findConflicts } from './find-conflicts.ts';

const near = new Float32Array([0.8, 0.6]);

function rankedFor(question: string, passages: readonly Passage[]): { asked: Asked; ranked: ScoredSentence[] } {
  const sentences = candidateSentences(passages);
  const asked = readQuestion(question, analyse(question), sentences);
  const byWords = scoreByWords(asked, sentences);
  const ranked = scoreByMeaning(
    byWords,
    new Float32Array([1, 0]),
    byWords.map(() => near),
  );
  return { asked, ranked };
}

async function conflictsBetween(question: string, passages: readonly Passage[]): Promise<string[][]> {
  const { asked, ranked } = rankedFor(question, passages);
  const found = await findConflicts(ranked, { asked, signal: new AbortController().signal });
  return found.map(({ sides }) => sides.map(({ says }) => says).sort());
}

const policy = 'Laptops are replaced after 48 months.';

describe('findConflicts', () => {
  it('shows values of one sort that differ, with the words', async () => {
    const guide = buildPassage({ source: 'Each laptop is replaced every 36 months.' });
    expect(await conflictsBetween('When are laptops replaced?', [buildPassage({ source: policy }), guide])).toEqual([
      ['36 months', '48 months'],
    ]);
  });

  it('knows that 4 years are 48 months', async () => {
    const guide = buildPassage({ source: 'Each laptop is replaced every 4 years.' });
    expect(await conflictsBetween('When are laptops replaced?', [buildPassage({ source: policy }), guide])).toEqual([]);
  });

  it('sees no conflict within one document, nor between values of different sorts, nor about another thing', async () => {
    const one = buildPassage({ source: `${policy} Old laptops are replaced after 24 months.` });
    expect(await conflictsBetween('When are laptops replaced?', [one])).toEqual([]);
    const price = buildPassage({ source: 'A laptop is replaced at EUR 120.' });
    expect(await conflictsBetween('When are laptops replaced?', [buildPassage({ source: policy }), price])).toEqual([]);
    const chairs = buildPassage({ source: 'Chairs are bought for 10 years.' });
    expect(await conflictsBetween('When are laptops replaced?', [buildPassage({ source: policy }), chairs])).toEqual(
      [],
    );
  });

  it('sees a conflict however far behind the other statement is ranked', async () => {
    const guide = buildPassage({ source: 'Each laptop is replaced every 36 months.' });
    const { asked, ranked } = rankedFor('When are laptops replaced?', [buildPassage({ source: policy }), guide]);
    const [best, ...others] = ranked as [ScoredSentence, ...ScoredSentence[]];
    const behind = others.map((each) => ({ ...each, score: best.score - 100 }));
    const found = await findConflicts([best, ...behind], { asked, signal: new AbortController().signal });
    expect(found).toHaveLength(1);
  });

  it('shows a denial', async () => {
    const other = buildPassage({ source: 'Dogs are not allowed in the garden.' });
    const found = await conflictsBetween('Are dogs allowed in the garden?', [
      buildPassage({ source: 'Dogs are allowed in the garden.' }),
      other,
    ]);
    expect(found).toHaveLength(1);
  });
});
