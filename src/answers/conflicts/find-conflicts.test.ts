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
import { SentenceOdds } from '../extractive/sentence-odds.ts';
import { analyse } from '../../retrieval/index.ts';
import { silentLog } from '../../telemetry/index.ts';
import { findConflicts } from './find-conflicts.ts';

const near = new Float32Array([0.8, 0.6]);

/** Some way from {@link near}: cosine 0.48. */
const apart = new Float32Array([0.9106, -0.4133]);

/** What reads, and how far apart the passages are in meaning; left out: nothing, and not at all. */
interface Given {
  readonly odds?: SentenceOdds;
  readonly meanings?: readonly Float32Array[];
}

function rankedFor(
  question: string,
  passages: readonly Passage[],
  meanings: readonly Float32Array[] = [],
): { asked: Asked; ranked: ScoredSentence[] } {
  const sentences = candidateSentences(passages);
  const asked = readQuestion(question, analyse(question), sentences);
  const byWords = scoreByWords(asked, sentences);
  const ranked = scoreByMeaning(
    byWords,
    new Float32Array([1, 0]),
    byWords.map(({ sentence }) => meanings[passages.indexOf(sentence.passage)] ?? near),
  );
  return { asked, ranked };
}

async function conflictsBetween(
  question: string,
  passages: readonly Passage[],
  { odds, meanings }: Given = {},
): Promise<string[][]> {
  const { asked, ranked } = rankedFor(question, passages, meanings);
  const signal = new AbortController().signal;
  const found = await findConflicts(ranked, { asked, odds: odds ?? null, signal });
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
    const found = await findConflicts([best, ...behind], { asked, odds: null, signal: new AbortController().signal });
    expect(found).toHaveLength(1);
  });

  it('takes no row of a table for a denial', async () => {
    const table = buildPassage({ source: 'Pass | Adult\nOne day | €52\nSix days | €240' });
    const lessons = buildPassage({ source: 'Five mornings cost €230 for adults.' });
    expect(await conflictsBetween('adult day price', [table, lessons])).toEqual([]);
  });

  describe('by what the reader of answers is sure of', () => {
    const days = buildPassage({ source: 'Films may be kept for 10 days.' });
    const lent = buildPassage({ source: 'Whoever borrows a film brings it back within 7 days.' });
    const question = 'How long may I keep a film?';
    const read = async (odds: number, other = lent): Promise<string[][]> => {
      const reader = { scores: (_: string, texts: readonly string[]) => Promise.resolve(texts.map(() => odds)) };
      return await conflictsBetween(question, [days, other], {
        odds: new SentenceOdds(reader, silentLog),
        meanings: [near, apart],
      });
    };

    it('shows other values, however differently they are said', async () => {
      expect(await read(5.5)).toEqual([['10 days', '7 days']]);
    });

    it('shows none where it is less sure, or the values are the same', async () => {
      expect(await read(4.5)).toEqual([]);
      expect(
        await read(5.5, buildPassage({ source: 'Whoever borrows a film brings it back within 10 days.' })),
      ).toEqual([]);
    });
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
