import { countedOdds, type ReadOdds } from '../confidence/signs.ts';
import type { ScoredSentence } from './score-sentences.ts';

/**
 * From this logarithm of odds on a sentence surely reads like an answer. Chosen with one organisation after the other left out, like the
 * decision itself.
 */
const SURE = 1.5;

/** What the logarithm of the reader's odds counts beside a sentence's score, which is one too. */
const WEIGHT = 1.2;

/**
 * Whether the reader of answers doubts that the best sentence answers: it is compared with the next then.
 * @param odds null: it was not read
 */
export function isDoubted(odds: number | null): boolean {
  return odds !== null && odds < SURE;
}

/**
 * Below this logarithm of odds a sentence surely answers something else. Of the sides of conflicts found in the tuning sets, those that do disagree with
 * the best had 0.5 and more, but for one of −1.2; those that speak of another matter −1.4 and less, but for one of −0.7 and one of 1.3.
 */
const REFUSED = -1;

/** Whether the reader of answers refuses a sentence: it answers something else. @param odds null: it was not read */
export function isRefused(odds: number | null): boolean {
  return odds !== null && odds < REFUSED;
}

/**
 * From this logarithm of odds the reader of answers is certain. Pairs of two documents' statements that it reads so, and that give other values, all
 * disagree in the tuning sets; from 4 on only half do.
 */
const CERTAIN = 5;

/** Whether the reader of answers is certain that a sentence answers. @param odds null: it was not read */
export function isCertain(odds: number | null): boolean {
  return odds !== null && odds >= CERTAIN;
}

/** A ranking, and what the reader of answers says of it. */
export interface ReadRanking {
  /** Best first. */
  readonly ranked: readonly ScoredSentence[];
  /** Null: nothing was read. */
  readonly odds: ReadOdds | null;
}

/**
 * Ranks sentences by score and reading together; what was not read counts as surely refused.
 * @param read logarithms of the odds of the first of `ranked`, in their order; null: it was not read
 */
export function rankAsRead(ranked: readonly ScoredSentence[], read: readonly (number | null)[]): ReadRanking {
  const weighed = ranked.map((each, at) => {
    const odds = read[at] ?? -Infinity;
    return { each: { ...each, score: each.score + WEIGHT * countedOdds(odds) }, odds };
  });
  weighed.sort((one, other) => other.each.score - one.each.score);
  const [best] = weighed;
  const most = Math.max(...weighed.map(({ odds }) => odds));
  const isRead = best !== undefined && Number.isFinite(most);
  return { ranked: weighed.map(({ each }) => each), odds: isRead ? { own: best.odds, most } : null };
}

/** Sentences that are read where the best is doubted, and where it rather reads like no answer, since what answers then stands further behind. */
const READ = { doubted: 3, refused: 5 } as const;

/** Where all that were read first have less than this logarithm of odds, the next ones do not answer either. */
const HOPELESS = -4;

/** The fourth and fifth are read while all together are no longer: some twenty milliseconds. UTF-16 code units. */
const LONGEST_READ = 800;

/** A sentence that could go before the best only by less than this is not read. */
const LEAD = 1;

/**
 * Whether the next of a ranking should be read where the best does not surely read like an answer. Chosen on the tuning sets: four sentences behind a refused best
 * instead of two find 2 in 100 more of what can be answered; the bounds on them lose half of that, and hardly more is read than with two.
 * @param read logarithms of the odds of the first of `ranked`, in their order; at least one
 * @param length of all that was read and the next, questions included, in UTF-16 code units
 */
export function isWorthReading(ranked: readonly ScoredSentence[], read: readonly number[], length: number): boolean {
  const [own = -Infinity] = read;
  const next = ranked[read.length];
  if (next === undefined || read.length >= (own < 0 ? READ.refused : READ.doubted)) return false;
  if (read.length >= READ.doubted && (length > LONGEST_READ || Math.max(...read) < HOPELESS)) return false;
  const best = Math.max(...read.map((odds, at) => (ranked[at]?.score ?? 0) + WEIGHT * countedOdds(odds)));
  return next.score + WEIGHT * countedOdds(Infinity) >= best + LEAD;
}
