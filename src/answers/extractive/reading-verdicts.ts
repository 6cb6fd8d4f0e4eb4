import { countedOdds } from '../confidence/signs.ts';
import type { ScoredSentence } from './score-sentences.ts';

/** Sentences behind the best that are read where what the best says is not enough. */
export const READ_NEXT = 2;

/**
 * Logarithms of odds. From `answers` a sentence takes the place of a best that does not answer; a best below `sure` is compared with the next;
 * one below `refused` is no further sentence of an answer. Chosen with one organisation after the other left out, like the decision itself.
 */
const ODDS = { answers: 2, sure: 1, refused: 0 } as const;

/** What the logarithm of the reader's odds counts beside a sentence's score, which is one too. */
const WEIGHT = 0.8;

/** Whether the reader of answers refuses a sentence. @param odds null: it was not read */
export function isRefused(odds: number | null): boolean {
  return odds !== null && odds < ODDS.refused;
}

/** Whether the reader of answers leaves it open that a best sentence is the one. @param odds null: it was not read */
export function isDoubted(odds: number | null): boolean {
  return odds !== null && odds < ODDS.sure;
}

/** A ranking whose first sentence was read. */
export interface ReadRanking {
  readonly ranked: readonly ScoredSentence[];
  /** Of the first of `ranked`. */
  readonly odds: number;
}

/** A ranking and what was read of it. */
export interface ReadSentences {
  /** Best first. */
  readonly ranked: readonly ScoredSentence[];
  /** What the reader of answers says of the first of `ranked`, in their order; null: it was not read. */
  readonly read: readonly (number | null)[];
  /** Whether the best answers. */
  readonly isAnswered: boolean;
}

/**
 * The ranking with another sentence first than the best: in the place of one that does not answer, the one that reads most like an answer, if
 * it does; in the place of one that answers, one that is better by score and reading together and reads better. What was refused is left out, as is a best
 * that does not answer.
 * @returns null: the best stays
 */
export function insteadOfBest({ ranked, read, isAnswered }: ReadSentences): ReadRanking | null {
  const at = isAnswered ? likeliest(ranked, read) : mostLikeAnswer(read);
  const [instead, odds] = [ranked[at], read[at] ?? null];
  if (at === 0 || instead === undefined || odds === null) return null;
  const rest = ranked.filter((_, i) => i !== at && !isRefused(read[i] ?? null) && (isAnswered || i > 0));
  return { ranked: [instead, ...rest], odds };
}

/** Place of the sentence behind the best that reads most like an answer; 0: none does. */
function mostLikeAnswer(read: readonly (number | null)[]): number {
  const odds = read.map((each, i) => (i === 0 ? null : each) ?? -Infinity);
  const most = Math.max(...odds);
  return most >= ODDS.answers ? odds.indexOf(most) : 0;
}

/** Place of the best sentence by score and reading together, where it reads no worse than the first; else 0. */
function likeliest(ranked: readonly ScoredSentence[], read: readonly (number | null)[]): number {
  const scores = read.map((odds, i) =>
    odds === null ? -Infinity : (ranked[i]?.score ?? 0) + WEIGHT * countedOdds(odds),
  );
  const at = scores.indexOf(Math.max(...scores));
  return (read[at] ?? -Infinity) >= (read[0] ?? Infinity) ? at : 0;
}
