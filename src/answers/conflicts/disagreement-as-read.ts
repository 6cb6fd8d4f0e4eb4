import { type Asked, dot, type ScoredSentence } from '../extractive/score-sentences.ts';
import { isCertain } from '../extractive/reading-verdicts.ts';
import type { SentenceOdds } from '../extractive/sentence-odds.ts';
import { type Disagreement, givesValue, otherValues, speakApart } from './find-disagreement.ts';

/** Statements that may speak of the same in other words: cosine from here. */
const ALIKE = 0.4;

/** What is asked, and who reads; `odds` null: nobody does. */
export interface AskedAndRead {
  readonly asked: Asked;
  readonly odds: SentenceOdds | null;
  readonly signal: AbortSignal;
}

/**
 * Whether two statements of different documents answer a question by other values, however differently they are put: the reader of answers is
 * certain of both.
 * @returns null: they do not, or it cannot be shown
 */
export async function disagreementAsRead(
  a: ScoredSentence,
  b: ScoredSentence,
  { asked, odds, signal }: AskedAndRead,
): Promise<Disagreement | null> {
  if (odds === null || a.vector === null || b.vector === null || !speakApart(a, b)) return null;
  if (!givesValue(a, b, asked) || dot(a.vector, b.vector) < ALIKE) return null;
  const values = otherValues(a, b, asked);
  if (values === null) return null;
  // The best is read once for all others, and they only where it is certain.
  const isRead = async ({ sentence }: ScoredSentence): Promise<boolean> =>
    isCertain(await odds.of(asked.text, sentence, signal));
  return (await isRead(a)) && (await isRead(b)) ? { says: values } : null;
}
