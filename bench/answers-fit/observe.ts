import { signsOf } from '../../src/answers/confidence/signs.ts';
import {
  isDoubted,
  isWorthReading,
  rankAsRead,
  type ReadRanking,
} from '../../src/answers/extractive/reading-verdicts.ts';
import type { ScoredSentence } from '../../src/answers/extractive/score-sentences.ts';
import { lengthsToRead } from '../../src/answers/extractive/text-to-read.ts';
import type { Observation } from '../abstention/logistic.ts';
import type { Collected } from './collect.ts';
import { type RankingWeights, rerank } from './rerank.ts';

/** How a question's evidence is looked at: with what ranking, and whether the reader of answers reads it. */
export interface Look {
  readonly weights: RankingWeights;
  readonly isRead: boolean;
}

/** Logarithm of the odds of a sentence that the product's own weights rank too low to be read: it is no answer. */
const REFUSED = -4;

/** Signs of one question's evidence, and whether it can be answered. */
export function observe(question: Collected, look: Look): Observation {
  const { asked, evidence, answerable } = question;
  return { signs: signsOf({ asked, passages: evidence.passages, ...lookAt(question, look) }), positive: answerable };
}

/** A question's sentences as the product ranks them: where the best does not surely read like an answer, by what is read of the next, too. */
export function lookAt({ asked, ranked: all, odds }: Collected, { weights, isRead }: Look): ReadRanking {
  const ranked = rerank(all, weights);
  if (!isRead || ranked.length === 0) return { ranked, odds: null };
  const oddsOf = (each: ScoredSentence | undefined): number => (each && odds.get(each.sentence)) ?? REFUSED;
  const own = oddsOf(ranked[0]);
  if (!isDoubted(own)) return { ranked, odds: { own, most: own } };
  const lengths = lengthsToRead(asked.text, ranked);
  const read = [own];
  while (isWorthReading(ranked, read, lengths[read.length] ?? 0)) read.push(oddsOf(ranked[read.length]));
  return rankAsRead(ranked, read);
}
