import type { ScoredSentence } from './score-sentences.ts';

/** Sentences behind the best that are read where the best one does not answer. */
export const READ_NEXT = 2;

/**
 * One that reads like an answer from here takes the place of a best that does not answer, one below this is no further sentence of an
 * answer: logarithms of odds. Chosen with one organisation after the other left out, like the decision itself.
 */
const ANSWERS = 2;
const REFUSES = 0;

/** Whether the reader of answers refuses a sentence. @param odds null: it was not read */
export function isRefused(odds: number | null): boolean {
  return odds !== null && odds < REFUSES;
}

/** A ranking whose first sentence reads like an answer. */
export interface ReadRanking {
  readonly ranked: readonly ScoredSentence[];
  /** Of the first of `ranked`. */
  readonly odds: number;
}

/**
 * The ranking with the sentence first that reads most like an answer, where that is one right behind a best that does not answer; without
 * the best and without what was read and refused.
 * @param read what the reader of answers says of those behind the best, in their order; null: it was not read
 * @returns null: none reads like an answer
 */
export function insteadOfBest(
  [, ...others]: readonly ScoredSentence[],
  read: readonly (number | null)[],
): ReadRanking | null {
  const odds = Math.max(...read.map((each) => each ?? -Infinity));
  const instead = others[read.indexOf(odds)];
  if (instead === undefined || odds < ANSWERS) return null;
  const rest = others.filter((each, i) => each !== instead && !isRefused(read[i] ?? null));
  return { ranked: [instead, ...rest], odds };
}
