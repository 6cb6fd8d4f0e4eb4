import { type Asked, dot, type ScoredSentence } from '../extractive/score-sentences.ts';
import type { SentenceOdds } from '../extractive/sentence-odds.ts';
import { type Disagreement, givesValue, otherValues, speakApart } from './find-disagreement.ts';

/** Statements that may speak of the same in other words: cosine from here. */
const ALIKE = 0.4;

/**
 * From this logarithm of odds the reader of answers is as sure as it gets. Of pairs that it reads so, in the sets that weights are learnt from
 * (bench/answers/tuning), all disagree; from 4 on only half do.
 */
const SUREST = 5;

/** What is asked, and who reads; `odds` null: nobody does. */
export interface AskedAndRead {
  readonly asked: Asked;
  readonly odds: SentenceOdds | null;
  readonly signal: AbortSignal;
}

/**
 * Whether two statements of different documents answer a question by other values, however differently they are put: the reader of answers is sure of
 * both.
 * @returns null: they do not, or it cannot be shown
 */
export async function answersOtherwise(
  a: ScoredSentence,
  b: ScoredSentence,
  { asked, odds, signal }: AskedAndRead,
): Promise<Disagreement | null> {
  if (odds === null || a.vector === null || b.vector === null || !speakApart(a, b)) return null;
  if (!givesValue(a, b, asked) || dot(a.vector, b.vector) < ALIKE) return null;
  const values = otherValues(a, b, asked);
  if (values === null) return null;
  // The best is read once for all others, and they only where it is sure.
  const isSure = async ({ sentence }: ScoredSentence): Promise<boolean> =>
    ((await odds.of(asked.text, sentence, signal)) ?? -Infinity) >= SUREST;
  return (await isSure(a)) && (await isSure(b)) ? { says: values } : null;
}
